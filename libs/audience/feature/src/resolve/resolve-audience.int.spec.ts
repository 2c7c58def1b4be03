import { randomUUID } from 'node:crypto';
import { audienceResolved, type AudienceResolved, type IncidentFacts } from '@varde/contracts';
import type { World } from '@varde/audience-domain/testing';
import type { Database } from '@varde/platform-database';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { AudienceFactHandlers } from './audience-facts.handlers';
import { countAudience } from './count-audience';
import { anIncident } from './incident-facts';
import { mergeAudience } from './merge-incidents';
import { resolveAudience, type ResolveAudience } from './resolve-audience';
import { readSnapshot } from './snapshot-reading.fixture';
import { storeWorld } from './world-rows.fixture';

let test: TestDatabase;
let engine: Database;
beforeAll(async () => {
  test = await aDatabase();
  engine = await test.database('varde_engine');
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.empty();
  await storeWorld(test.query, street);
});

const mobile = 15;
const customer = (id: string, more: object = {}) =>
  ({ id, kind: 'private', country: 'NO', language: 'nb', isExercise: false, ...more }) as const;
const subscription = (name: string, element: string) =>
  ({ id: `s${name}`, customer: name, services: mobile, elements: [element] }) as const;
const contact = (n: number, name: string, more: object = {}) =>
  ({
    n,
    customer: name,
    role: 'subscriber',
    channels: ['sms'],
    sms: `+479000000${n}`,
    smsElsewhere: true,
    optOuts: [],
    ...more,
  }) as const;

/** A hospital and a private person on the cell at the corner, a private person on the next, an invented one on both. */
const street: World = {
  areas: [{ code: 'NO', level: 'country', country: 'NO' }],
  elements: ['corner', 'next'].map((id) => ({ id, area: 'NO', services: mobile })),
  customers: [
    customer('Hospital', { kind: 'business', society: 'hospital', language: 'nn' }),
    customer('Kari'),
    customer('Ola'),
    customer('Exercise', { isExercise: true }),
  ],
  subscriptions: [
    subscription('Hospital', 'corner'),
    subscription('Kari', 'corner'),
    subscription('Ola', 'next'),
    subscription('Exercise', 'corner'),
  ],
  contacts: [
    contact(1, 'Hospital', { role: 'duty' }),
    contact(2, 'Kari'),
    contact(3, 'Ola'),
    contact(4, 'Exercise'),
  ],
  agreements: [],
};

const corner = (facts: Partial<IncidentFacts> = {}): IncidentFacts =>
  anIncident({ elements: ['corner'], ...facts });

const resolved = (request: Partial<ResolveAudience> = {}): Promise<AudienceResolved | undefined> =>
  engine.unitOfWork('varde_audience', (tx) =>
    resolveAudience(tx, { incident: corner(), occasion: 'hit', changed: [], ...request }),
  );

const members = async (snapshot: AudienceResolved | undefined) =>
  (await readSnapshot(test.query, snapshot?.snapshotId ?? randomUUID())).members.map(
    ({ contact: n, group, isExercise }) => ({
      n,
      group,
      isExercise,
    }),
  );

