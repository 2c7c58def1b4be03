import { aDatabase, type TestDatabase } from '@varde/testing';
import { nearness, type Place } from '@varde/incident-domain';
import type { Database } from '@varde/platform-database';
import { at, elements, IncidentWorld, personId } from './incident-world.fixture';
import type { Around } from './around';
import { NeighbourhoodRepository } from './neighbourhood.repository';

describe('correlation', () => {
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

  const raised = (id: string, minute: number, element: string, more: object = {}) =>
    world.alarm({ id, says: 'raised', minute, sequence: 1, element, ...more });
  const cleared = (id: string, minute: number, element = 'site/NO/1') =>
    world.alarm({ id, says: 'cleared', minute, sequence: 9, element, began: 0 });

  it('declares an incident by a severe alarm of a known element, and tells it', async () => {
    await raised('a', 0, 'site/NO/1');
    expect(await world.incidents()).toMatchObject([
      {
        number: 'NO-2026-0001',
        phase: 'acknowledged',
        origin: 'alarm',
        version: 1,
        startedAt: at(0),
        emergencyCalls: 'unknown',
        alarmedScope: {
          elements: ['site/NO/1'],
          services: ['emergency-call', 'mobile-data', 'mobile-voice', 'sms'],
        },
        derived: { severity: 'minor', reasons: ['nothing-more'] },
        alarms: { count: 1, activeCount: 1, lastClearedAt: null },
      },
    ]);
    expect(await world.facts()).toEqual(['incident.declared.v1']);
  });

  it.each([
    ['minor', { severity: 'minor' }, 'not-severe'],
    ['not affecting service', { alarm: { serviceAffecting: false } }, 'not-service-affecting'],
    ['of an unknown element', { element: 'site/NO/99' }, 'unplaced'],
    ['of the canary', { mode: 'test' }, 'is-test'],
    ['of an exercise that does not run', { mode: 'exercise' }, 'no-exercise'],
    ['a day old', { began: -24 * 60 - 1 }, 'stale'],
  ] as const)('an alarm that is %s only waits', async (_says, more, waits) => {
    await raised('a', 0, 'site/NO/1', more);
    expect(await world.incidents()).toEqual([]);
    expect(await looking.query('select waits from incident.alarm')).toEqual([{ waits }]);
  });

  it('joins the same, above, below and under the same parent, within 15 minutes of the last', async () => {
    await raised('a', 0, 'site/NO/1');
    await raised('b', 15, 'site/NO/2');
    await raised('c', 30, 'cell/NO/2-1');
    await raised('d', 45, 'core/NO/1');
    await raised('e', 61, 'site/NO/1');
    expect(await world.openIncidents()).toEqual(['- a,b,c,d', '- e']);
  });

  it('takes in what waited, when something beside it declares', async () => {
    await raised('x', 0, 'cell/NO/1-1', { severity: 'minor' });
    await raised('a', 5, 'site/NO/1');
    expect(await world.openIncidents()).toEqual(['- a,x']);
  });

  it.each([
    ['a', 'x', 'b'],
    ['b', 'x', 'a'],
    ['a', 'b', 'x'],
    ['x', 'b', 'a'],
  ] as const)(
    'I-3: a small alarm between two severe ones makes them one trouble, heard as %s, %s, %s',
    async (...order) => {
      const minutes = { a: 0, x: 12, b: 25 };
      for (const id of order)
        await raised(id, minutes[id], 'site/NO/1', id === 'x' ? { severity: 'minor' } : {});
      expect(await world.openIncidents()).toEqual(['- a,b,x']);
    },
  );

  it('a link in the event joins always, wherever and whenever', async () => {
    await raised('a', 0, 'site/NO/1');
    await raised('b', 200, 'site/NO/3', { correlated: ['a'] });
    expect(await world.openIncidents()).toEqual(['- a,b']);
  });

  it('merges two that turn out to be one, and tells so', async () => {
    await raised('a', 0, 'site/NO/1');
    await raised('b', 1, 'site/NO/3');
    expect(await world.openIncidents()).toEqual(['- a', '- b']);
    await raised('c', 2, 'core/NO/1');
    expect(await world.openIncidents()).toEqual(['- a,b,c']);
    const [first, second] = await world.incidents();
    expect(second).toMatchObject({ phase: 'closed', mergedInto: first?.incidentId });
    expect(await world.facts()).toContain('incident.merged.v1');
  });

  it('makes one incident of an alarm and the operations centre’s report that names it', async () => {
    await raised('a', 0, 'site/NO/1');
    await world.report(
      { reference: 'NOC-1', sequence: 1, alarms: ['a'], elements: [], areas: ['NO-0301'] },
      4,
    );
    const incidents = await world.incidents();
    expect(incidents).toMatchObject([
      { origin: 'reported', phase: 'inProgress', report: { reference: 'NOC-1', sequence: 1 } },
    ]);
    expect(await world.facts()).toEqual(['incident.declared.v1', 'incident.updated.v1']);
  });

  it('makes one incident of an alarm and a report that covers its place and services', async () => {
    await raised('a', 0, 'site/NO/1');
    await world.report(
      { reference: 'NOC-1', sequence: 1, elements: [], areas: ['NO-46'], services: ['sms'] },
      4,
    );
    expect(await world.openIncidents()).toEqual(['NOC-1 a']);
  });

  it('makes two of an alarm and a report of other services, or of another place', async () => {
    await raised('a', 0, 'site/NO/1');
    await world.report(
      { reference: 'NOC-1', sequence: 1, elements: [], areas: ['NO-46'], services: ['tv'] },
      4,
    );
    await world.report({ reference: 'NOC-2', sequence: 1, elements: ['site/NO/3'] }, 4);
    expect(await world.openIncidents()).toEqual(['- a', 'NOC-1', 'NOC-2']);
  });

  it('makes one incident of a report and the alarm that comes after it', async () => {
    await world.report(
      { reference: 'NOC-1', sequence: 1, elements: [], areas: ['NO-46'], alarms: ['z'] },
      0,
    );
    await raised('a', 5, 'site/NO/1', { services: ['mobile-data'] });
    await raised('z', 400, 'site/NO/3');
    expect(await world.openIncidents()).toEqual(['NOC-1 a,z']);
    expect(await world.incidents()).toHaveLength(1);
  });

  it('a person’s raise takes over what alarms declared, too', async () => {
    await raised('a', 0, 'site/NO/1');
    const facts = {
      kind: 'outage',
      services: ['sms'],
      elements: ['site/NO/1'],
      areas: [],
      startedAt: at(0),
      awareAt: at(1),
      nextUpdateBy: at(60),
    } as const;
    const act = { personId, now: at(2) };
    const incident = await world.work((tx) =>
      world.feature.incidents.raise(
        tx,
        { country: 'NO', mode: 'ACTUAL', namedAlarms: [], facts },
        act,
      ),
    );
    expect(incident).toMatchObject({
      number: 'NO-2026-0001',
      origin: 'reported',
      changedBy: { kind: 'person', personId },
    });
  });

  it('planned work keeps an alarm beneath it from declaring, and is joined by nothing that does not name it', async () => {
    await world.report(
      {
        reference: 'PLAN-1',
        sequence: 1,
        kind: 'planned',
        elements: ['region/NO/west'],
        window: { from: '2026-02-11T02:00:00Z', to: '2026-02-11T04:00:00Z' },
      },
      0,
    );
    await raised('a', 10, 'cell/NO/1-1');
    await raised('b', 121, 'cell/NO/1-1');
    expect(await world.openIncidents()).toEqual(['- b', 'PLAN-1']);
  });

  it('an exercise stays apart from what is real, and its clear clears no real alarm', async () => {
    await world.work((tx) => world.feature.exercises.start(tx, 'NO', personId, at(0)));
    await raised('a', 1, 'site/NO/1');
    await raised('a', 1, 'site/NO/1', { mode: 'exercise', sequence: 2 });
    await world.alarm({ id: 'a', says: 'cleared', minute: 2, sequence: 3, mode: 'exercise' });
    expect((await world.incidents()).map(({ mode, alarms }) => [mode, alarms.activeCount])).toEqual(
      [
        ['ACTUAL', 1],
        ['EXERCISE', 0],
      ],
    );
    await world.work((tx) => world.feature.exercises.end(tx, 'NO', personId, at(5)));
    await raised('x', 6, 'site/NO/3', { mode: 'exercise' });
    expect(await world.incidents()).toHaveLength(2);
    expect(
      await looking.query(`select flags from incident.inbox_event where event_id = 'x.1'`),
    ).toEqual([{ flags: ['no-exercise'] }]);
  });

  it('I-3: a small alarm that goes on declares what it is tied to by another small one, however late that was known', async () => {
    for (const id of ['x', 'a']) await cleared(id, 8);
    await raised('x', 0, 'cell/NO/4-2', { severity: 'minor' });
    await raised('a', 4, 'cell/NO/4-2');
    expect(await world.incidents()).toEqual([]);
    await raised('y', 27, 'site/NO/1', { severity: 'minor', correlated: ['x'] });
    expect(await world.openIncidents()).toEqual(['- y']);
  });

  it('I-3: a clear that comes first is kept as a record, flagged, and declares nothing when the late raise arrives', async () => {
    await cleared('a', 5);
    expect(await looking.query('select flags, condition from incident.alarm')).toEqual([
      { flags: ['clear-without-raise'], condition: 'cleared' },
    ]);
    await raised('a', 0, 'site/NO/1');
    expect(await looking.query('select flags, condition from incident.alarm')).toEqual([
      { flags: [], condition: 'cleared' },
    ]);
    expect(await world.incidents()).toEqual([]);
  });

  describe('the end', () => {
    const act = (minute: number) => ({ personId, now: at(minute) });

    it('D-13: comes after all alarms, a hold-down, and one act of a person', async () => {
      await raised('a', 0, 'site/NO/1');
      await raised('b', 1, 'site/NO/2');
      await cleared('a', 10);
      const confirm = (minute: number) =>
        world.work((tx) =>
          world.feature.incidents.confirmRestored(tx, 'NO-2026-0001', act(minute)),
        );
      await expect(confirm(11)).rejects.toMatchObject({ code: 'alarms-still-active' });
      await cleared('b', 12, 'site/NO/2');
      await expect(confirm(16)).rejects.toMatchObject({ code: 'hold-down-running' });
      expect(await world.sweep(17)).toBe(1);
      expect(await confirm(17)).toMatchObject({ phase: 'resolved', restoredAt: at(12) });
      expect(await world.sweep(99)).toBe(0);
    });

    it('comes by rule after thirty quiet minutes, when it is not critical and nobody acts', async () => {
      await raised('a', 0, 'site/NO/1');
      await cleared('a', 10);
      await world.sweep(39);
      expect(await world.openIncidents()).toEqual(['-']);
      await world.sweep(40);
      expect(await world.incidents()).toMatchObject([
        { phase: 'resolved', restoredAt: at(10), changedBy: { kind: 'rule' } },
      ]);
    });

    it('does not come by rule when it is critical', async () => {
      await raised('a', 0, 'site/NO/1');
      const hit = {
        subscriptions: 3,
        customers: 3,
        class0Out: 1,
        class0Partly: 0,
        class1: 0,
        wholeCounties: [],
      };
      const [incident] = await world.incidents();
      await world.work((tx) =>
        world.feature.incidents.audienceResolved(tx, incident?.incidentId ?? '', hit, 1, at(1)),
      );
      await cleared('a', 10);
      await world.sweep(200);
      expect(await world.incidents()).toMatchObject([
        { phase: 'acknowledged', derived: { severity: 'critical', reasons: ['society-out'] } },
      ]);
    });

    it('is put off by an alarm that is raised again within the hold-down', async () => {
      await raised('a', 0, 'site/NO/1');
      await world.alarm({ id: 'a', says: 'cleared', minute: 10, sequence: 2 });
      await world.alarm({ id: 'a', says: 'raised', minute: 13, sequence: 3 });
      await world.sweep(100);
      expect(await world.openIncidents()).toEqual(['- a']);
    });

    it('is awaited anew when an alarm came and went that had cleared before the last one', async () => {
      await raised('a', 10, 'site/NO/1');
      await world.alarm({ id: 'a', says: 'cleared', minute: 20, sequence: 2 });
      await raised('b', 12, 'site/NO/2');
      await world.alarm({
        id: 'b',
        says: 'cleared',
        minute: 15,
        sequence: 2,
        element: 'site/NO/2',
      });
      await world.sweep(50);
      expect(await world.incidents()).toMatchObject([{ phase: 'resolved', restoredAt: at(20) }]);
    });

    it('is taken back by a relapse; after closing, a relapse is a new incident that refers to the old', async () => {
      await raised('a', 0, 'site/NO/1');
      await world.alarm({ id: 'a', says: 'cleared', minute: 10, sequence: 2 });
      await world.sweep(40);
      await world.alarm({ id: 'a', says: 'raised', minute: 50, sequence: 3 });
      expect(await world.incidents()).toMatchObject([{ phase: 'inProgress', restoredAt: null }]);
      expect((await world.facts()).at(-1)).toBe('incident.reopened.v1');

      await world.alarm({ id: 'a', says: 'cleared', minute: 60, sequence: 4 });
      await world.work((tx) =>
        world.feature.incidents.confirmRestored(tx, 'NO-2026-0001', act(66)),
      );
      await world.work((tx) => world.feature.incidents.close(tx, 'NO-2026-0001', act(67)));
      await world.alarm({ id: 'a', says: 'raised', minute: 90, sequence: 5 });
      const [old, fresh] = await world.incidents();
      expect(old?.phase).toBe('closed');
      expect(fresh).toMatchObject({ phase: 'acknowledged', refersTo: old?.incidentId });
    });
  });

  it('the timeline of an incident is append-only, for its owner too', async () => {
    await raised('a', 0, 'site/NO/1');
    for (const attack of [
      `update incident.timeline set type = 'x'`,
      'delete from incident.timeline',
      'truncate incident.timeline',
      `update incident.alarm_event set happening = 'noted'`,
    ]) {
      await expect(looking.query(attack)).rejects.toThrow('append-only');
    }
    await expect(
      world.work((tx) => tx.query(`update incident.timeline set type = 'x'`)),
    ).rejects.toThrow('permission denied');
    const [incident] = await world.incidents();
    const shown = await world.work((tx) =>
      world.feature.incidents.show(tx, incident?.number ?? ''),
    );
    expect(shown.timeline).toMatchObject([
      { type: 'declared', version: 1, at: at(0) + 1000, by: { kind: 'rule' } },
    ]);
  });

  it('the database finds near exactly what the domain calls near, for every pair of elements', async () => {
    const placed = await world.work((tx) =>
      world.feature.topology.place(
        tx,
        elements.map((element) => element.elementId),
      ),
    );
    const wrong: string[] = [];
    for (const a of placed.values()) {
      await looking.query(
        'delete from incident.incident_alarm; delete from incident.alarm_event; delete from incident.alarm',
      );
      for (const b of placed.values())
        await raised(`${a.elementId} ${b.elementId}`, 0, b.elementId, { severity: 'minor' });
      const found = await world.work((tx) =>
        new NeighbourhoodRepository().waitingAlarms(tx, around(a)),
      );
      const near = new Set(
        found.filter((alarm) => alarm.near).map((alarm) => alarm.place?.elementId),
      );
      for (const b of placed.values()) {
        if (near.has(b.elementId) !== (nearness(a, b) !== null))
          wrong.push(`${a.elementId} ${b.elementId}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

const around = (place: Place): Around => ({
  country: 'NO',
  mode: 'ACTUAL',
  span: { from: at(0), to: at(0) },
  elements: [place.elementId],
  parents: place.parentId === null ? [] : [place.parentId],
  ancestors: place.ancestors,
  areaPath: [],
  areas: [],
  services: [],
  alarmIds: [],
  relatedAlarms: [],
  sourceIds: [],
  correlationIds: [],
  namedAlarms: [],
  grown: [],
  settled: null,
});
