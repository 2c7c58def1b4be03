import { sizeOf } from './sizes';
import { approved, cameToRest, drafted, planned, provenBy } from './world/dispatch';
import { holdAt } from './world/fan-out-hold';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { frozen, secondPlanOf } from './world/programs';

let world: FaultWorld;

beforeAll(async () => {
  world = await startFaultWorld({
    name: 'fault-fan-out',
    extra: { courier: { VARDE_SMS_PER_SECOND: '0' } },
  });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

/** Difference 0: rows, counters and what was planned are the audience. */
async function isWhole(dispatchId: string, recipients: number): Promise<void> {
  await planned(world, dispatchId);
  const { rows } = await world.superuser.query(
    `select f.planned::int, (select count(*)::int from delivery.delivery where dispatch_id = $1) as rows,
            (select sum(n)::int from delivery.lane_count where dispatch_id = $1) as counted
       from delivery.fan_out f where dispatch_id = $1`,
    [dispatchId],
  );
  expect(rows).toEqual([{ planned: recipients, rows: recipients, counted: recipients }]);
}

const cut = (pid: number): Promise<unknown> =>
  world.superuser.query(`select pg_terminate_backend($1)`, [pid]);
const kill = async (): Promise<void> => world.programs.engine?.kill9();

it('DL-2: the engine is killed, or loses its connection, at 1, 40 and 99 % of the rows: difference 0', async () => {
  const { recipients } = sizeOf('kill the fan-out');
  const { engine } = world.programs;
  const waiting = await drafted(world, 'KILL-FAN-OUT', recipients);
  const { incidentId, dispatchId, first } = await frozen([{ pid: engine?.pid ?? 0 }], async () => {
    const onItsWay = await approved(world, waiting);
    return { ...onItsWay, first: await holdAt(world, onItsWay.dispatchId, 0.01) };
  });
  let hold = first;
  for (const [strike, next] of [
    [kill, 0.4],
    [cut, 0.99],
  ] as const) {
    await strike(await hold.reached());
    // The next one stands before this one falls: whoever takes over cannot slip past it.
    const following = await holdAt(world, dispatchId, next);
    await hold.release();
    hold = following;
  }
  await hold.reached();
  await kill();
  await hold.release();
  await engine?.ready();
  await isWhole(dispatchId, recipients);
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('DL-2: two engines fan out at once, and the one at work loses its connection: difference 0', async () => {
  const { recipients } = sizeOf('kill the fan-out');
  const second = await world.system.stack.startProgram(await secondPlanOf(world, 'engine'));
  const engines = [world.programs.engine, second].filter((one) => one !== undefined);
  const one = await drafted(world, 'TWO-ENGINES-1', recipients);
  const other = await drafted(world, 'TWO-ENGINES-2', recipients);
  const { held, free, hold } = await frozen(engines, async () => {
    const onItsWay = { held: await approved(world, one), free: await approved(world, other) };
    return { ...onItsWay, hold: await holdAt(world, onItsWay.held.dispatchId, 0.4) };
  });
  const maker = await hold.reached();
  // One engine stands at the row that is held, so these are the other one's.
  await isWhole(free.dispatchId, recipients);
  await cut(maker);
  await hold.release();
  await isWhole(held.dispatchId, recipients);
  for (const { incidentId, dispatchId } of [held, free]) {
    await cameToRest(world, incidentId);
    await provenBy(world, dispatchId, recipients);
  }
  await second.stop();
});
