import { Refusal, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { AddressCipher } from '@varde/platform-secrets';
import { roles, type Role } from '../permissions';
import { countries, type Country, type HeldRole, type PersonId } from '../signed-in-person';
import { IdentityRepository } from './identity.repository';

/** An invented person who can sign in at the sandbox, one entry per account. Two entries of one human share `personId`. */
export interface SeedPerson {
  readonly sub: string;
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly countries: readonly Country[];
  /** E.164. */
  readonly phone: string;
  readonly email: string;
}

/** What the people become part of. */
export interface SeedOptions {
  /** The `iss` under which the accounts sign in. */
  readonly issuer: string;
  readonly cipher: Pick<AddressCipher, 'encrypt'>;
  /** The roster is filled for this time, everybody in the order of the list. */
  readonly rosterFrom: Instant;
  readonly rosterTo: Instant;
}

// A duty manager is whoever leads the operations centre's shift: its rights, and the first place on its roster.
const leads: Readonly<Record<string, Role>> = { 'duty-manager': 'operations-centre' };

/**
 * Registers the sandbox's people: persons, accounts, roles, addresses, and a roster on which everybody of a role is on duty,
 * ranked in the order of the list. Running it again changes nothing but addresses and the roster's time.
 *
 * @param tx under the program's own role (`varde_api`, `varde_import`): `database.transaction`
 * @throws Refusal `not-a-sandbox`: invented people never get into a production installation; `role-unknown`
 */
export async function seedPeople(
  tx: Tx,
  people: readonly SeedPerson[],
  options: SeedOptions,
): Promise<void> {
  const [installation] = await tx.query<{ kind: string }>('select kind from platform.installation');
  if (installation?.kind !== 'sandbox') {
    throw new Refusal(
      'not-a-sandbox',
      'This installation is not a sandbox: invented people are not registered in it.',
    );
  }
  await tx.query('set local role varde_identity');
  const identity = new IdentityRepository();
  for (const person of people) await seedPerson(tx, identity, person, options);
  await seedRoster(tx, identity, people, options);
}

async function seedPerson(
  tx: Tx,
  identity: IdentityRepository,
  person: SeedPerson,
  options: SeedOptions,
): Promise<void> {
  const personId = person.personId as PersonId;
  await tx.query('insert into identity.person (id, name) values ($1, $2) on conflict do nothing', [
    personId,
    person.name,
  ]);
  await tx.query(
    'insert into identity.account (issuer, subject, person_id) values ($1, $2, $3) on conflict do nothing',
    [options.issuer, person.sub, personId],
  );
  for (const held of heldBy(person)) await identity.grantRole(tx, personId, held);
  await identity.keepAddress(tx, options.cipher, personId, 'sms', person.phone);
  await identity.keepAddress(tx, options.cipher, personId, 'email', person.email);
}

async function seedRoster(
  tx: Tx,
  identity: IdentityRepository,
  people: readonly SeedPerson[],
  options: SeedOptions,
): Promise<void> {
  await tx.query('delete from identity.duty where person_id = any($1::uuid[])', [
    people.map((one) => one.personId),
  ]);
  const ranks = new Map<Role, number>();
  for (const person of leadersFirst(people)) {
    for (const role of person.roles.map(roleOf)) {
      const rank = (ranks.get(role) ?? 0) + 1;
      ranks.set(role, rank);
      for (const { country } of heldBy({ ...person, roles: [role] })) {
        await identity.putOnDuty(tx, {
          role,
          personId: person.personId as PersonId,
          ...(country === undefined ? {} : { country }),
          rank,
          fromAt: options.rosterFrom,
          toAt: options.rosterTo,
        });
      }
    }
  }
}

const leadersFirst = (people: readonly SeedPerson[]): readonly SeedPerson[] => {
  const isLeader = (person: SeedPerson): boolean => person.roles.some((role) => role in leads);
  return [...people.filter(isLeader), ...people.filter((person) => !isLeader(person))];
};

/** A right in every country is one row without a country. */
function heldBy(person: SeedPerson): readonly HeldRole[] {
  const isEverywhere = countries.every((country) => person.countries.includes(country));
  return person.roles.flatMap((name): HeldRole[] => {
    const role = roleOf(name);
    return isEverywhere ? [{ role }] : person.countries.map((country) => ({ role, country }));
  });
}

function roleOf(name: string): Role {
  const found = leads[name] ?? roles.find((role) => role === name);
  if (found) return found;
  throw new Refusal(
    'role-unknown',
    `There is no role "${name}". The roles are: ${roles.join(', ')}.`,
    { role: name },
  );
}
