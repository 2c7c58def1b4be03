import type { Tx } from '@varde/platform-database';
import { rolesWith, type Permission, type Role } from './permissions';
import { rightMissing, type Country, type PersonId } from './signed-in-person';

/** Who wants to do what, where. */
export interface RightAsked {
  readonly personId: PersonId;
  readonly permission: Permission;
  /** Where the thing lies that is acted on; without it, a right in any country is enough. */
  readonly country?: Country;
}

/**
 * Reads the person's roles inside the transaction of the act and holds them until it ends: a right that is taken away at the
 * same moment is either seen here, or taken away after the act. For approve, halt and release.
 *
 * The context's role cannot read the identity schema, so the transaction takes the identity role for this one question and
 * then its own again.
 *
 * @throws Refusal `right-missing`
 * @source S-7
 */
export async function requireRoleNow(
  tx: Tx,
  { personId, permission, country }: RightAsked,
): Promise<Role> {
  const [before] = await tx.query<{ role: string; program: string }>(
    'select current_user as role, session_user as program',
  );
  if (!before || !/^varde_[a-z]+$/.test(before.role))
    throw new Error('The transaction runs under no role of Varde.');
  await tx.query('set local role varde_identity');
  const [held] = await tx.query<{ role: Role }>(
    `select role from identity.person_role
      where person_id = $1 and role = any($2::text[]) and (country is null or $3::text is null or country = $3)
      order by role limit 1 for share`,
    [personId, rolesWith(permission), country ?? null],
  );
  await tx.query(
    before.role === before.program ? 'set local role none' : `set local role ${before.role}`,
  );
  if (!held) throw rightMissing(permission, country);
  return held.role;
}