describe('resolveAudience', () => {
  it('D-04: finds the hospital and the neighbour, counts them, and says how bad it is', async () => {
    const snapshot = await resolved();
    expect(audienceResolved.parse(snapshot)).toEqual(snapshot);
    expect(snapshot).toMatchObject({ snapshotVersion: 1, occasion: 'hit', unreachable: [] });
    expect(snapshot?.counts).toEqual([
      {
        group: 'newly-hit',
        class: 0,
        language: 'nn',
        channel: 'sms',
        country: 'NO',
        count: 1,
        exerciseCount: 0,
      },
      {
        group: 'newly-hit',
        class: 3,
        language: 'nb',
        channel: 'sms',
        country: 'NO',
        count: 1,
        exerciseCount: 0,
      },
    ]);
    expect(snapshot?.hit).toEqual({
      subscriptions: 2,
      customers: 2,
      class0Out: 1,
      class0Partly: 0,
      class1: 0,
      wholeCounties: [],
    });
  });

  it('D-19: counts by the reader’s own language', async () => {
    const snapshot = await resolved({ incident: corner({ elements: [], areas: ['NO'] }) });
    expect(snapshot?.counts.map(({ language, count }) => [language, count])).toEqual([
      ['nn', 1],
      ['nb', 2],
    ]);
  });

  it('answers the same snapshot when the same version is resolved again, and writes nothing', async () => {
    const first = await resolved();
    expect(await resolved()).toEqual(first);
    expect(await test.query('select version from audience.snapshot')).toEqual([{ version: 1 }]);
    expect(await test.query('select contact_id from audience.snapshot_member')).toHaveLength(2);
  });

  it('makes one snapshot of the same version resolved by four at once', async () => {
    const all = await Promise.all([resolved(), resolved(), resolved(), resolved()]);
    expect(new Set(all.map((snapshot) => snapshot?.snapshotId)).size).toBe(1);
    expect(await test.query('select version from audience.snapshot')).toHaveLength(1);
  });

  it('ignores a version older than the one that it has resolved', async () => {
    await resolved({ incident: corner({ version: 3 }) });
    expect(await resolved({ incident: corner({ version: 2 }) })).toBeUndefined();
    expect(await test.query('select version from audience.snapshot')).toHaveLength(1);
  });

  it('resolves nothing for the canary', async () => {
    expect(await resolved({ incident: corner({ mode: 'TEST' }) })).toBeUndefined();
  });

  it('A-8: counts everybody in an exercise and marks who is invented', async () => {
    const snapshot = await resolved({ incident: corner({ mode: 'EXERCISE' }) });
    expect(await members(snapshot)).toEqual([
      { n: 1, group: 'newly-hit', isExercise: false },
      { n: 2, group: 'newly-hit', isExercise: false },
      { n: 4, group: 'newly-hit', isExercise: true },
    ]);
    expect(snapshot?.counts.map(({ count, exerciseCount }) => [count, exerciseCount])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('A-9: an incident that names nobody’s place has an empty audience, not everybody', async () => {
    expect(await resolved({ incident: corner({ elements: [] }) })).toMatchObject({
      counts: [],
      hit: { subscriptions: 0 },
    });
    expect(
      await resolved({ incident: corner({ version: 2, elements: ['unknown'] }) }),
    ).toMatchObject({ counts: [] });
  });

  it('two resolutions in one transaction do not see each other’s rows', async () => {
    const other = randomUUID();
    await engine.unitOfWork('varde_audience', async (tx) => {
      await resolveAudience(tx, { incident: corner(), occasion: 'hit', changed: [] });
      const next = await resolveAudience(tx, {
        incident: corner({ incidentId: other, elements: ['next'] }),
        occasion: 'hit',
        changed: [],
      });
      expect(next?.hit.customers).toBe(1);
    });
  });

  it('leaves nothing behind when its transaction fails', async () => {
    const failing = engine.unitOfWork('varde_audience', async (tx) => {
      await resolveAudience(tx, { incident: corner(), occasion: 'hit', changed: [] });
      throw new Error('the next step failed');
    });
    await expect(failing).rejects.toThrow('the next step failed');
    expect(await test.query('select id from audience.snapshot')).toEqual([]);
    expect(await test.query('select contact_id from audience.snapshot_member')).toEqual([]);
  });
});

describe('mergeAudience', () => {
  const other = randomUUID();
  const merge = (incident: IncidentFacts) =>
    engine.unitOfWork('varde_audience', (tx) => mergeAudience(tx, incident));
  const neighbour = (facts: Partial<IncidentFacts> = {}): IncidentFacts =>
    corner({ incidentId: other, elements: ['next'], ...facts });
  const into = corner().incidentId;

  beforeEach(async () => {
    await resolved();
    await resolved({ incident: neighbour() });
  });

  it('hands the people over as still hit with the next snapshot of the other incident', async () => {
    expect(await merge(neighbour({ version: 2, mergedInto: into }))).toBeUndefined();
    const both = await resolved({ incident: corner({ version: 2, elements: ['corner', 'next'] }) });
    expect((await members(both)).map(({ n, group }) => [n, group])).toEqual([
      [1, 'still-hit'],
      [2, 'still-hit'],
      [3, 'still-hit'],
    ]);
  });

  it('tells them of the end when the other incident ends, once', async () => {
    await merge(neighbour({ version: 2, mergedInto: into }));
    const end = await resolved({ incident: corner({ version: 2 }), occasion: 'end' });
    expect((await members(end)).map(({ n, group }) => [n, group])).toEqual([
      [1, 'restored'],
      [2, 'restored'],
      [3, 'restored'],
    ]);
    expect(
      await members(await resolved({ incident: corner({ version: 3 }), occasion: 'end' })),
    ).toEqual([]);
  });

  it('hands the people over once, whichever of the two facts comes first', async () => {
    const both = corner({ version: 2, elements: ['corner', 'next'], absorbed: [other] });
    expect((await members(await resolved({ incident: both }))).map(({ group }) => group)).toEqual([
      'still-hit',
      'still-hit',
      'still-hit',
    ]);
    expect(await resolved({ incident: neighbour({ version: 2 }) })).toBeUndefined();
    expect(await merge(neighbour({ version: 3, mergedInto: into }))).toBeUndefined();
    const end = corner({ version: 3, absorbed: [other] });
    expect(await members(await resolved({ incident: end, occasion: 'end' }))).toHaveLength(3);
    expect(await merge(neighbour({ version: 3, mergedInto: into }))).toBeUndefined();
    const again = corner({ version: 4, absorbed: [other] });
    expect(await members(await resolved({ incident: again, occasion: 'end' }))).toEqual([]);
  });

  it('does not resolve the merged incident any more, however late its news come', async () => {
    await merge(neighbour({ version: 3, mergedInto: into }));
    expect(await resolved({ incident: neighbour({ version: 2 }) })).toBeUndefined();
    expect(
      await resolved({ incident: neighbour({ version: 4, mergedInto: into }), occasion: 'end' }),
    ).toBeUndefined();
  });

  it('changes nothing when it comes twice', async () => {
    await merge(neighbour({ version: 2, mergedInto: into }));
    await resolved({ incident: corner({ version: 2 }), occasion: 'end' });
    expect(await merge(neighbour({ version: 2, mergedInto: into }))).toBeUndefined();
    expect(
      await members(await resolved({ incident: corner({ version: 3 }), occasion: 'end' })),
    ).toEqual([]);
  });

  it('tells the people of the merged incident itself, when the other one was over before we heard', async () => {
    await resolved({ incident: corner({ version: 2 }), occasion: 'end' });
    const end = await merge(neighbour({ version: 2, mergedInto: into }));
    expect(end).toMatchObject({ incident: { incidentId: other }, occasion: 'end' });
    expect(await members(end)).toMatchObject([{ n: 3, group: 'restored' }]);
  });

  it('follows a chain, in whatever order its links are heard', async () => {
    const third = randomUUID();
    await resolved({ incident: corner({ incidentId: third, elements: [] }) });
    await merge(corner({ version: 2, mergedInto: third }));
    await merge(neighbour({ version: 2, mergedInto: into }));
    const end = await resolved({
      incident: corner({ incidentId: third, elements: [], version: 2 }),
      occasion: 'end',
    });
    expect((await members(end)).map(({ n }) => n)).toEqual([1, 2, 3]);
  });
});

describe('countAudience', () => {
  it('counts by class, and keeps nothing', async () => {
    const count = await engine.unitOfWork('varde_audience', (tx) => countAudience(tx, corner()));
    expect(count).toEqual({ subscriptions: 2, customers: 2, byClass: [1, 0, 0, 1] });
    expect(await test.query('select id from audience.snapshot')).toEqual([]);
  });
});

describe('AudienceFactHandlers', () => {
  const said: AudienceResolved[] = [];
  const { handlers } = new AudienceFactHandlers({
    add: (_tx, name, key, payload) => {
      expect([name, key]).toEqual(['audience.resolved.v1', payload.incident.incidentId]);
      said.push(payload);
      return Promise.resolve();
    },
  });

  it('says newly hit, restored, and nothing for the canary', async () => {
    said.length = 0;
    await engine.unitOfWork('varde_audience', async (tx) => {
      await handlers['incident.declared.v1'](tx, { incident: corner() });
      await handlers['incident.updated.v1'](tx, {
        incident: corner({ version: 2, elements: ['next'] }),
        changed: ['scope'],
      });
      await handlers['incident.resolved.v1'](tx, {
        incident: corner({ version: 3, phase: 'resolved' }),
      });
      await handlers['incident.updated.v1'](tx, {
        incident: corner({ version: 4, phase: 'closed' }),
        changed: ['phase'],
      });
      await handlers['incident.reopened.v1'](tx, { incident: corner({ version: 5 }) });
      await handlers['incident.cancelled.v1'](tx, {
        incident: corner({ version: 6, phase: 'cancelled' }),
      });
      await handlers['incident.merged.v1'](tx, {
        incident: corner({ version: 7, mergedInto: randomUUID() }),
      });
      await handlers['incident.declared.v1'](tx, {
        incident: corner({ incidentId: randomUUID(), mode: 'TEST' }),
      });
    });
    expect(
      said.map(({ occasion, changed, counts }) => [
        occasion,
        changed,
        counts.map(({ group, count }) => `${group} ${count}`),
      ]),
    ).toEqual([
      ['hit', [], ['newly-hit 1', 'newly-hit 1']],
      ['hit', ['scope'], ['newly-hit 1', 'restored 1', 'restored 1']],
      ['end', ['phase'], ['restored 1']],
      ['end', ['phase'], []],
      ['hit', ['phase'], ['newly-hit 1', 'newly-hit 1']],
      ['cancelled', ['phase'], ['restored 1', 'restored 1']],
    ]);
  });
});
