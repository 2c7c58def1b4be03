import { randomUUID } from 'node:crypto';
import type { Outcome } from '@varde/delivery-domain';
import { minutes, seconds } from '@varde/kernel';
import { CourierWorld } from '../courier.fixture';
import { NoticeSender } from './notice-sender';

const busy: Outcome = { kind: 'deferred', reason: 'busy', called: false, retryAfterMs: 1_000 };
const refused: Outcome = { kind: 'deferred', reason: 'temporary-refusal', called: true };
const taken: Outcome = { kind: 'accepted', providerRef: 'SM-1' };

let world: CourierWorld;
let sender: NoticeSender;
beforeEach(async () => {
  world = await CourierWorld.start();
  sender = new NoticeSender(world.courier, world.channels, world.addresses, world);
});
afterEach(() => world.test.drop());

/** Words to somebody on duty, with this address. */
async function notice(address: string): Promise<string> {
  const [id, person] = [randomUUID(), randomUUID()];
  await world.test.query(`
    insert into identity.person (id, name) values ('${person}', 'Ingrid Vakt');
    insert into identity.person_address values ('${person}', 'sms', '${address}');
    insert into delivery.notice (id, person_id, channel, kind, facts) values ('${id}', '${person}', 'sms', 'approval-wanted', '{}');`);
  return id;
}
const stateOf = async (id: string): Promise<unknown> =>
  (await world.test.query(`select state from delivery.notice where id = $1`, [id]))[0]?.['state'];
const rounds = async (count: number, outcome: Outcome, every = minutes(1)): Promise<void> => {
  world.behaviour.send = () => Promise.resolve(outcome);
  for (let n = 0; n < count; n += 1) {
    await sender.round();
    await world.forward(every);
  }
};

it('§3: a notice that a busy provider turns away uses up no try: who is on duty hears of it in the end', async () => {
  const id = await notice('+4790000101');
  await rounds(20, busy);
  expect(await stateOf(id)).toBe('pending');
  await rounds(2, taken);
  expect(await stateOf(id)).toBe('accepted');
});

it('§4: and is offered again with pauses that grow, not five times in five seconds', async () => {
  await notice('+4790000101');
  await rounds(60, busy, seconds(1));
  expect(world.sent.length).toBeGreaterThan(3);
  expect(world.sent.length).toBeLessThan(9);
});

it('§3: an hour after it was written it has lost its point', async () => {
  const id = await notice('+4790000101');
  await rounds(61, busy);
  await rounds(2, busy);
  expect(await stateOf(id)).toBe('failed');
});

it('§3: one that is really refused five times has failed, after minutes and not after seconds', async () => {
  const id = await notice('+4790000101');
  await rounds(15, refused, seconds(1));
  expect(world.sent).toHaveLength(1);
  for (const pause of [15, 60, 240, 960]) await rounds(1, refused, seconds(pause * 1.2));
  expect([await stateOf(id), world.sent.length]).toEqual(['pending', 4]);
  await rounds(1, refused);
  expect([await stateOf(id), world.sent.length]).toEqual(['failed', 5]);
});

it('one address that cannot be read keeps nobody else from hearing', async () => {
  await notice('broken');
  world.unreadable.add('broken');
  const id = await notice('+4790000102');
  await expect(sender.round()).rejects.toThrow('cut off');
  expect(await stateOf(id)).toBe('accepted');
});

it('DL-12: what was not sent when the program stops waits for the next', async () => {
  const [first, second] = [await notice('+4790000101'), await notice('+4790000102')];
  world.behaviour.send = () => {
    sender.stop();
    return Promise.resolve(taken);
  };
  await sender.round();
  expect([await stateOf(first), await stateOf(second)].sort()).toEqual(['accepted', 'pending']);
});
