import { instant, Refusal } from '@varde/kernel';
import { freshAcr, type PersonId, type Role, type SignedInPerson } from '@varde/platform-auth';
import type { Authenticate } from '../access.guard';

/** The instant at which the specs of this library take place. */
export const specNow = instant(Date.UTC(2026, 10, 25, 3, 12));

/** A person with one role and a fresh sign-in, unless said otherwise. */
export function aPerson(role: Role, given: Partial<SignedInPerson> = {}): SignedInPerson {
  return {
    personId: '5a4db0c5-0000-4000-8000-000000000001' as PersonId,
    name: 'Ingrid Lunde',
    held: [{ role }],
    roles: [role],
    acr: freshAcr,
    authTime: specNow,
    ...given,
  };
}

/** Lets in whoever is named: `Bearer <role>`, or `Bearer <role> stale` with a sign-in of yesterday. */
export const byRoleName: Authenticate = async (authorization) => {
  const [, role, stale] = /^Bearer (\S+)( stale)?$/.exec(authorization ?? '') ?? [];
  if (role === undefined)
    throw new Refusal('sign-in-missing', 'Nobody is signed in. Sign in and try again.');
  return aPerson(
    role as Role,
    stale === undefined ? {} : { authTime: instant(specNow - 86_400_000) },
  );
};
