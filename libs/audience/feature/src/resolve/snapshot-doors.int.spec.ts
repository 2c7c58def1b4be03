import { Client } from 'pg';
import { revealedAddress, snapshotMember, type AudienceResolved } from '@varde/contracts';
import type { Database } from '@varde/platform-database';
import type { ProgramRole } from '@varde/migrations';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { anIncident } from './incident-facts';
import { resolveAudience } from './resolve-audience';
import { storeWorld } from './world-rows.fixture';

let test: TestDatabase;
let engine: Database;
let snapshot: AudienceResolved | undefined;
beforeAll(async () => {
  test = await aDatabase();
  engine = await test.database('varde_engine');
  await storeWorld(test.query, {
    areas: [{ code: 'NO', level: 'country', country: 'NO' }],
    elements: [{ id: 'cell', area: 'NO', services: 15 }],
    customers: ['A', 'B'].map((id) => ({
      id,
      kind: 'private',
      country: 'NO',
      language: 'nb',
      isExercise: false,
    })),
    subscriptions: ['A', 'B'].map((id) => ({ id, customer: id, services: 15, elements: ['cell'] })),
    contacts: [1, 2].map((n) => ({
      n,
      customer: n === 1 ? 'A' : 'B',
      role: 'subscriber',
      channels: [],
      sms: '+4790000001',
      email: `${n}@mail.example`,
      smsElsewhere: true,
      optOuts: [],
    })),
    agreements: [],
  });
  // Life and health: both channels.
  const incident = anIncident({
    elements: ['cell'],
    services: ['sms', 'emergency-call'],
    emergencyCalls: 'affected',
  });
  snapshot = await engine.unitOfWork('varde_audience', (tx) =>
    resolveAudience(tx, { incident, occasion: 'hit', changed: [] }),
  );
});
afterAll(() => test.drop());

const as = async <Row>(role: ProgramRole, sql: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new Client({ connectionString: test.urlFor(role) });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
};

describe('the door audience_public.snapshot_member', () => {
  const read =
    'select * from audience_public.snapshot_member where snapshot_id = $1 order by class, contact_id, channel';

  it('shows delivery one row per address and channel, in the shape of the contract and no more', async () => {
    const rows = await engine.unitOfWork('varde_delivery', (tx) =>
      tx.query<object>(read, [snapshot?.snapshotId]),
    );
    expect(rows.map((row) => snapshotMember.strict().parse(row))).toMatchObject([
      { contact_id: 1n, channel: 'email', address_hmac: Buffer.from('1@mail.example') },
      {
        contact_id: 1n,
        channel: 'sms',
        class: 3,
        language: 'nb',
        country: 'NO',
        grp: 'newly-hit',
        is_exercise: false,
        on_recovery: false,
      },
      { contact_id: 2n, channel: 'email' },
    ]);
  });

  it('is closed to the courier, to the programs themselves, and to every other context', async () => {
    for (const role of [
      'varde_courier',
      'varde_api',
      'varde_engine',
      'varde_gate',
      'varde_reporting',
    ] as const) {
      await expect(as(role, read, [snapshot?.snapshotId])).rejects.toThrow('permission denied');
    }
    for (const role of ['varde_communication', 'varde_incident'] as const) {
      await expect(
        engine.unitOfWork(role, (tx) => tx.query(read, [snapshot?.snapshotId])),
      ).rejects.toThrow('permission denied');
    }
  });

  it('leads nowhere else: delivery reads no table of the audience', async () => {
    for (const table of [
      'snapshot',
      'snapshot_member',
      'snapshot_merged',
      'customer',
      'contact_address',
    ]) {
      await expect(
        engine.unitOfWork('varde_delivery', (tx) => tx.query(`select 1 from audience.${table}`)),
      ).rejects.toThrow('permission denied');
    }
  });
});

describe('the door audience_public.reveal', () => {
  const reveal = 'select * from audience_public.reveal($1::bigint[]) order by contact_id, channel';

  it('S-26: gives the courier the encrypted addresses of the contacts that it names', async () => {
    const rows = await as<object>('varde_courier', reveal, [[2, 99]]);
    expect(rows.map((row) => revealedAddress.strict().parse(row))).toEqual([
      {
        contact_id: 2n,
        channel: 'email',
        address_encrypted: Buffer.from([0]),
        address_hmac: Buffer.from('2@mail.example'),
      },
      {
        contact_id: 2n,
        channel: 'sms',
        address_encrypted: Buffer.from([0]),
        address_hmac: Buffer.from('+4790000001'),
      },
    ]);
  });

  it('S-26: is closed to everybody else', async () => {
    for (const role of [
      'varde_engine',
      'varde_api',
      'varde_gate',
      'varde_import',
      'varde_reporting',
    ] as const) {
      await expect(as(role, reveal, [[1]])).rejects.toThrow('permission denied');
    }
    for (const role of ['varde_delivery', 'varde_audience', 'varde_communication'] as const) {
      await expect(engine.unitOfWork(role, (tx) => tx.query(reveal, [[1]]))).rejects.toThrow(
        'permission denied',
      );
    }
    await expect(as('varde_courier', 'select * from audience.contact_address')).rejects.toThrow(
      'permission denied',
    );
  });

  it('does not read a table that the caller put in front of ours', async () => {
    const client = new Client({ connectionString: test.urlFor('varde_courier') });
    await client.connect();
    try {
      await client.query(
        `create temp table contact_address (contact_n bigint, channel text, address_encrypted bytea, address_hmac bytea)`,
      );
      await client.query(`insert into contact_address values (1, 'sms', 'planted', 'planted')`);
      const { rows } = await client.query<{ address_hmac: Buffer }>(reveal, [[1]]);
      expect(rows.map((row) => row.address_hmac.toString())).toEqual([
        '1@mail.example',
        '+4790000001',
      ]);
    } finally {
      await client.end();
    }
  });
});

describe('a snapshot', () => {
  it.each([
    'snapshot',
    'snapshot_member',
    'snapshot_merged',
    'snapshot_unreachable',
    'snapshot_carried',
  ])('never changes: %s is append-only for its owner too', async (table) => {
    await expect(as('varde_migrate', `truncate audience.${table}`)).rejects.toThrow(
      'a snapshot never changes',
    );
    await expect(
      engine.unitOfWork('varde_audience', (tx) => tx.query(`delete from audience.${table}`)),
    ).rejects.toThrow('permission denied');
  });

  it('never changes: its rows are neither altered nor deleted by its owner', async () => {
    for (const table of ['snapshot', 'snapshot_member', 'snapshot_merged']) {
      await expect(as('varde_migrate', `delete from audience.${table}`)).rejects.toThrow(
        'a snapshot never changes',
      );
    }
    await expect(
      as('varde_migrate', `update audience.snapshot_member set class = 0`),
    ).rejects.toThrow('a snapshot never changes');
    await expect(
      as('varde_migrate', `update audience.snapshot set mode = 'EXERCISE'`),
    ).rejects.toThrow('a snapshot never changes');
  });

  it('names every customer that an address stands for', async () => {
    expect(
      await test.query(`select contact_id::int, told_as::int from audience.snapshot_merged`),
    ).toEqual([{ contact_id: 2, told_as: 1 }]);
  });
});
