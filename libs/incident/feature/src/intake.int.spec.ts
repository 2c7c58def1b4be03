import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aDatabase, type TestDatabase } from '@varde/testing';
import type { Database } from '@varde/platform-database';
import { aRecord, bytesOf } from '@varde/incident-domain/testing';
import { alarmRecord, at, IncidentWorld, reportRecord } from './incident-world.fixture';

describe('intake', () => {
  let looking: TestDatabase;
  let database: Database;
  let world: IncidentWorld;

  beforeAll(async () => {
    looking = await aDatabase();
    database = await looking.database('varde_engine');
  });
  beforeEach(async () => {
    await looking.empty();
    world = await IncidentWorld.on(looking, database);
  });
  afterEach(() => expect(world.errors).toEqual([]));
  afterAll(() => looking.drop());

  it('I-3: a repeat changes nothing, at the same offset or at another', async () => {
    const record = alarmRecord({ id: 'a', says: 'raised', minute: 0, sequence: 1 }, '1');
    await world.take(record);
    expect(await world.take(record)).toEqual([{ part: 0, outcome: 'duplicate' }]);
    expect(await world.take({ ...record, offset: '2' })).toEqual([
      { part: 0, outcome: 'duplicate' },
    ]);
    expect(await world.facts()).toEqual(['incident.declared.v1']);
  });

  it('I-4: one poison event among a hundred is put aside with its bytes, and the others stand', async () => {
    const poison = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    for (let n = 0; n < 100; n += 1) {
      const record = alarmRecord(
        { id: `a${n}`, says: 'raised', minute: 0, sequence: 1, element: 'cell/NO/1-1' },
        String(n),
      );
      await world.take(n === 50 ? { ...record, value: poison } : record);
    }
    const [letter, ...others] = await world.work((tx) =>
      world.feature.deadLetters.openDeadLetters(tx, 10),
    );
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      reason: 'encoding-invalid',
      record: { offset: '50', partition: 0 },
    });
    expect(Buffer.from(letter?.record.value ?? [])).toEqual(poison);
    expect(Buffer.from((letter?.record.headers['ce_id'] as Uint8Array) ?? []).toString()).toBe(
      'a50.1',
    );
    expect(await looking.query('select count(*)::int as n from incident.alarm')).toEqual([
      { n: 99 },
    ]);
    expect(await world.incidents()).toMatchObject([{ alarms: { count: 99, activeCount: 99 } }]);
  });

  it('I-4: a dead letter is published once, and played again when its source is registered', async () => {
    const record = alarmRecord({ id: 'a', says: 'raised', minute: 0, sequence: 1 }, '1');
    await world.take({
      ...record,
      headers: { ...record.headers, ce_source: bytesOf('/nms/no/ran-west') },
    });
    const [letter] = await world.work((tx) =>
      world.feature.deadLetters.unpublishedDeadLetters(tx, 10),
    );
    expect(letter).toMatchObject({ reason: 'source-unknown', replayedAt: null });
    const n = letter?.n ?? '';
    await world.work((tx) => world.feature.deadLetters.markDeadLettersPublished(tx, [n], at(1)));
    expect(
      await world.work((tx) => world.feature.deadLetters.unpublishedDeadLetters(tx, 10)),
    ).toEqual([]);

    const replay = () => world.work((tx) => world.feature.intake.replayDeadLetter(tx, n, at(5)));
    await expect(replay()).rejects.toMatchObject({
      code: 'still-refused',
      facts: { reason: 'source-unknown' },
    });
    await world.work((tx) =>
      world.feature.sources.register(
        tx,
        {
          id: '/nms/no/ran-west',
          topic: 'network.incidents',
          dialect: 'cloudevents-tmf642',
          country: 'NO',
          mode: 'ACTUAL',
          rights: ['alarms'],
          active: true,
        },
        'test',
      ),
    );
    expect(await replay()).toEqual({ part: 0, outcome: 'applied' });
    expect(await world.incidents()).toHaveLength(1);
    await expect(replay()).rejects.toMatchObject({ code: 'replayed-already' });
  });

  it.each<[string, string[], string[]]>([
    ['a county', ['NO-46'], []],
    ['a country', ['NO'], []],
    ['a county and an unknown area', ['NO-46', 'NO-9999'], ['unplaced']],
    ['an unknown area', ['XX'], ['unplaced']],
  ])(
    '§1.3: an alarm whose place is %s (%j) is flagged %j, and declares all the same',
    async (_, codes, flags) => {
      const place = codes.map((id) => ({ id }));
      await world.alarm({ id: 'a', says: 'raised', minute: 0, sequence: 1, alarm: { place } });
      expect(await looking.query('select flags from incident.inbox_event')).toEqual([{ flags }]);
      expect(await looking.query('select flags from incident.alarm')).toEqual([{ flags }]);
      expect(await world.facts()).toEqual(['incident.declared.v1']);
    },
  );

  it('§1.6: a report that names an alarm of another country is put aside; one not heard of yet is taken', async () => {
    await world.alarm({ id: 'NO-RAN-1', says: 'raised', minute: 0, sequence: 1 });
    await world.work((tx) =>
      world.feature.sources.register(
        tx,
        {
          id: '/desk/se',
          topic: 'network.incidents',
          dialect: 'cloudevents-tmf642',
          country: 'SE',
          mode: 'ACTUAL',
          rights: ['reports'],
          active: true,
        },
        'test',
      ),
    );
    const swedish = (reference: string, alarms: readonly string[]) => {
      const record = reportRecord(
        { reference, sequence: 1, country: 'SE', elements: [], areas: ['SE'], alarms },
        1,
        `9${reference.length}`,
      );
      return world.take({
        ...record,
        headers: { ...record.headers, ce_source: bytesOf('/desk/se') },
      });
    };
    expect(await swedish('NOC-1', ['SE-CORE-1', 'NO-RAN-1'])).toMatchObject([
      { outcome: 'dead-letter', reason: 'schema-invalid' },
    ]);
    expect(await swedish('NOC-22', ['SE-CORE-1'])).toMatchObject([{ outcome: 'applied' }]);
    await world.report({ reference: 'NOC-333', sequence: 1, alarms: ['NO-RAN-1'] }, 2);
    expect((await world.incidents()).map((one) => one.country).sort()).toEqual(['NO', 'SE']);
  });

  it('§1.6: a desk’s report of places that we do not know is taken and flagged', async () => {
    await world.report(
      { reference: 'NOC-1', sequence: 1, elements: ['site/NO/404'], areas: ['NO-9999'] },
      1,
    );
    expect(await looking.query('select flags from incident.inbox_event')).toEqual([
      { flags: ['unplaced'] },
    ]);
  });

  it('keeps a repeated header with all its values', async () => {
    const record = alarmRecord({ id: 'a', says: 'raised', minute: 0, sequence: 1 }, '1');
    await world.take({
      ...record,
      headers: { ...record.headers, ce_id: [bytesOf('one'), bytesOf('two')] },
    });
    const [letter] = await world.work((tx) => world.feature.deadLetters.openDeadLetters(tx, 10));
    expect(
      (letter?.record.headers['ce_id'] as Uint8Array[]).map((value) =>
        Buffer.from(value).toString(),
      ),
    ).toEqual(['one', 'two']);
  });

  it('counts what is no alarm, once for each event', async () => {
    const heartbeat = bytesOf({
      event: {
        commonEventHeader: {
          domain: 'heartbeat',
          eventId: 'h1',
          sourceName: 's',
          sequence: 1,
          lastEpochMicrosec: 1770775200000000,
        },
      },
    });
    const record = aRecord({
      topic: 'network.ves',
      partition: 0,
      offset: '1',
      key: null,
      value: heartbeat,
      headers: {},
      receivedAt: at(0),
    });
    expect(await world.take(record)).toEqual([{ part: 0, outcome: 'counted' }]);
    expect(await world.take({ ...record, offset: '2' })).toEqual([
      { part: 0, outcome: 'duplicate' },
    ]);
    expect(await looking.query('select source_id, n::int from incident.counted')).toEqual([
      { source_id: 'ves', n: 1 },
    ]);
  });

  it('I-1: what its transaction does not commit has not happened', async () => {
    const record = alarmRecord({ id: 'a', says: 'raised', minute: 0, sequence: 1 }, '1');
    const killed = world.work(async (tx) => {
      await world.feature.intake.take(tx, record);
      throw new Error('killed before the commit');
    });
    await expect(killed).rejects.toThrow('killed before the commit');
    expect(await world.incidents()).toEqual([]);
    expect(await world.take(record)).toEqual([{ part: 0, outcome: 'applied' }]);
  });

  it('two engines that hear of one trouble at the same moment declare one incident', async () => {
    const records = Array.from({ length: 12 }, (_, n) =>
      alarmRecord(
        { id: `a${n}`, says: 'raised', minute: 0, sequence: 1, element: `site/NO/${(n % 2) + 1}` },
        String(n),
      ),
    );
    await Promise.all(records.map((record) => world.take(record)));
    expect(await world.incidents()).toMatchObject([
      { number: 'NO-2026-0001', alarms: { count: 12 } },
    ]);
  });
});

