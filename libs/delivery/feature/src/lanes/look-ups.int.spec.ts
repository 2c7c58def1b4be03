import type { LookUp } from '@varde/delivery-domain';
import { CourierWorld } from '../courier.fixture';
import { LookUps } from './look-ups';

const minute = 60_000;
let world: CourierWorld;
let lookUps: LookUps;
let failures: unknown[];

beforeEach(async () => {
  world = await CourierWorld.start();
  world.aheadMs = minute; // longer than the provider's own lag
  failures = [];
  lookUps = new LookUps({
    database: world.courier,
    channels: world.channels,
    texts: world.texts,
    addresses: world.addresses,
    clock: world,
    isClockMovable: false,
    settleDelayMs: { sms: minute - 1, email: minute - 1 },
    count: () => undefined,
    onFailed: (cause) => failures.push(cause),
  });
});
afterEach(() => world.test.drop());

const answering = (found: LookUp): void => {
  world.behaviour.lookUp = () => Promise.resolve(found);
};
/** One round so much later; answers whom the provider was asked about. */
const round = async (laterMs = 0): Promise<readonly string[]> => {
  world.aheadMs += laterMs;
  world.asked.length = 0;
  await lookUps.round();
  return [...world.asked].sort((a, b) => Number(a) - Number(b));
};

describe('a provider that does not answer a look-up', () => {
  beforeEach(() => answering({ kind: 'no-answer' }));

  it('§2.2: says nothing about the intent: the safety-critical class is not sent again either', async () => {
    const { id, recipients } = await world.ambiguous(0, 1);
    expect(await round()).toEqual(recipients);
    expect(await world.rows(id, 'state')).toEqual(['ambiguous']);
    expect(await world.rows(id, 'possible_duplicate')).toEqual([false]);
  });

  it('§4: is asked again after 1, 4, 16 and 60 minutes, and settles the row when it answers', async () => {
    const { id, recipients } = await world.ambiguous(3, 1);
    expect(await round()).toEqual(recipients);
    for (const minutes of [1, 4, 16, 60, 60]) {
      expect(await round(minutes * minute - 1)).toEqual([]);
      expect(await round(1)).toEqual(recipients);
    }
    answering({ kind: 'found', providerRef: 'SM-7', state: 'delivered' });
    expect(await round(60 * minute)).toEqual(recipients);
    expect(await world.rows(id, 'state')).toEqual(['delivered']);
  });
});

describe('a provider that cannot tell', () => {
  it('§2.2: is asked again all the same: what it does not show now it may show later', async () => {
    const { id, recipients } = await world.ambiguous(3, 1);
    expect(await round()).toEqual(recipients);
    expect(await round(minute - 1)).toEqual([]);
    answering({ kind: 'found', providerRef: 'SM-7', state: 'accepted' });
    expect(await round(1)).toEqual(recipients);
    expect(await world.rows(id, 'state')).toEqual(['accepted']);
  });

  it('§2.2: has the safety-critical class sent again once, flagged, and never a second time', async () => {
    const { id, recipients } = await world.ambiguous(0, 1);
    await round();
    expect(await world.rows(id, 'state')).toEqual(['pending']);
    await world.becomesAmbiguous(id, 0);
    for (const minutes of [1, 1, 4, 16]) expect(await round(minutes * minute)).toEqual(recipients);
    expect(await world.rows(id, 'state')).toEqual(['ambiguous']);
    expect(await world.rows(id, 'attempt')).toEqual([2]);
  });
});

describe('a round', () => {
  it('asks about everything that is due, each of them once', async () => {
    const { recipients } = await world.ambiguous(3, 450);
    expect(await round()).toEqual(recipients);
  });

  it('does not let those that pause stand before those that are due', async () => {
    await world.ambiguous(2, 250);
    await round();
    const { recipients } = await world.ambiguous(3, 1);
    expect(await round(minute - 1)).toEqual(recipients);
  });

  it('goes on when an address or a text cannot be read, and says so', async () => {
    const [bad, good] = [await world.ambiguous(0, 2), await world.ambiguous(3, 3)];
    world.unreadable.add(bad.id).add(good.recipients[0] ?? '');
    expect(await round()).toEqual(good.recipients.slice(1));
    expect(failures).toHaveLength(3);
    expect(await round()).toEqual([]);
  });

  it('leaves out who has no address any more, and comes to an end', async () => {
    const gone = await world.ambiguous(2, 200);
    await world.test.query(
      `delete from audience.contact_address where contact_n = any($1::bigint[])`,
      [gone.recipients],
    );
    const { recipients } = await world.ambiguous(3, 1);
    expect(await round()).toEqual(recipients);
  });

  it('DL-12: is over after the look-ups that are under way when the program stops', async () => {
    await world.ambiguous(3, 250);
    world.behaviour.lookUp = () => {
      lookUps.stop();
      return Promise.resolve({ kind: 'found', providerRef: 'SM-7', state: 'accepted' });
    };
    expect((await round()).length).toBeLessThanOrEqual(8);
    const [settled] = await world.test.query(
      `select count(*)::int as n from delivery.delivery where state = 'accepted'`,
    );
    expect(settled).toEqual({ n: world.asked.length });
  });
});
