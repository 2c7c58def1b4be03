import { stateOfReceipt } from '@varde/delivery-domain';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { contenders, type Contender } from './clients';
import { approval, claim, deliveries, dispatch, message, version } from './sql';

jest.setTimeout(120_000);

const words = ['queued', 'sent', 'delivered', 'undelivered'] as const;
type Word = (typeof words)[number];

/** Every order of so many of each word. */
function orders(left: Readonly<Record<Word, number>>): Word[][] {
  const next = words.filter((word) => left[word] > 0);
  if (next.length === 0) return [[]];
  return next.flatMap((word) =>
    orders({ ...left, [word]: left[word] - 1 }).map((rest) => [word, ...rest]),
  );
}

/** The law, said without the database: delivered beats failed beats accepted, whenever it was heard. */
function expected(heard: readonly Word[]): string {
  if (heard.includes('delivered')) return 'delivered';
  if (heard.includes('undelivered')) return 'failed';
  return heard.some((word) => stateOfReceipt(word) === 'accepted') ? 'accepted' : 'sending';
}

const all = orders({ queued: 2, sent: 2, delivered: 2, undelivered: 2 });
let database: TestDatabase;
let courier: Contender;

beforeAll(async () => {
  database = await aDatabase();
  await database.query(`
    insert into delivery.recipient select n, 3, false from generate_series(1, ${all.length}) n;
    update delivery.setting set hold_seconds = 0;`);
  const [one] = await contenders(database, 1);
  if (!one) throw new Error('no connection');
  courier = one;
  const steps = [
    message(1),
    version(1, 1, 'a', { reach: all.length }),
    approval(1, 1, 'b'),
    dispatch(101, 1, 1),
  ];
  for (const step of [...steps, deliveries(101, 'true')]) {
    expect(await courier.try('attack_app', step)).toEqual([]);
  }
  for (let left = all.length; left > 0; left -= 500)
    await courier.try('varde_courier', claim(101, { n: 500 }));
});
afterAll(async () => {
  await courier.end();
  await database.drop();
});

describe('receipts in every order', () => {
  it('DL-3: 2,520 orders of queued, sent, delivered, undelivered, each twice, lower no state', async () => {
    expect(all).toHaveLength(2520);
    for (let heard = 1; heard <= 8; heard += 1) {
      const now = all.map((order) => order[heard - 1] ?? 'queued');
      // In small transactions, as callbacks come: a counter that moves a thousand times in one grows slow.
      for (let from = 0; from < all.length; from += 120) {
        const answer = await courier.try(
          'varde_courier',
          `select delivery.record_receipt(a.ref, 'twilio', null, ($1::text[])[a.recipient_id], null, ($2::text[])[a.recipient_id])
             from delivery.attempt a where a.recipient_id > $3 and a.recipient_id <= $3 + 120`,
          [now, now.map((word) => stateOfReceipt(word) ?? null), from],
        );
        expect(answer).toHaveLength(120);
      }
      const rows = await database.query<{ state: string }>(
        'select state from delivery.delivery order by recipient_id',
      );
      const wrong = rows.flatMap((row, n) => {
        const order = all[n]?.slice(0, heard) ?? [];
        return row.state === expected(order) ? [] : [`${order.join(', ')}: ${row.state}`];
      });
      expect(wrong).toEqual([]);
    }
  });

  it('DL-4: every one of them is kept', async () => {
    expect(
      await database.query('select count(*)::int as n from delivery.receipt where known'),
    ).toEqual([{ n: 2520 * 8 }]);
  });
});
