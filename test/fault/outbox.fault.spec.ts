import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { Pool, type PoolClient } from 'pg';
import { until } from '../../tools/system/until';
import { anOutageReport } from '../../tools/system/outage-report';
import { sizeOf } from './sizes';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { secondEngine } from './world/ingest-events';
import { factIds, socketsTo } from './world/ingest-broker';

const topic = 'fault.facts';
const gate = 471_199;

let world: FaultWorld;
let pool: Pool;
let kafka: Kafka;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault-outbox' });
  const { stack } = world.system;
  pool = new Pool({ connectionString: stack.postgres.superuserUrl('varde'), max: 20 });
  pool.on('error', () => undefined);
  kafka = new Kafka({
    clientId: 'looking',
    brokers: [...stack.kafka.brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 6 }] });
  await admin.disconnect();
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await world?.stop();
}, 120_000);

const add = (client: Pool | PoolClient, ids: readonly string[]): Promise<unknown> =>
  client.query(
    `insert into platform.outbox (id, topic, key, type, payload)
     select id, $2, id::text, 'fault.fact-said.v1', '{}' from unnest($1::uuid[]) as x (id)`,
    [ids, topic],
  );

const ids = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());

const allMarked = (): Promise<unknown> =>
  until(
    'the outbox to be empty',
    async () => {
      const { rows } = await pool.query<{ n: number }>(
        'select count(*)::int as n from platform.outbox where published_at is null',
      );
      return rows[0]?.n === 0;
    },
    300_000,
  );

/** One writer: transactions of five facts that stay open for a moment, of which one in fifty is taken back. @returns what it committed */
async function writes(writer: number, facts: number): Promise<readonly string[]> {
  const committed: string[] = [];
  for (let n = 0; committed.length < facts; n += 1) {
    const chance = (writer * 7_919 + n * 104_729) % 100;
    const client = await pool.connect();
    const some = ids(5);
    await client.query('begin');
    await add(client, some);
    // Every second one rings; for the others only the relay's own look helps (NOTIFY is never the only signal).
    if (n % 2 === 0) await client.query(`select pg_notify('varde_outbox', '')`);
    await client.query('select pg_sleep($1)', [(chance % 20) / 1_000]);
    const isTakenBack = chance < 2;
    await client.query(isTakenBack ? 'rollback' : 'commit');
    client.release();
    if (!isTakenBack) committed.push(...some);
  }
  return committed;
}

it('I-9, I-8: sixteen writers that commit in any order, one in fifty rolled back: the relay skips nothing, says nothing that was taken back, and opens no second producer', async () => {
  const { recipients: facts } = sizeOf('sixteen writers');
  const engine = world.programs.engine;
  if (!engine) throw new Error('no engine');
  const port = world.system.stack.server('kafka').port;
  const first = ids(100); // with the first fact the producer connects
  await add(pool, first);
  await allMarked();
  const before = socketsTo(port, engine.pid);
  const writers = Array.from({ length: 16 }, (_, i) => writes(i, Math.ceil(facts / 16)));
  const committed = (await Promise.all(writers)).flat();
  const last = ids(1); // nobody rings after it
  await add(pool, last);
  await allMarked();
  expect((await factIds(kafka, topic)).sort()).toEqual([...first, ...committed, ...last].sort());

  expect(socketsTo(port, engine.pid)).toBe(before);
  expect(socketsTo(port, world.programs.api?.pid ?? 0)).toBe(0);
  expect(socketsTo(port, world.programs.courier?.pid ?? 0)).toBe(0);
});

it('I-8: the relay is killed between the broker’s acknowledgement and its own mark: 0 lost, and what is said twice is heard once', async () => {
  const { recipients: facts, kills } = sizeOf('kill between acknowledgement and mark');
  const reports = await declared('I8');
  for (let round = 1; round <= kills; round += 1) {
    const said = ids(facts);
    const holder = await pool.connect();
    await holder.query('select pg_advisory_lock($1)', [gate]);
    await holdMarks();
    await add(pool, said);
    await reports(round);
    await until('the relay to stand before its mark', async () => {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
        [gate],
      );
      return (rows[0]?.n ?? 0) > 0;
    });
    await world.programs.engine?.kill9();
    await letMarks(holder);
    await world.programs.engine?.ready();
    await allMarked();
    const heard = await factIds(kafka, topic);
    const times = said.map((id) => heard.filter((one) => one === id).length);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1);
  }
  const told = await factIds(kafka, 'incident.events');
  expect(told.length).toBeGreaterThan(new Set(told).size); // some were said twice indeed
  await until('each incident to have one audience', async () => {
    const { rows } = await pool.query<{ incidents: number; snapshots: number }>(
      `select (select count(*) from incident.incident)::int as incidents,
              (select count(distinct incident_id) from audience.snapshot)::int as snapshots`,
    );
    return rows[0]?.incidents === kills && rows[0]?.snapshots === kills;
  });
  const { rows } = await pool.query(
    `select (select count(*) from audience.snapshot)::int as snapshots,
            (select count(*) from platform.failed_event)::int as failed,
            (select count(*) from platform.outbox where type = 'incident.declared.v1')::int as declared`,
  );
  expect(rows).toEqual([{ snapshots: kills, failed: 0, declared: kills }]);
});

it('I-8: with two engines there are two producers, one for each process, and none more for ten thousand facts', async () => {
  const second = await secondEngine(world);
  const port = world.system.stack.server('kafka').port;
  const pids = [world.programs.engine?.pid ?? 0, second.pid];
  // Whichever of them rings first publishes: until both have, one has not connected its producer yet.
  await until('both engines to have published', async () => {
    await add(pool, ids(1));
    await pool.query(`select pg_notify('varde_outbox', '')`);
    return new Set(pids.map((pid) => socketsTo(port, pid))).size === 1;
  });
  const before = pids.map((pid) => socketsTo(port, pid));
  await add(pool, ids(10_000));
  await allMarked();
  expect(pids.map((pid) => socketsTo(port, pid))).toEqual(before);
  await second.stop();
});

/** Reports an incident in each round, on a town of its own. */
async function declared(name: string): Promise<(round: number) => Promise<void>> {
  const town = await world.scene.town([], 1);
  return async (round) => {
    const now = world.scene.clock.now();
    await world.scene.network.reports(
      anOutageReport(
        { reference: `${name}-${round}`, services: ['mobile-voice'], areas: town.areas },
        now,
      ),
    );
    await until(`the report of round ${round}`, async () => {
      const { rows } = await pool.query('select 1 from incident.incident where reference = $1', [
        `${name}-${round}`,
      ]);
      return rows.length === 1;
    });
  };
}

/** The mark of what was published waits until the test lets it go. */
const holdMarks = (): Promise<unknown> =>
  pool.query(`
    create function platform.planted() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${gate}); return new; end $$;
    create trigger planted before update on platform.outbox for each row
      when (new.published_at is not null) execute function platform.planted()`);

/** The engine is gone; its transaction ends with its connection, and the marks are free again. */
async function letMarks(holder: PoolClient): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
    [gate],
  );
  await holder.query('select pg_advisory_unlock($1)', [gate]);
  holder.release();
  await pool.query('drop trigger planted on platform.outbox; drop function platform.planted()');
}
