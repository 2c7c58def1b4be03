import { randomUUID } from 'node:crypto';
import { createSecretKey } from 'node:crypto';
import { days, hours, parseInstant, plus, type Instant } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import { AddressCipher } from '@varde/platform-secrets';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { requireRoleNow } from '../require-role-now';
import type { PersonId } from '../signed-in-person';
import { findPersonIn } from './find-person';
import { IdentityRepository } from './identity.repository';
import { seedPeople, type SeedPerson } from './seed-people';

const issuer = 'http://127.0.0.1:4100/oidc';
const noon = parseInstant('2026-11-25T12:00:00Z') as Instant;
const everywhere = ['NO', 'SE', 'DK'] as const;
const id = (n: number): PersonId => `5a4db0c5-0000-4000-8000-00000000000${n}` as PersonId;

const person = (
  n: number,
  accountName: string,
  role: string,
  countries: SeedPerson['countries'] = everywhere,
): SeedPerson => ({
  sub: accountName,
  personId: id(n),
  name: accountName.split('.')[0] ?? '',
  roles: [role],
  countries,
  phone: `+479000090${n}`,
  email: `${accountName}@staff.operator.example`,
});

const people: readonly SeedPerson[] = [
  person(1, 'ingrid.noc', 'operations-centre'),
  person(2, 'maja.author', 'communications-author'),
  person(3, 'aksel.approver', 'approver'),
  person(4, 'sofia.approver', 'approver', ['SE']),
  person(2, 'maja.approver', 'approver'),
  person(5, 'dag.duty', 'duty-manager'),
];

const cipher = new AddressCipher({
  hmac: createSecretKey(Buffer.alloc(32, 1)),
  byMonth: new Map([['2026-11', createSecretKey(Buffer.alloc(32, 2))]]),
  current: '2026-11',
});
const identity = new IdentityRepository();

let test: TestDatabase;
let api: Database;

beforeAll(async () => {
  test = await aDatabase();
  await test.clock.freeze(noon);
  api = await test.database('varde_api');
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.query('delete from identity.person_role');
  await seed();
});

const seed = (given = people): Promise<void> =>
  api.transaction((tx) =>
    seedPeople(tx, given, { issuer, cipher, rosterFrom: noon, rosterTo: plus(noon, days(30)) }),
  );
const may = (personId: PersonId, country?: 'NO' | 'SE'): Promise<string> =>
  api.unitOfWork('varde_communication', (tx) =>
    requireRoleNow(tx, {
      personId,
      permission: 'message.approve',
      ...(country === undefined ? {} : { country }),
    }),
  );

describe('seedPeople', () => {
  it('S-3: registers two accounts of one human as one person with the roles of both', async () => {
    const find = findPersonIn(api, identity);
    const author = await find(issuer, 'maja.author');
    expect(author).toEqual({
      personId: id(2),
      name: 'maja',
      held: [{ role: 'approver' }, { role: 'communications-author' }],
    });
    await expect(find(issuer, 'maja.approver')).resolves.toEqual(author);
    await expect(find('https://other.example', 'maja.author')).resolves.toBeUndefined();
  });

  it('changes nothing when it runs again', async () => {
    const before = await api.unitOfWork('varde_identity', (tx) => identity.allPersons(tx));
    await seed();
    await expect(
      api.unitOfWork('varde_identity', (tx) => identity.allPersons(tx)),
    ).resolves.toEqual(before);
    const [duty] = await test.query<{ n: number }>('select count(*)::int as n from identity.duty');
    expect(duty?.n).toBe(people.length);
  });

  it('refuses a role that there is not', async () => {
    await expect(seed([person(9, 'eve', 'superuser')])).rejects.toMatchObject({
      code: 'role-unknown',
    });
  });

  it('refuses an installation that is no sandbox', async () => {
    await test.query(`update platform.installation set kind = 'production'`);
    await expect(seed()).rejects.toMatchObject({ code: 'not-a-sandbox' });
    await test.query(`update platform.installation set kind = 'sandbox'`);
  });
});

