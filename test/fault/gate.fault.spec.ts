import { until } from '../../tools/system/until';
import { sizeOf } from './sizes';
import {
  approved,
  cameToRest,
  dispatched,
  drafted,
  leftPending,
  provenBy,
  statesOf,
  type Drafted,
} from './world/dispatch';
import { setMood, startFaultWorld, type FaultWorld } from './world/fault-world';
import { halted, released, type Halt } from './world/gate';
import { frozen } from './world/programs';
import { takenCount, takenSince } from './world/provider-list';

const haltMs = 100;
const lastCallMs = 5_000;

let world: FaultWorld;

beforeAll(async () => {
  // As fast as it can: a brake is tested at full speed.
  world = await startFaultWorld({
    name: 'fault-gate',
    extra: { courier: { VARDE_SMS_PER_SECOND: '0' } },
  });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

const noneUnderWay = (dispatchId: string): Promise<unknown> =>
  until(
    'what was under way to end',
    async () => ((await statesOf(world, dispatchId)).sending ?? 0) === 0,
  );

/** Nothing was claimed after the halt's commit, and nobody was called long after it. */
async function nothingAfter(halt: Halt, dispatchId: string, firstTaken: number): Promise<void> {
  await noneUnderWay(dispatchId);
  const { rows } = await world.superuser.query<{ ref: string; is_late: boolean }>(
    `select ref, claimed_at > $2 as is_late from delivery.attempt where dispatch_id = $1`,
    [dispatchId, halt.at],
  );
  expect(rows.filter((row) => row.is_late)).toEqual([]);
  const ours = new Set(rows.map((row) => row.ref));
  const late = (await takenSince(world, firstTaken))
    .filter(({ ref }) => ours.has(ref))
    .filter(({ at }) => Date.parse(at) > halt.at.getTime() + lastCallMs);
  expect(late).toEqual([]);
}

it('DL-7: halted at full load again and again: no intent after the commit, within 100 ms, the last call within 5 s', async () => {
  const { recipients, kills: halts } = sizeOf('halt under load');
  const firstTaken = await takenCount(world);
  const { incidentId, dispatchId } = await dispatched(world, 'HALT-LOAD', recipients);
  const took: number[] = [];
  for (let i = 1; i <= halts; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (halts + 2)));
    const halt = await halted(world, dispatchId);
    took.push(halt.tookMs);
    await nothingAfter(halt, dispatchId, firstTaken);
    expect((await statesOf(world, dispatchId)).pending).toBeGreaterThan(0);
    await released(world, dispatchId);
    await world.scene.clock.forward({ seconds: 1 }); // wakes the sweeper
  }
  expect(Math.max(...took)).toBeLessThanOrEqual(haltMs);
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('DL-7: halted at full load while Redis does not answer: the same', async () => {
  const { recipients } = sizeOf('halt under load');
  const firstTaken = await takenCount(world);
  const { incidentId, dispatchId } = await dispatched(world, 'HALT-NO-REDIS', recipients);
  await leftPending(world, dispatchId, Math.floor(recipients / 5));
  await frozen([world.system.stack.server('redis')], async () => {
    const halt = await halted(world, dispatchId);
    expect(halt.tookMs).toBeLessThanOrEqual(haltMs);
    await nothingAfter(halt, dispatchId, firstTaken);
    expect((await statesOf(world, dispatchId)).pending).toBeGreaterThan(0);
    await released(world, dispatchId);
    await cameToRest(world, incidentId);
  });
  await provenBy(world, dispatchId, recipients);
});

/** The same people are told something newer. @returns its dispatch, and when it was dispatched */
async function toldNewer(older: Drafted): Promise<{ dispatchId: string; dispatchedAt: string }> {
  const { scene } = world;
  const { incidentId, reference } = older.incident;
  const restoreBy = new Date(scene.clock.now().getTime() + 3 * 3_600_000).toISOString();
  await scene.reports({
    reference: reference ?? '',
    sequence: 2,
    action: 'update',
    areas: older.areas,
    more: { estimate: { status: 'estimated', restoreBy } },
  });
  const [draft] = await scene.drafts(incidentId);
  if (!draft) throw new Error('no newer draft');
  const newer = (await scene.approved([draft])).find((one) => one.messageId === draft.messageId);
  if (!newer) throw new Error('the newer text was not dispatched');
  return newer;
}

it.each([
  ['is held, the newer one goes, the older is released by two', true],
  ['is being sent at full load when the newer one goes', false],
])('DL-5: the older text %s: no intent of it after that', async (how, isHeld) => {
  const { recipients } = sizeOf('hold the older text');
  const waiting = await drafted(world, isHeld ? 'OLDER-HELD' : 'OLDER-LOAD', recipients);
  // Held, it goes at full speed; else so slowly that what waits is not claimed before the newer one goes.
  await setMood(world, isHeld ? {} : { rules: [{ answer: 'slow', slowMs: 2_000 }] });
  const { incidentId, dispatchId } = await approved(world, waiting);
  await leftPending(world, dispatchId, isHeld ? Math.floor(recipients / 4) : 1);
  if (isHeld) await halted(world, dispatchId);
  const newer = await toldNewer(waiting);
  if (isHeld) await released(world, dispatchId);
  await setMood(world, {});
  // A lane that has work goes on until its door gives nothing more; only then may the sweeper come and mark the rest.
  await noneUnderWay(dispatchId);
  await world.scene.clock.forward({ seconds: 1 }); // wakes the sweeper
  await cameToRest(world, incidentId);
  const { rows } = await world.superuser.query(
    `select ref from delivery.attempt where dispatch_id = $1 and claimed_at > $2`,
    [dispatchId, newer.dispatchedAt],
  );
  expect(rows).toEqual([]);
  const {
    accepted = 0,
    delivered = 0,
    superseded = 0,
    ...others
  } = await statesOf(world, dispatchId);
  expect({ sum: accepted + delivered + superseded, others }).toEqual({
    sum: recipients,
    others: {},
  });
  expect(superseded).toBeGreaterThan(0);
  await provenBy(world, newer.dispatchId, recipients);
});
