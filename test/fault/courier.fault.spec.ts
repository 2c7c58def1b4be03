import { sizeOf } from './sizes';
import {
  cameToRest,
  claimedBy,
  dispatched,
  drafted,
  approved,
  leftPending,
  planned,
  provenBy,
  statesOf,
} from './world/dispatch';
import { setMood, startFaultWorld, type FaultWorld } from './world/fault-world';
import { cutDuringCommit } from './world/commit-cut';
import { restartsOf, started, stopped } from './world/programs';

let world: FaultWorld;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault-courier' });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

it('DL-4: every receipt comes before the HTTP 201, under load: all are applied', async () => {
  const { recipients } = sizeOf('early receipts');
  await setMood(world, { rules: [{ receipts: 'early' }] });
  const { incidentId, dispatchId } = await dispatched(world, 'EARLY-RECEIPTS', recipients);
  await cameToRest(world, incidentId);
  await setMood(world, {});
  expect(await statesOf(world, dispatchId)).toEqual({ delivered: recipients });
  const { rows } = await world.superuser.query(
    `select count(*)::int as receipts, (count(*) filter (where applied and known))::int as applied
       from delivery.receipt join delivery.attempt using (ref) where dispatch_id = $1`,
    [dispatchId],
  );
  expect(rows).toEqual([{ receipts: recipients, applied: recipients }]);
});

it('P-3: the worker is killed five times on one job: done in the end', async () => {
  const { recipients, kills } = sizeOf('kill the worker on one job');
  await setMood(world, { rules: [{ answer: 'slow', slowMs: 300 }] });
  const { incidentId, dispatchId } = await dispatched(world, 'FIVE-KILLS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await world.programs.courier?.kill9();
  }
  await setMood(world, {});
  await world.programs.courier?.ready();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it.each(['courier', 'engine'] as const)(
  'DL-12: SIGTERM to the %s under load: code 0 within 30 s, nothing stays claimed, 0 lost, 0 double',
  async (name) => {
    const { recipients } = sizeOf('stop in good order');
    const { incidentId, dispatchId } = await dispatched(
      world,
      `SIGTERM-${name.toUpperCase()}`,
      recipients,
    );
    if (name === 'courier') await leftPending(world, dispatchId, Math.floor(recipients / 4));
    // Half a minute is the grace of whoever stops it: a signal here would mean that it was not enough.
    expect(await stopped(world, name)).toEqual({ code: 0, signal: null });
    if (name === 'courier') {
      const { sending, pending } = await statesOf(world, dispatchId);
      expect({ sending, isInTheMiddle: (pending ?? 0) > 0 }).toEqual({
        sending: undefined,
        isInTheMiddle: true,
      });
    }
    await started(world, name);
    await cameToRest(world, incidentId);
    await provenBy(world, dispatchId, recipients);
  },
);

it('P-4: connections are cut during COMMIT: what was committed unseen is neither lost nor done twice', async () => {
  const { recipients, kills } = sizeOf('kill during COMMIT');
  const { incidentId, dispatchId } = await dispatched(world, 'CUT-COMMIT', recipients);
  const restarts = restartsOf(world);
  await cutDuringCommit(world, kills);
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
  expect(restartsOf(world)).toEqual(restarts);
});

it('DL-6: couriers that stood still past the expiry send nothing, and every row says expired', async () => {
  const { recipients } = sizeOf('couriers stand still past the expiry');
  const waiting = await drafted(world, 'EXPIRED', recipients);
  expect(await stopped(world, 'courier')).toEqual({ code: 0, signal: null });
  const { incidentId, dispatchId } = await approved(world, waiting);
  await planned(world, dispatchId);
  const lastMinute = waiting.drafts[0]?.sendBefore ?? '';
  const now = world.scene.clock.now().getTime();
  await world.scene.clock.forward({
    seconds: Math.ceil((Date.parse(lastMinute) - now) / 1_000) + 1,
  });
  // The door by itself: beside a courier the sweeper is often first to the rows.
  expect(await claimedBy(world, dispatchId)).toEqual([]);
  expect(await statesOf(world, dispatchId)).toEqual({ pending: recipients });
  await started(world, 'courier');
  await cameToRest(world, incidentId);
  expect(await statesOf(world, dispatchId)).toEqual({ expired: recipients });
  const { rows } = await world.superuser.query(
    `select ref from delivery.attempt where dispatch_id = $1`,
    [dispatchId],
  );
  expect(rows).toEqual([]);
});
