import fc from 'fast-check';
import { Client } from 'pg';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { contenders, isRefusal, type Contender } from './clients';
import {
  approval,
  claim,
  deliveries,
  dispatch,
  id,
  message,
  putBack,
  reissue,
  settle,
  version,
} from './sql';

jest.setTimeout(120_000);

const dispatches = [101, 102];
let database: TestDatabase;
let crowd: Contender[];

beforeAll(async () => {
  database = await aDatabase();
  await database.query(`
    insert into delivery.recipient select n, n % 4, false from generate_series(1, 80) n;
    update delivery.setting set hold_seconds = 0;`);
  crowd = await contenders(database, 4);
  const [first] = crowd;
  for (const d of dispatches) {
    const steps = [
      message(d),
      version(d, 1, 'a', { reach: 200 }),
      approval(d, 1, 'b'),
      dispatch(d, d, 1),
    ];
    for (const step of steps) expect(await first?.try('attack_app', step)).toEqual([]);
  }
});
afterAll(async () => {
  await Promise.all(crowd.map((one) => one.end()));
  await database.drop();
});

type Move = readonly [who: 'attack_app' | 'varde_courier' | 'varde_migrate', sql: string];

const d = fc.constantFrom(...dispatches);
const recipient = fc.integer({ min: 1, max: 80 });
const lane = fc.integer({ min: 0, max: 3 });
const state = fc.constantFrom('ambiguous', 'accepted', 'failed', 'delivered');
const byCourier = (sql: fc.Arbitrary<string>): fc.Arbitrary<Move> =>
  sql.map((text) => ['varde_courier', text] as const);

// A class that changes moves rows of every dispatch to another lane, by a foreign key's cascade.
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc
    .tuple(d, recipient)
    .map(([of, n]): Move => [
      'attack_app',
      deliveries(of, `id between ${n} and ${n + 7} on conflict do nothing`),
    ]),
  fc
    .tuple(d, recipient)
    .map(([of, n]): Move => [
      'attack_app',
      `select delivery.suppress('${id(of)}', ${n}, 'sms', 'opted out')`,
    ]),
  fc
    .tuple(recipient, lane)
    .map(([n, to]): Move => [
      'varde_migrate',
      `update delivery.recipient set class = ${to} where id = ${n}`,
    ]),
  byCourier(fc.tuple(d, lane).map(([of, from]) => claim(of, { class: from, n: 5 }))),
  byCourier(fc.tuple(d, recipient, state).map(([of, n, to]) => settle(of, n, to))),
  byCourier(
    fc.tuple(d, fc.uniqueArray(recipient, { minLength: 1, maxLength: 9 }), state).map(
      ([of, list, to]) =>
        `select delivery.settle_many('${id(of)}', 'sms', '{${list.join()}}', '{${list.map(() => to).join()}}',
           array_fill(null::text, array[${list.length}]), array_fill(null::text, array[${list.length}]))`,
    ),
  ),
  byCourier(
    fc.tuple(d, recipient, fc.boolean()).map(([of, n, called]) => putBack(of, n, 1, called)),
  ),
  byCourier(fc.tuple(d, recipient).map(([of, n]) => reissue(of, n, 1, true))),
);

const differences = `
  with counted as (select dispatch_id, channel, class, state, sum(n) as n from delivery.lane_count
                    group by dispatch_id, channel, class, state having sum(n) <> 0),
       real as (select dispatch_id, channel, class, state, count(*) as n from delivery.delivery
                 group by dispatch_id, channel, class, state)
  select * from counted full join real using (dispatch_id, channel, class, state) where counted.n is distinct from real.n`;

const counted = (state: string): string =>
  `select delivery.add_counts(array[row('${id(101)}', 'sms', 0, '${state}', 0, 1)::delivery.lane_count])`;

/** Two connections whose process ids fall on the same of 32 slots. */
async function ofOneSlot(): Promise<[Client, Client]> {
  const bySlot = new Map<number, Client>();
  for (;;) {
    const client = new Client({ connectionString: database.superuserUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ slot: number }>('select pg_backend_pid() % 32 as slot');
    const slot = rows[0]?.slot ?? 0;
    const twin = bySlot.get(slot);
    if (!twin) {
      bySlot.set(slot, client);
      continue;
    }
    bySlot.delete(slot);
    await Promise.all([...bySlot.values()].map((rest) => rest.end()));
    return [twin, client];
  }
}

describe('counters', () => {
  it('DL-15: equal the rows, whatever four connections do at once, refused or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { minLength: 20, maxLength: 60 }), async (list) => {
        await Promise.all(
          crowd.map(async (one, k) => {
            for (const [who, sql] of list.filter((_, n) => n % crowd.length === k)) {
              await one.try(who, sql);
            }
          }),
        );
        expect(await database.query(differences)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    const [row] = await database.query<{ states: string; n: string }>(
      `select count(distinct state) as states, count(*) as n from delivery.delivery`,
    );
    expect(Number(row?.n)).toBeGreaterThan(80);
    expect(Number(row?.states)).toBeGreaterThan(4);
  });

  it('DL-15: two connections that would share a counter’s slot never wait for each other in a circle', async () => {
    const [one, other] = await ofOneSlot();
    await one.query('begin');
    await other.query('begin');
    await one.query(counted('accepted'));
    await other.query(counted('failed'));
    const crossed = Promise.all([one.query(counted('failed')), other.query(counted('accepted'))]);
    await expect(crossed).resolves.toHaveLength(2);
    await Promise.all([one.query('rollback'), other.query('rollback')]);
    await Promise.all([one.end(), other.end()]);
  });

  it('DL-15: move with the transaction: what is rolled back is not counted', async () => {
    const [one] = crowd;
    const answer = await one?.try(
      'attack_app',
      `${deliveries(101, 'id <= 80 on conflict do nothing')}; select 1 / 0`,
    );
    expect(answer && isRefusal(answer)).toBe(true);
    expect(await database.query(differences)).toEqual([]);
  });
});
