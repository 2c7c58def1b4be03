import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { parseInstant, type Instant } from '@varde/kernel';
import {
  aHistoryIn,
  aWorld,
  hitSubscriptions,
  resolve,
  wholeCounties,
  worldDay,
  type History,
  type HistoryStep,
  type Snapshot,
  type World,
} from '@varde/audience-domain/testing';
import { incidentFacts, type AudienceResolved, type IncidentFacts } from '@varde/contracts';
import type { Database } from '@varde/platform-database';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { countAudience } from './count-audience';
import { anIncident } from './incident-facts';
import { mergeAudience } from './merge-incidents';
import { resolveAudience } from './resolve-audience';
import { inOrder, readSnapshot } from './snapshot-reading.fixture';
import { storeWorld } from './world-rows.fixture';

let test: TestDatabase;
let engine: Database;
beforeAll(async () => {
  test = await aDatabase();
  engine = await test.database('varde_engine');
  // Half past midnight in the Nordic countries: the day of UTC would be the wrong one.
  await test.clock.freeze(parseInstant('2026-11-25T23:30:00Z') as Instant);
});
afterAll(() => test.drop());

const days = { NO: worldDay, SE: worldDay, DK: worldDay };

describe('resolveAudience, against the law as a pure function', () => {
  it('DL-2: tells the same people the same thing in every world and history', async () => {
    await fc.assert(
      fc.asyncProperty(
        aWorld.chain((world) =>
          fc.record({ world: fc.constant(world), history: aHistoryIn(world) }),
        ),
        async ({ world, history }) => {
          await test.query(
            `truncate audience.area, audience.element, audience.customer, audience.subscription, audience.subscription_element,
               audience.contact, audience.contact_address, audience.agreement`,
          );
          await storeWorld(test.query, world);
          await play(world, history);
        },
      ),
      { numRuns: Number(process.env['VARDE_WORLDS'] ?? 250) },
    );
  }, 600_000);
});

/** Plays a history in both, and compares after each step. */
async function play(world: World, history: History): Promise<void> {
  const incident = { incidentId: randomUUID(), version: 1 };
  const other = { incidentId: randomUUID(), version: 1 };
  let last: Snapshot | undefined;
  let merged: Snapshot | undefined;
  for (const [at, step] of history.steps.entries()) {
    if (history.merged?.before === at) {
      for (const [n, otherStep] of history.merged.steps.entries()) {
        merged = await bothResolve(
          world,
          history,
          otherStep,
          { ...other, version: n + 1 },
          merged ? [merged] : [],
        );
      }
      merged =
        (await bothMerge(world, history, incident.incidentId, other.incidentId, merged)) ?? merged;
      const isOver = at > 0 && history.steps[at - 1]?.occasion !== 'hit';
      if (isOver) merged = undefined;
    }
    const previous = [...(last ? [last] : []), ...(merged ? [merged] : [])];
    last = await bothResolve(world, history, step, { ...incident, version: at + 1 }, previous);
    merged = undefined;
  }
}

async function bothResolve(
  world: World,
  history: History,
  step: HistoryStep,
  id: { readonly incidentId: string; readonly version: number },
  previous: readonly Snapshot[],
): Promise<Snapshot> {
  const facts = factsOf(history, step, id);
  const resolved = await engine.unitOfWork('varde_audience', (tx) =>
    resolveAudience(tx, { incident: facts, occasion: step.occasion, changed: [] }),
  );
  if (!resolved) throw new Error('Nothing was resolved.');
  const expected = resolve(world, {
    scope: { ...step.scope, mode: history.mode },
    occasion: step.occasion,
    topic: history.topic,
    isSafety: step.isSafety,
    previous,
    days,
  });
  expect(await readSnapshot(test.query, resolved.snapshotId)).toEqual(inOrder(expected));
  expectFigures(resolved, expected, world, history, step);
  if (step.occasion === 'hit') await expectCount(resolved, facts);
  return expected;
}

/** A merge writes nothing, unless the incident that goes on is over: then the merged one tells its own people of the end. */
async function bothMerge(
  world: World,
  history: History,
  into: string,
  from: string,
  stands: Snapshot | undefined,
): Promise<Snapshot | undefined> {
  const end = {
    scope: { services: 1, elements: [], areas: [] },
    occasion: 'end' as const,
    isSafety: false,
  };
  const facts = { ...factsOf(history, end, { incidentId: from, version: 9 }), mergedInto: into };
  const resolved = await engine.unitOfWork('varde_audience', (tx) => mergeAudience(tx, facts));
  if (!resolved) return undefined;
  const expected = resolve(world, {
    scope: { ...end.scope, mode: history.mode },
    occasion: 'end',
    topic: history.topic,
    isSafety: false,
    previous: stands ? [stands] : [],
    days,
  });
  expect(await readSnapshot(test.query, resolved.snapshotId)).toEqual(inOrder(expected));
  return expected;
}

const factsOf = (
  history: History,
  step: HistoryStep,
  id: { readonly incidentId: string; readonly version: number },
): IncidentFacts =>
  anIncident({
    ...id,
    mode: history.mode,
    kind: history.topic === 'planned-work' ? 'planned' : 'outage',
    services: incidentFacts.shape.services.element.options.filter(
      (_word, place) => (step.scope.services >> place) & 1,
    ),
    elements: [...step.scope.elements],
    areas: [...step.scope.areas],
    emergencyCalls: step.isSafety ? 'affected' : 'notAffected',
  });

/** DL-15: the figures that go out are those of the rows. */
function expectFigures(
  resolved: AudienceResolved,
  expected: Snapshot,
  world: World,
  history: History,
  step: HistoryStep,
): void {
  const groups = new Map<string, AudienceResolved['counts'][number]>();
  for (const member of expected.members) {
    const { group, class: c, language, channel, country } = member;
    const key = JSON.stringify([group, c, language, channel, country]);
    const { count = 0, exerciseCount = 0 } = groups.get(key) ?? {};
    const row = {
      group,
      class: c,
      language,
      channel,
      country,
      count: count + 1,
      exerciseCount: exerciseCount + Number(member.isExercise),
    };
    groups.set(key, row as AudienceResolved['counts'][number]);
  }
  expect(new Set(resolved.counts.map((row) => JSON.stringify(sortedKeys(row))))).toEqual(
    new Set([...groups.values()].map((row) => JSON.stringify(sortedKeys(row)))),
  );
  expect(resolved.unreachable.reduce((sum, row) => sum + row.count, 0)).toBe(
    expected.unreachable.length,
  );
  const scope = { ...step.scope, mode: history.mode };
  const hits = step.occasion === 'hit' ? hitSubscriptions(world, scope, days) : new Map();
  expect(resolved.hit.subscriptions).toBe(hits.size);
  expect(resolved.hit.wholeCounties).toEqual(
    step.occasion === 'hit' ? wholeCounties(world, scope, days) : [],
  );
}

const sortedKeys = (row: object): object => Object.fromEntries(Object.entries(row).sort());

/** What the composer was shown is what the snapshot finds. */
async function expectCount(resolved: AudienceResolved, facts: IncidentFacts): Promise<void> {
  const count = await engine.unitOfWork('varde_audience', (tx) => countAudience(tx, facts));
  expect(count).toMatchObject({
    subscriptions: resolved.hit.subscriptions,
    customers: resolved.hit.customers,
  });
  expect(count.byClass[0]).toBe(resolved.hit.class0Out + resolved.hit.class0Partly);
  expect(count.byClass[1]).toBe(resolved.hit.class1);
}
