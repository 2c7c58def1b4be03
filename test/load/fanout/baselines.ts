import { Queue, Worker } from 'bullmq';
import { Pool as Database } from 'pg';
import twilio from 'twilio';
import { DataSource, EntitySchema } from 'typeorm';
import { Pool } from 'undici';
import { redisOptions } from '@varde/platform-jobs';

/** Where the baselines work: the same sink, database server and Redis as the product. */
export interface Ground {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly sinkUrl: string;
  /** Provider calls under way at once, as many as the product has. */
  readonly parallel: number;
}

const account = `AC${'0'.repeat(32)}`;
const token = 'baseline-token-0123456789';
const chunk = 500;
const body =
  'Mobilsamtaler og mobildata er nede i Varby. Startet kl. 14:02, sluttid er ikke kjent ennå. Neste oppdatering kl. 15:00: https://v.example/7F3KQ2ZX';

const path = `/2010-04-01/Accounts/${account}/Messages.json`;

/** The same bytes for everybody who is compared. @source benchmarks §2, rule 4 */
const fieldsOf = (phone: string): Record<string, string> => ({
  To: phone,
  From: 'Nettinfo',
  Body: body,
  StatusCallback: `http://127.0.0.1:1/callbacks/sms/${phone}`,
  ValidityPeriod: '3600',
  SmartEncoded: 'false',
});

interface Recipient {
  readonly n: string;
  readonly phone: string;
}

/** Makes a table of recipients for the baselines, with its statistics. */
export async function prepareRecipients(ground: Ground, count: number): Promise<void> {
  const database = new Database({ connectionString: ground.databaseUrl });
  await database.query(`create schema if not exists bench; drop table if exists bench.recipient; drop table if exists bench.log;
    create table bench.recipient (n bigint primary key, phone text not null, state text not null default 'pending', ref text);
    create table bench.log (n bigint, sid text)`);
  await database.query(
    `insert into bench.recipient (n, phone) select i, '+4798' || lpad(i::text, 6, '0') from generate_series(1, $1) i`,
    [count],
  );
  await database.query('analyze bench.recipient');
  await database.end();
}

/** The most that hardware, sink and database give: read by key, fill, pooled send, one bulk log. */
export async function bare(ground: Ground): Promise<void> {
  const { database, post, close } = open(ground);
  for (let after = '0'; ;) {
    const rows = await next(database, after);
    if (rows.length === 0) break;
    const sids = await sendAll(rows, post, ground.parallel);
    await database.query('insert into bench.log select * from unnest($1::bigint[], $2::text[])', [
      rows.map((row) => row.n),
      sids,
    ]);
    after = rows.at(-1)?.n ?? after;
  }
  await close();
}

/** The least that the invariants ask: the intent committed before the send, the outcome settled after it, in batches. */
export async function bareWithLedger(ground: Ground): Promise<void> {
  const { database, post, close } = open(ground);
  const lane = async (): Promise<void> => {
    for (;;) {
      const { rows } = await database.query<Recipient>(
        `update bench.recipient r set state = 'sending' from (
           select n from bench.recipient where state = 'pending' order by n limit $1 for update skip locked) b
          where r.n = b.n returning r.n, r.phone`,
        [chunk],
      );
      if (rows.length === 0) return;
      const sids = await sendAll(rows, post, ground.parallel / 2);
      await database.query(
        `update bench.recipient r set state = 'accepted', ref = s.ref from unnest($1::bigint[], $2::text[]) as s (n, ref) where r.n = s.n and r.state = 'sending'`,
        [rows.map((row) => row.n), sids],
      );
    }
  };
  await Promise.all([lane(), lane()]);
  await close();
}

interface Saved {
  n: string;
  phone: string;
  state: string;
  ref: string | null;
}

const saved = new EntitySchema<Saved>({
  name: 'recipient',
  schema: 'bench',
  columns: {
    n: { type: 'bigint', primary: true },
    phone: { type: 'text' },
    state: { type: 'text' },
    ref: { type: 'text', nullable: true },
  },
});

/**
 * The naive version of ourselves: a job per recipient, the SDK's own HTTP client, the ORM's `save()` of the row before the call
 * and after it.
 *
 * @source benchmarks §3
 */
export async function naive(ground: Ground): Promise<void> {
  const source = await new DataSource({
    type: 'postgres',
    url: ground.databaseUrl,
    entities: [saved],
    extra: { max: 8 },
  }).initialize();
  const recipients = source.getRepository(saved);
  const connection = redisOptions(ground.redisUrl);
  const queue = new Queue('naive', { connection, prefix: 'bench' });
  const client = twilio(account, token);
  const uri = `${new URL(ground.sinkUrl).origin}${path}`;
  const rows = await recipients.find({ select: { n: true, phone: true }, order: { n: 'ASC' } });
  let left = rows.length;
  await new Promise<void>((done, fail) => {
    const worker = new Worker<Recipient>(
      'naive',
      async ({ data }) => {
        await recipients.save({ ...data, state: 'sending' });
        const answer = await client.httpClient.request({
          method: 'post',
          uri,
          username: account,
          password: token,
          data: fieldsOf(data.phone),
        });
        await recipients.save({ ...data, state: 'accepted', ref: answer.body.sid ?? null });
        left -= 1;
        if (left === 0) void worker.close().then(done, fail);
      },
      { connection, prefix: 'bench', concurrency: ground.parallel },
    );
    worker.on('failed', (_, cause) => fail(cause));
    void queue
      .addBulk(rows.map((row) => ({ name: 'send', data: row, opts: { removeOnComplete: true } })))
      .catch(fail);
  });
  await queue.close();
  await source.destroy();
}

type Post = (phone: string) => Promise<string>;

function open(ground: Ground): { database: Database; post: Post; close: () => Promise<void> } {
  const database = new Database({ connectionString: ground.databaseUrl, max: 8 });
  const pool = new Pool(new URL(ground.sinkUrl).origin, { connections: 32, pipelining: 1 });
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  const post: Post = async (phone) => {
    const answer = await pool.request({
      method: 'POST',
      path,
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fieldsOf(phone)).toString(),
    });
    return ((await answer.body.json()) as { sid: string }).sid;
  };
  return {
    database,
    post,
    close: async () => void (await Promise.all([database.end(), pool.close()])),
  };
}

const next = async (database: Database, after: string): Promise<Recipient[]> =>
  (
    await database.query<Recipient>(
      'select n, phone from bench.recipient where n > $1 order by n limit $2',
      [after, chunk],
    )
  ).rows;

async function sendAll(
  rows: readonly Recipient[],
  post: Post,
  parallel: number,
): Promise<string[]> {
  const sids: string[] = [];
  let at = 0;
  const worker = async (): Promise<void> => {
    for (let i = at++; i < rows.length; i = at++) sids[i] = await post(rows[i]?.phone ?? '');
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return sids;
}
