import type { Tx } from '@varde/platform-database';
import { rolesWith, type Permission } from './permissions';

/** How long the question may take; a brake waits for nothing. */
const patience = '500ms';

/**
 * Is it sure that this person holds no role with this permission, in any country? Asked by a role that may not read the store of
 * rights. Whoever asks must take a failure of this question for a no: it must stop nobody who wants to stop something.
 *
 * @source S-7; ADR 0013
 */
export async function surelyLacks(
  tx: Tx,
  personId: string,
  permission: Permission,
): Promise<boolean> {
  await tx.query(`set local statement_timeout = '${patience}'`);
  const [row] = await tx.query<{ holds: boolean }>(
    'select identity.holds_one_of($1, $2::text[]) as holds',
    [personId, rolesWith(permission)],
  );
  return row?.holds === false;
}
