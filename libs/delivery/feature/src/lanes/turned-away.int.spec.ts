import type { Outcome } from '@varde/delivery-domain';
import { minutes, seconds } from '@varde/kernel';
import { CourierWorld } from '../courier.fixture';
import { GateWatch } from './gate-watch';
import { LaneRunner } from './lane-runner';
import { Pace } from './pace';

const notReached: Outcome = {
  kind: 'deferred',
  reason: 'not-connected',
  called: false,
  retryAfterMs: 2_000,
};
const refused: Outcome = { kind: 'deferred', reason: 'temporary-refusal', called: true };
const busy: Outcome = { kind: 'deferred', reason: 'busy', called: false, retryAfterMs: 40_000 };
const taken: Outcome = { kind: 'accepted', providerRef: 'SM-1' };

let world: CourierWorld;
let runner: LaneRunner;
let id: string;

/** Its clock goes faster than any pause is long: what is tested here is what becomes of the rows. */
function impatient(): Pace {
  let now = 0;
  return new Pace(0, { now: () => (now += 1_000_000), chance: () => 0 });
}

beforeEach(async () => {
  world = await CourierWorld.start();
  ({ id } = await world.dispatch(0, 1));
  runner = new LaneRunner({
    database: world.courier,
    channels: world.channels,
    texts: world.texts,
    addresses: world.addresses,
    gates: new GateWatch(world.courier, () => undefined),
    pace: new Map([['sms', impatient()]]),
    clock: world,
    siteEpoch: '1',
    parallel: 4,
    count: () => undefined,
    onUnreadable: () => undefined,
  });
});
afterEach(() => world.test.drop());

/** The lane runs, and the provider does this. */
const run = async (outcome: Outcome): Promise<void> => {
  world.behaviour.send = () => Promise.resolve(outcome);
  await runner.run({ dispatchId: id, channel: 'sms', class: 0 });
};
const row = async (): Promise<unknown> =>
  (
    await world.test.query(
      `select state, attempt - handed_back as tries,
              round(extract(epoch from retry_at - platform.clock()))::int as wait
         from delivery.delivery where dispatch_id = $1`,
      [id],
    )
  )[0];

it('§3: a provider that cannot be reached uses up no try, however often: the message goes when it is back', async () => {
  for (let n = 0; n < 12; n += 1) {
    await run(notReached);
    await world.forward(seconds(10));
  }
  expect(await row()).toMatchObject({ state: 'pending', tries: 0 });
  await run(taken);
  expect(await row()).toMatchObject({ state: 'accepted', tries: 1 });
});

it('§4: what was tried and refused for now is tried again after 15 s, 1, 4 and 16 minutes, and has then failed', async () => {
  await run(notReached); // no try: it does not make the pauses longer
  await world.forward(seconds(10));
  for (const [n, pause] of [15, 60, 240, 960].entries()) {
    await run(refused);
    const waiting = (await row()) as { wait: number };
    expect(waiting).toMatchObject({ state: 'pending', tries: n + 1 });
    expect(waiting.wait).toBeGreaterThanOrEqual(pause);
    expect(waiting.wait).toBeLessThanOrEqual(pause * 1.2);
    await world.forward(seconds(pause * 1.2));
  }
  await run(refused);
  expect(await row()).toMatchObject({ state: 'failed', tries: 5 });
});

it('§4: what a busy provider turned away comes back when it said, and a little spread', async () => {
  await run(busy);
  const waiting = (await row()) as { wait: number };
  expect(waiting.wait).toBeGreaterThanOrEqual(40);
  expect(waiting.wait).toBeLessThanOrEqual(48);
});

it('§4: a message has one name at every try, and another for every recipient and channel', async () => {
  await run(notReached);
  await world.forward(minutes(1));
  await run(taken);
  const [first, second] = world.sent;
  expect(second?.name).toBe(first?.name);
  expect(second?.ref).not.toBe(first?.ref);
  expect(first?.name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  ({ id } = await world.dispatch(0, 2));
  await run(taken);
  expect(new Set(world.sent.map(({ name }) => name)).size).toBe(3);
});
