import fc from 'fast-check';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { contenders, isRefusal, type Contender } from './clients';
import {
  all,
  approval,
  askRelease,
  claim,
  deliveries,
  dispatch,
  halt,
  id,
  message,
  release,
  version,
} from './sql';

jest.setTimeout(300_000);

const clientCount = 16;
let database: TestDatabase;
let crowd: Contender[];

beforeEach(async () => {
  database = await aDatabase();
  crowd = await contenders(database, clientCount);
});
afterEach(async () => {
  await Promise.all(crowd.map((one) => one.end()));
  await database.drop();
});

/** Dice that fall the same way again: the seed is in the name of what failed. */
const dice = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
const [seed = 1] = fc.sample(fc.integer({ min: 1 }), 1);

describe('edit, approve and dispatch at once', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  // Some never write: else everybody has soon written a version of everything, and by chance nothing can be approved any more.
  const writers = people.slice(0, 4);
  const messages = [1, 2, 3, 4, 5, 6];
  const actsOfEach = 120;

  // Inside the dispatch's own transaction, before it commits: nothing newer may be visible.
  const newest = (k: number): string =>
    `select max(version) as newest from communication.message_version where message_id = '${id(k)}'`;

  const unapproved = `
    select d.id from communication.dispatch d join communication.message_version v using (message_id, version)
     where v.approvers_needed > (
       select count(distinct a.approver) from communication.approval a
        where a.message_id = d.message_id and a.version = d.version and a.content_sha256 = v.content_sha256
          and a.confirmed_reach = v.reach and a.approved_at <= d.dispatched_at and a.expires_at > d.dispatched_at
          and not exists (select from communication.message_version w
                           where w.message_id = d.message_id and w.version <= d.version and w.author = a.approver))`;

  it(`A-5: 16 clients, 0 unapproved dispatches (seed ${seed})`, async () => {
    for (const k of messages) {
      await crowd[0]?.try('attack_app', all(message(k, { incident: 900 + k }), version(k, 1, 'a')));
    }
    const older: string[] = [];
    const faults: string[] = [];
    const note = (answer: readonly unknown[] | string): void => {
      if (isRefusal(answer) && !/^(23514|23505|23503|40P01)/.test(answer)) faults.push(answer);
    };
    await Promise.all(
      crowd.map(async (one, n) => {
        const roll = dice(seed + n);
        for (let act = 0; act < actsOfEach; act += 1) {
          const k = messages[roll(messages.length)] ?? 1;
          const who = people[roll(people.length)] ?? 'a';
          const [row] = await database.query<{ newest: number }>(newest(k));
          const v = row?.newest ?? 1;
          const reach = roll(8) === 0 ? 100_001 : 10;
          const kind = roll(10);
          if (kind < 2) {
            const writer = writers[roll(writers.length)] ?? 'a';
            note(await one.try('attack_app', version(k, v + 1, writer, { reach })));
          } else if (kind < 6) note(await one.try('attack_app', approval(k, v, who)));
          else {
            const needed = roll(4) === 0 ? 2 : 1;
            const wish = { incident: 900 + k, needed } as const;
            const answer = await one.try<{ newest: number }>(
              'attack_app',
              all(dispatch(1000 + n * 1000 + act, k, v, wish), newest(k)),
            );
            note(answer);
            if (!isRefusal(answer) && answer[0]?.newest !== v)
              older.push(`message ${k}, version ${v}`);
          }
        }
      }),
    );
    const [counts] = await database.query<{ versions: string; dispatches: string }>(
      `select (select count(*) from communication.message_version) as versions, (select count(*) from communication.dispatch) as dispatches`,
    );
    expect(faults).toEqual([]);
    expect(older).toEqual([]);
    expect(await database.query(unapproved)).toEqual([]);
    expect(Number(counts?.dispatches)).toBeGreaterThan(10);
    expect(Number(counts?.versions)).toBeGreaterThan(100);
  });
});