describe('a handler of ours that fails', () => {
  it('I-4: is tried three times, then its event is put aside and the next one is taken', async () => {
    const looking = await aDatabase();
    const world = await IncidentWorld.on(looking, await looking.database('varde_engine'));
    // The database itself refuses rows of this one alarm: a fault that no table of refusals knows.
    await looking.query(
      `alter table incident.alarm add constraint planted check (alarm_id <> 'poison')`,
    );
    expect(
      await world.alarm({ id: 'poison', says: 'raised', minute: 0, sequence: 1 }),
    ).toMatchObject([{ outcome: 'dead-letter', reason: 'handler-failed' }]);
    expect(await world.alarm({ id: 'b', says: 'raised', minute: 0, sequence: 1 })).toEqual([
      { part: 0, outcome: 'applied' },
    ]);
    expect(world.errors).toHaveLength(3);
    await looking.query(`alter table incident.alarm drop constraint planted`);
    const [letter] = await world.work((tx) => world.feature.deadLetters.openDeadLetters(tx, 10));
    expect(
      await world.work((tx) => world.feature.intake.replayDeadLetter(tx, letter?.n ?? '', at(5))),
    ).toEqual({ part: 0, outcome: 'applied' });
    await looking.drop();
  });
});

describe('the events that nobody here wrote', () => {
  const folder = join(__dirname, '../../../../../shared/data/events');
  const topics = {
    'tmf642-alarm.example.json': 'network.tmf642',
    'ves7-fault.json': 'network.ves',
    'ves7-batch-two-domains.json': 'network.ves',
    'ves72-stnddefined.json': 'network.ves',
  };
  let looking: TestDatabase;
  let world: IncidentWorld;

  beforeAll(async () => {
    looking = await aDatabase();
    world = await IncidentWorld.on(looking, await looking.database('varde_engine'));
  });
  afterAll(() => looking.drop());

  const read = (file: string): Buffer => {
    try {
      return readFileSync(join(folder, file));
    } catch (cause) {
      throw new Error(`not measured: data/events/${file} is not there`, { cause });
    }
  };
  const publish = (file: keyof typeof topics, offset: number) =>
    world.take(
      aRecord({
        topic: topics[file],
        partition: 0,
        offset: String(offset),
        key: null,
        value: read(file),
        headers: {},
        receivedAt: at(0),
      }),
    );

  it('are all taken, and become what standards §1.7 says', async () => {
    const files = Object.keys(topics) as (keyof typeof topics)[];
    for (const [offset, file] of files.entries()) {
      for (const { outcome } of await publish(file, offset))
        expect([file, outcome]).toEqual([file, 'applied']);
    }
    const alarms = await looking.query(
      `select alarm_id, condition, state->>'severity' as severity, state->>'alarmType' as type, state->'probableCause' as cause, flags, event_count as events,
              incident_id from incident.alarm order by n`,
    );
    const seen = { condition: 'active', incident_id: null };
    expect(alarms).toEqual([
      {
        ...seen,
        alarm_id: '8675309',
        severity: 'major',
        type: 'environmentalAlarm',
        cause: 'rectifierLowVoltage',
        events: 1,
        flags: ['field-ignored', 'stale', 'unplaced'],
      },
      {
        ...seen,
        alarm_id: alarms[1]?.['alarm_id'],
        severity: 'critical',
        type: 'unclassified',
        cause: 'PilotNumberPoolExhaustion',
        events: 2,
        flags: ['stale', 'unplaced'],
      },
      {
        ...seen,
        alarm_id: alarms[2]?.['alarm_id'],
        severity: 'indeterminate',
        type: 'communicationsAlarm',
        cause: 1,
        events: 1,
        flags: ['field-ignored', 'clock-unknown', 'stale', 'unplaced'],
      },
      {
        ...seen,
        alarm_id: alarms[3]?.['alarm_id'],
        severity: 'major',
        type: 'environmentalAlarm',
        cause: 'xyz',
        events: 1,
        flags: ['clock-unknown', 'unplaced'],
      },
    ]);
  });

  it('change nothing when they are published again', async () => {
    const before = await world.alarms();
    for (const [n, file] of (Object.keys(topics) as (keyof typeof topics)[]).entries()) {
      for (const { outcome } of await publish(file, 100 + n))
        expect([file, outcome]).toEqual([file, 'duplicate']);
    }
    expect(await world.alarms()).toEqual(before);
    expect(await world.incidents()).toEqual([]);
  });
});

