import { aDatabase, type TestDatabase } from '@varde/testing';
import type { Database } from '@varde/platform-database';
import { alarmRecord, at, IncidentWorld, personId } from './incident-world.fixture';

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

  it('declares an incident by a severe alarm of a known element, and tells it', async () => {
    await world.alarm({ id: 'a', says: 'raised', minute: 0, sequence: 1 });
    const [incident] = await world.incidents();
    expect(incident).toMatchObject({
      number: 'NO-2026-0001', phase: 'acknowledged', origin: 'alarm', version: 1, startedAt: at(0),
      alarmedScope: { elements: ['site/NO/1'], services: ['emergency-call', 'mobile-data', 'mobile-voice', 'sms'] },
      derived: { severity: 'minor', reasons: ['nothing-more'] },
      alarms: { count: 1, activeCount: 1, lastClearedAt: null },
    });
    expect(await world.facts()).toEqual(['incident.declared.v1']);
  });

  it('makes one incident of an alarm and the operations centre’s report of it', async () => {
    await world.alarm({ id: 'a', says: 'raised', minute: 0, sequence: 1 });
    await world.report({ reference: 'NOC-1', sequence: 1, alarms: ['a'], elements: [], areas: ['NO-0301'] }, 4);
    const incidents = await world.incidents();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ origin: 'reported', phase: 'inProgress', report: { reference: 'NOC-1', sequence: 1 } });
    expect(await world.facts()).toEqual(['incident.declared.v1', 'incident.updated.v1']);
  });

  it('makes one incident of a report and the alarm that comes after it', async () => {
    await world.report({ reference: 'NOC-1', sequence: 1, elements: [], areas: ['NO-46'] }, 0);
    await world.alarm({ id: 'a', says: 'raised', minute: 5, sequence: 1, services: ['mobile-data'] });
    const incidents = await world.incidents();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ alarms: { count: 1, activeCount: 1 } });
  });

  it('I-3: a repeat changes nothing, at the same offset or at another', async () => {
    const record = alarmRecord({ id: 'a', says: 'raised', minute: 0, sequence: 1 }, '1');
    await world.take(record);
    expect(await world.take(record)).toEqual([{ part: 0, outcome: 'duplicate' }]);
    expect(await world.take({ ...record, offset: '2' })).toEqual([{ part: 0, outcome: 'duplicate' }]);
    expect(await world.facts()).toEqual(['incident.declared.v1']);
  });

  it('raises an incident for a person, and lets only a person end it', async () => {
    const act = { personId, now: at(1) };
    const raised = await world.work((tx) =>
      world.feature.incidents.raise(tx, {
        country: 'NO', mode: 'ACTUAL', namedAlarms: [],
        facts: { kind: 'outage', services: ['sms'], elements: [], areas: ['NO'], startedAt: at(0), awareAt: at(1), nextUpdateBy: at(60) },
      }, act));
    expect(raised).toMatchObject({ number: 'NO-2026-0001', changedBy: { kind: 'person', personId } });
    await world.work((tx) => world.feature.incidents.resolve(tx, raised.number, { reason: null }, act));
    expect(await world.facts()).toEqual(['incident.declared.v1', 'incident.resolved.v1']);
  });
});
