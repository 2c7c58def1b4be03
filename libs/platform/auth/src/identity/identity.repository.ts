import type { Tx } from '@varde/platform-database';
import type { AddressCipher } from '@varde/platform-secrets';
import type { Instant } from '@varde/kernel';
import { toIso } from '@varde/kernel';
import type { Role } from '../permissions';
import type { Country, HeldRole, KnownPerson, PersonId } from '../signed-in-person';

/** How somebody of the staff is reached. */
export type StaffChannel = 'sms' | 'email';

/** One person's turn on the duty roster, now. The lowest rank is asked first. */
export interface OnDuty {
  readonly personId: PersonId;
  readonly rank: number;
}

/** A turn to be put on the roster. */
export interface DutyTurn {
  readonly role: Role;
  readonly personId: PersonId;
  /** Without it, in all countries. */
  readonly country?: Country;
  readonly rank: number;
  readonly fromAt: Instant;
  readonly toAt: Instant;
}

/** The address of a person of the staff, decrypted for the moment of sending. Never logged, never kept. */
export interface StaffAddress {
  readonly personId: PersonId;
  readonly address: string;
}

/**
 * Persons, their accounts, roles, addresses and the duty roster. Units of work run under `varde_identity`, except where a
 * method says otherwise.
 *
 * @source S-3, S-7, S-26; D-03
 */
export class IdentityRepository {
  /** Who an account belongs to, with all roles that the person holds, whichever account they use (S-3). */
  async personOfAccount(tx: Tx, issuer: string, subject: string): Promise<KnownPerson | undefined> {
    const rows = await tx.query<PersonRow>(
      `${selectPerson} where p.id = (select person_id from identity.account where issuer = $1 and subject = $2) group by p.id`,
      [issuer, subject],
    );
    return rows.map(personOf)[0];
  }

  /** Everybody, by name. */
  async allPersons(tx: Tx): Promise<readonly KnownPerson[]> {
    const rows = await tx.query<PersonRow>(`${selectPerson} group by p.id order by p.name, p.id`);
    return rows.map(personOf);
  }

  /** What these persons are called. Nobody is in it who is not registered. */
  async namesOf(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; name: string }>(
      'select id, name from identity.person where id = any($1::uuid[])',
      [personIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Gives a role; giving it again changes nothing. */
  async grantRole(tx: Tx, personId: PersonId, { role, country }: HeldRole): Promise<void> {
    await tx.query(
      'insert into identity.person_role (person_id, role, country) values ($1, $2, $3) on conflict do nothing',
      [personId, role, country ?? null],
    );
  }

  /** Takes a role away. From the next act on it is gone, whatever the token says. @returns whether it was held */
  async takeRoleAway(tx: Tx, personId: PersonId, { role, country }: HeldRole): Promise<boolean> {
    const gone = await tx.query(
      `delete from identity.person_role where person_id = $1 and role = $2 and country is not distinct from $3::text
        returning role`,
      [personId, role, country ?? null],
    );
    return gone.length > 0;
  }

  /** Puts a turn on the roster. */
  async putOnDuty(tx: Tx, turn: DutyTurn): Promise<void> {
    await tx.query(
      `insert into identity.duty (id, role, person_id, country, rank, from_at, to_at)
        values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)`,
      [
        turn.role,
        turn.personId,
        turn.country ?? null,
        turn.rank,
        toIso(turn.fromAt),
        toIso(turn.toAt),
      ],
    );
  }

  /**
   * Who is on duty for a role now, the first to be asked first. Runs under `varde_communication` or `varde_incident`.
   *
   * @returns nobody twice; empty where the roster has a hole
   */
  async onDuty(tx: Tx, role: Role, country?: Country): Promise<readonly OnDuty[]> {
    const rows = await tx.query<{ person_id: PersonId; rank: number }>(
      'select person_id, min(rank)::int as rank from identity.on_duty($1, $2) group by person_id order by 2, 1',
      [role, country ?? null],
    );
    return rows.map((row) => ({ personId: row.person_id, rank: row.rank }));
  }

  /**
   * Who is asked next when those asked so far did not answer. Runs under `varde_communication` or `varde_incident`.
   *
   * @param asked    persons who were asked already
   * @param barred   persons who may not answer: the authors of a message
   * @returns `undefined` where nobody is left
   */
  async nextOnDuty(
    tx: Tx,
    role: Role,
    country: Country | undefined,
    asked: readonly PersonId[],
    barred: readonly PersonId[] = [],
  ): Promise<OnDuty | undefined> {
    const everybody = await this.onDuty(tx, role, country);
    return everybody.find((one) => !asked.includes(one.personId) && !barred.includes(one.personId));
  }

  /** Writes a person's address, encrypted; a later one replaces it. */
  async keepAddress(
    tx: Tx,
    cipher: Pick<AddressCipher, 'encrypt'>,
    personId: PersonId,
    channel: StaffChannel,
    address: string,
  ): Promise<void> {
    await tx.query(
      `insert into identity.person_address (person_id, channel, address_encrypted) values ($1, $2, $3)
        on conflict (person_id, channel) do update set address_encrypted = excluded.address_encrypted`,
      [personId, channel, cipher.encrypt(address)],
    );
  }

  /** Addresses of some of the staff. Runs under the courier's own role, at the moment of sending. */
  async addressesOf(
    tx: Tx,
    cipher: Pick<AddressCipher, 'decrypt'>,
    personIds: readonly PersonId[],
    channel: StaffChannel,
  ): Promise<readonly StaffAddress[]> {
    const rows = await tx.query<{ person_id: PersonId; address_encrypted: Buffer }>(
      'select person_id, address_encrypted from identity.person_address where person_id = any($1::uuid[]) and channel = $2',
      [personIds, channel],
    );
    return rows.map((row) => ({
      personId: row.person_id,
      address: cipher.decrypt(row.address_encrypted),
    }));
  }
}

interface PersonRow {
  readonly id: PersonId;
  readonly name: string;
  readonly held: readonly { role: Role; country: Country | null }[];
}

const selectPerson = `select p.id, p.name,
    coalesce(json_agg(json_build_object('role', r.role, 'country', r.country) order by r.role, r.country)
      filter (where r.role is not null), '[]') as held
  from identity.person p left join identity.person_role r on r.person_id = p.id`;

const personOf = (row: PersonRow): KnownPerson => ({
  personId: row.id,
  name: row.name,
  held: row.held.map(({ role, country }) => (country === null ? { role } : { role, country })),
});