describe('a report before its raise', () => {
  let looking: TestDatabase;
  let world: IncidentWorld;

  beforeEach(async () => {
    looking = await aDatabase();
    world = await IncidentWorld.on(looking, await looking.database('varde_engine'));
  });
  afterEach(() => looking.drop());

  it('I-3: waits, and is applied in sequence when the raise arrives', async () => {
    expect(
      await world.report({ reference: 'NOC-1', sequence: 3, action: 'resolve', note: 'third' }, 3),
    ).toEqual([{ part: 0, outcome: 'parked' }]);
    expect(
      await world.report({ reference: 'NOC-1', sequence: 2, action: 'update', note: 'second' }, 2),
    ).toEqual([{ part: 0, outcome: 'parked' }]);
    expect(await world.report({ reference: 'NOC-1', sequence: 1, note: 'first' }, 1)).toEqual([
      { part: 0, outcome: 'applied' },
    ]);
    expect(await world.incidents()).toMatchObject([
      { phase: 'resolved', note: 'third', report: { sequence: 3 } },
    ]);
    expect(await world.facts()).toEqual([
      'incident.declared.v1',
      'incident.updated.v1',
      'incident.resolved.v1',
    ]);
  });

  it('I-3: after 15 minutes it is a dead letter, raise-missing, and is applied by a replay once the raise has come', async () => {
    await world.report({ reference: 'NOC-1', sequence: 2, action: 'cancel' }, 2);
    expect(await world.sweep(16)).toBe(0);
    expect(await world.sweep(18)).toBe(1);
    const [letter] = await world.work((tx) => world.feature.deadLetters.openDeadLetters(tx, 10));
    expect(letter).toMatchObject({
      reason: 'raise-missing',
      eventId: 'NOC-1.2',
      sourceId: '/desk/no',
    });
    await world.report({ reference: 'NOC-1', sequence: 1 }, 20);
    expect(await world.incidents()).toMatchObject([{ phase: 'acknowledged' }]);
    await world.work((tx) => world.feature.intake.replayDeadLetter(tx, letter?.n ?? '', at(21)));
    expect(await world.incidents()).toMatchObject([{ phase: 'cancelled' }]);
  });

  it('a merge also waits for the raise of the other', async () => {
    await world.report({ reference: 'NOC-1', sequence: 1 }, 1);
    expect(
      await world.report({ reference: 'NOC-1', sequence: 2, action: 'merge', into: 'NOC-2' }, 2),
    ).toEqual([{ part: 0, outcome: 'parked' }]);
    await world.report({ reference: 'NOC-2', sequence: 1, elements: ['site/NO/3'] }, 3);
    const [child, parent] = await world.incidents();
    expect(child).toMatchObject({ phase: 'closed', mergedInto: parent?.incidentId });
    expect(parent?.statedScope?.elements).toEqual(['site/NO/1', 'site/NO/3']);
    expect(await world.sweep(60)).toBe(1);
    expect(await world.work((tx) => world.feature.deadLetters.openDeadLetters(tx, 10))).toEqual([]);
  });

  it('an act that the lifecycle refuses is a dead letter with the sentence', async () => {
    await world.report({ reference: 'NOC-1', sequence: 1, severity: 'critical' }, 1);
    await world.report(
      { reference: 'NOC-1', sequence: 2, action: 'cancel', severity: 'critical' },
      2,
    );
    const refused = await world.take(
      reportRecord(
        { reference: 'NOC-1', sequence: 3, action: 'resolve', severity: 'critical' },
        3,
        '99',
      ),
    );
    expect(refused).toMatchObject([
      {
        outcome: 'dead-letter',
        reason: 'schema-invalid',
        detail: 'NO-2026-0001 is cancelled; raise a new one that refers to it.',
      },
    ]);
  });
});
