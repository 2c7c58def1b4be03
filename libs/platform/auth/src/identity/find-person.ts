import type { Database } from '@varde/platform-database';
import type { FindPerson } from '../authenticator';
import type { IdentityRepository } from './identity.repository';

/** Looks accounts up in the database, under the identity role. */
export const findPersonIn =
  (database: Pick<Database, 'unitOfWork'>, identity: IdentityRepository): FindPerson =>
  (issuer, subject) =>
    database.unitOfWork('varde_identity', (tx) => identity.personOfAccount(tx, issuer, subject));