describe('a halt under load', () => {
  const scopes = [
    ['all', '*'],
    ['channel', 'sms'],
    ['provider', 'twilio'],
    ['incident', id(900)],
    ['dispatch', id(101)],
  ] as const;

  const intents = async (): Promise<number> => {
    const [row] = await database.query<{ n: string }>('select count(*) as n from delivery.attempt');
    return Number(row?.n);
  };

  beforeEach(async () => {
    await database.query(`
      insert into delivery.recipient select n, 1, false from generate_series(1, 20000) n;
      update delivery.setting set hold_seconds = 0;`);
    const steps = [
      message(1),
      version(1, 1, 'a', { reach: 20_000 }),
      approval(1, 1, 'b'),
      dispatch(101, 1, 1),
    ];
    for (const step of [...steps, deliveries(101, 'true')]) {
      expect(await crowd[0]?.try('attack_app', step)).toEqual([]);
    }
  });

  it('DL-7: under 16 claimers, no intent after the commit of the halt, in every scope', async () => {
    const [gate, ...claimers] = crowd;
    const [claimer] = await contenders(database, 1);
    for (const [scope, what] of scopes) {
      let isHalted = false;
      let given = 0;
      // Each goes on until it has met the closed gate five times: the halt falls into the middle of them.
      const running = [...claimers, claimer].map(async (one) => {
        for (let closed = 0; closed < 5;) {
          const answer = await one?.try<{ count: string }>(
            'varde_courier',
            claim(101, { class: 1, n: 2 }),
          );
          const count = Array.isArray(answer) ? Number(answer[0]?.count) : NaN;
          given += count;
          if (isHalted && count === 0) closed += 1;
        }
      });
      while (given < 200) await intents();
      expect(await gate?.try('varde_gate', halt(scope, what))).toHaveLength(1);
      const atCommit = await intents();
      isHalted = true;
      await Promise.all(running);
      expect([scope, await intents()]).toEqual([scope, atCommit]);
      expect(given).toBeGreaterThan(0);
      await gate?.try('varde_gate', askRelease(scope, what, 'b'));
      expect(await gate?.try('varde_gate', release(scope, what, 'c'))).toHaveLength(1);
    }
    await claimer?.end();
  });
});

describe('the outbox under 16 writers', () => {
  const transactionsOfEach = 250;
  // The relay's own claim: in order of n, passing by what others hold.
  const take = `
    with taken as (select n, id from platform.outbox where published_at is null order by n limit 50 for update skip locked)
    update platform.outbox o set published_at = platform.clock() from taken t where o.n = t.n returning o.id`;

  it(`I-9: nothing is skipped, nothing is taken twice (seed ${seed})`, async () => {
    const readers = await Promise.all([1, 2].map(() => database.database('varde_engine')));
    const committed = new Set<string>();
    let writing = true;
    const writers = crowd.map(async (one, n) => {
      const roll = dice(seed + n);
      for (let k = 0; k < transactionsOfEach; k += 1) {
        const rows = Array.from({ length: 1 + roll(3) }, (_, m) => id(n * 1_000_000 + k * 10 + m));
        const values = rows.map((row) => `('${row}', 'varde.test', 'key', 'test.v1', '{}', '{}')`);
        // Numbers are drawn in one order and committed in another; two in a hundred are never committed.
        const end = roll(50) === 0 ? 'select 1 / 0' : `select pg_sleep(${roll(4) / 1000})`;
        const answer = await one.try(
          'attack_app',
          all(
            `insert into platform.outbox (id, topic, key, type, payload, headers) values ${values.join(', ')}`,
            end,
          ),
        );
        if (!isRefusal(answer)) rows.forEach((row) => committed.add(row));
      }
    });
    const taken: string[] = [];
    const reading = readers.map(async (reader) => {
      for (let isLast = false; ; isLast = !writing) {
        const rows = await reader.transaction((tx) => tx.query<{ id: string }>(take));
        taken.push(...rows.map((row) => row.id));
        if (isLast && rows.length === 0) return;
      }
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(reading);
    expect(committed.size).toBeGreaterThan(clientCount * transactionsOfEach);
    expect(taken).toHaveLength(committed.size);
    expect(new Set(taken)).toEqual(committed);
  });
});