describe('requireRoleNow', () => {
  it('S-7: lets the holder act and leaves the transaction under its own role', async () => {
    const role = await api.unitOfWork('varde_communication', async (tx) => {
      await requireRoleNow(tx, { personId: id(3), permission: 'message.approve' });
      const [now] = await tx.query<{ role: string }>('select current_user::text as role');
      return now?.role;
    });
    expect(role).toBe('varde_communication');
  });

  it('S-7: leaves a transaction of the program itself under the program', async () => {
    const role = await api.transaction(async (tx) => {
      await requireRoleNow(tx, { personId: id(3), permission: 'dispatch.halt' });
      const [now] = await tx.query<{ role: string }>('select current_user::text as role');
      return now?.role;
    });
    expect(role).toBe('varde_api');
  });

  it('S-7: refuses as soon as the role is taken away', async () => {
    await expect(may(id(3))).resolves.toBe('approver');
    const gone = await api.unitOfWork('varde_identity', (tx) =>
      identity.takeRoleAway(tx, id(3), { role: 'approver' }),
    );
    expect(gone).toBe(true);
    await expect(may(id(3))).rejects.toMatchObject({ code: 'right-missing' });
  });

  it('S-7: makes a right that is taken away during the act wait for its end', async () => {
    const order: string[] = [];
    let taken: Promise<void> | undefined;
    await api.unitOfWork('varde_communication', async (tx) => {
      await requireRoleNow(tx, { personId: id(3), permission: 'message.approve' });
      taken = api
        .unitOfWork('varde_identity', (other) =>
          identity.takeRoleAway(other, id(3), { role: 'approver' }),
        )
        .then(() => void order.push('taken away'));
      await untilSomebodyWaits();
      order.push('acted');
    });
    await taken;
    expect(order).toEqual(['acted', 'taken away']);
  });

  it('refuses a right in another country, and a person whom nobody knows', async () => {
    await expect(may(id(4), 'SE')).resolves.toBe('approver');
    await expect(may(id(4), 'NO')).rejects.toMatchObject({
      code: 'right-missing',
      facts: { country: 'NO' },
    });
    await expect(may(randomUUID() as PersonId)).rejects.toMatchObject({ code: 'right-missing' });
  });
});

describe('the duty roster', () => {
  const asked = (
    country: 'NO' | 'SE',
    told: PersonId[],
    barred: PersonId[] = [],
  ): Promise<unknown> =>
    api.unitOfWork('varde_communication', (tx) =>
      identity.nextOnDuty(tx, 'approver', country, told, barred),
    );

  it('D-03: asks by rank, in the country, and never an author', async () => {
    await expect(asked('SE', [])).resolves.toEqual({ personId: id(3), rank: 1 });
    await expect(asked('SE', [id(3)])).resolves.toEqual({ personId: id(4), rank: 2 });
    await expect(asked('NO', [id(3)])).resolves.toEqual({ personId: id(2), rank: 3 });
    await expect(asked('NO', [id(3)], [id(2)])).resolves.toBeUndefined();
  });

  it('puts a duty manager first in the operations centre', async () => {
    const onDuty = await api.unitOfWork('varde_incident', (tx) =>
      identity.onDuty(tx, 'operations-centre'),
    );
    expect(onDuty).toEqual([
      { personId: id(5), rank: 1 },
      { personId: id(1), rank: 2 },
    ]);
  });

  it('is empty when the turn is over', async () => {
    await test.clock.forward(days(31));
    await expect(asked('NO', [])).resolves.toBeUndefined();
    await test.clock.freeze(plus(noon, hours(0)));
  });

  it('leaves out whoever has lost the role', async () => {
    await api.unitOfWork('varde_identity', (tx) =>
      identity.takeRoleAway(tx, id(3), { role: 'approver' }),
    );
    await expect(asked('NO', [])).resolves.toEqual({ personId: id(2), rank: 3 });
  });
});

describe('staff addresses', () => {
  it('S-26: are encrypted in the table, and read by the courier alone', async () => {
    const [row] = await test.query<{ address: string }>(
      `select encode(address_encrypted, 'escape') as address from identity.person_address where person_id = $1 and channel = 'sms'`,
      [id(3)],
    );
    expect(row?.address).not.toContain('90000903');
    const courier = await test.database('varde_courier');
    await expect(
      courier.transaction((tx) => identity.addressesOf(tx, cipher, [id(3)], 'sms')),
    ).resolves.toEqual([{ personId: id(3), address: '+4790000903' }]);
    await expect(
      api.unitOfWork('varde_communication', (tx) =>
        identity.addressesOf(tx, cipher, [id(3)], 'sms'),
      ),
    ).rejects.toThrow('permission denied');
  });
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await test.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if ((row?.n ?? 0) > 0) return;
  }
}
