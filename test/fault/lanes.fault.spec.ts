import { until } from '../../tools/system/until';
import { sizeOf } from './sizes';
import { cameToRest, dispatched, leftPending, statesOf, tookAll } from './world/dispatch';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { crowd } from './world/people';
import { takenCount, takenSince, type Taken } from './world/provider-list';

const criticalMs = 10_000;
const leastPrivateShare = 0.2;

let world: FaultWorld;

beforeAll(async () => {
  // Slow enough that the backlog still flows when the critical rows come.
  world = await startFaultWorld({
    name: 'fault-lanes',
    extra: { courier: { VARDE_SMS_PER_SECOND: '200' } },
  });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

interface Hospitals {
  readonly incidentId: string;
  readonly dispatchId: string;
  readonly phones: ReadonlySet<string>;
}

/** An outage that hits so many hospitals: their first message goes at once, by policy. */
async function hospitalsHit(reference: string, count: number): Promise<Hospitals> {
  const { scene } = world;
  const people = crowd('h', count, { kind: 'business', society: 'hospital' });
  const town = await scene.town(people);
  const { incidentId } = await scene.reports({ reference, areas: town.areas });
  const dispatch = await until(
    'the policy to dispatch',
    async () => (await scene.dispatches(incidentId))[0],
  );
  return {
    incidentId,
    dispatchId: dispatch.dispatchId,
    phones: new Set(people.map(({ phone }) => phone)),
  };
}

/** From the dispatch to the provider, by the installation's clock, of the slowest. */
async function slowestMs(
  { dispatchId, incidentId, phones }: Hospitals,
  taken: readonly Taken[],
): Promise<number> {
  const dispatch = (await world.scene.dispatches(incidentId)).find(
    (one) => one.dispatchId === dispatchId,
  );
  const last = Math.max(
    ...taken.filter(({ to }) => phones.has(to)).map(({ at }) => Date.parse(at)),
  );
  return last - Date.parse(dispatch?.dispatchedAt ?? '');
}

const isSent = async ({ dispatchId }: Hospitals): Promise<boolean> => {
  const { pending = 0, sending = 0, ...others } = await statesOf(world, dispatchId);
  return pending + sending === 0 && Object.keys(others).length > 0;
};

it('DL-9: behind a private backlog one of class 0 reaches the provider within 10 s, and the backlog keeps a fifth of the rate', async () => {
  const { recipients, kills: critical } = sizeOf('critical behind a backlog');
  const firstTaken = await takenCount(world);
  const backlog = await dispatched(world, 'BACKLOG', recipients);
  await leftPending(world, backlog.dispatchId, 1);
  const one = await hospitalsHit('ONE-HOSPITAL', 1);
  await until('the hospital to be told', () => isSent(one));
  expect(await slowestMs(one, await takenSince(world, firstTaken))).toBeLessThanOrEqual(criticalMs);
  const many = await hospitalsHit('MANY-HOSPITALS', critical);
  await until('all hospitals to be told', () => isSent(many), 600_000);
  expect((await statesOf(world, backlog.dispatchId)).pending).toBeGreaterThan(0);

  const taken = await takenSince(world, firstTaken);
  const places = taken.flatMap(({ to }, place) => (many.phones.has(to) ? [place] : []));
  const span = (places.at(-1) ?? 0) - (places[0] ?? 0) + 1;
  expect(places).toHaveLength(critical);
  expect((span - critical) / span).toBeGreaterThanOrEqual(leastPrivateShare);

  for (const { incidentId } of [backlog, one, many]) await cameToRest(world, incidentId);
  await tookAll(world, backlog.dispatchId, recipients);
});
