import { Kafka, logLevel } from 'kafkajs';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { until } from '../../tools/quickstart/until';
import { startSystem, type System } from '../../tools/system/system';
import { factsOf } from '../acceptance/world/global-setup';
import { approveReadyWords, sceneOn, type Scene } from '../acceptance/world/story';
import { aPhone } from '../acceptance/world/town';
import { faultForm, faultSizes, type FaultSize } from './sizes';

let system: System;
let scene: Scene;
let superuser: Client;

beforeAll(async () => {
  system = await startSystem({
    name: 'fault',
    throwAway: true,
    customers: 0,
    holdSeconds: 0,
    report: () => undefined,
    extra: { courier: { VARDE_SMS_SETTLE_DELAY_SECONDS: '2', VARDE_SMS_PER_SECOND: '400' } },
  });
  process.env.VARDE_ACCEPTANCE = JSON.stringify(factsOf(system));
  scene = sceneOn(factsOf(system));
  await approveReadyWords(scene);
  await scene.sandbox.put('/control/moods/sms', { statuses: ['delivered'] });
  superuser = new Client({ connectionString: system.stack.postgres.superuserUrl('varde') });
  await superuser.connect();
}, 120_000);

afterAll(async () => {
  await superuser?.end();
  await scene?.network.close();
  await system?.stop();
}, 120_000);

/** A dispatch of so many, on its way. */
async function dispatched(
  reference: string,
  recipients: number,
): Promise<{ incidentId: string; dispatchId: string }> {
  const phones = Array.from({ length: recipients }, aPhone);
  const town = await scene.town(phones.map((phone, i) => ({ id: `p${i}`, phone })));
  const incident = await scene.reports({ reference, areas: town.areas });
  const drafts = await scene.drafts(incident.incidentId);
  expect(drafts.reduce((sum, draft) => sum + draft.reach, 0)).toBe(recipients);
  const [dispatch] = await scene.approved(drafts);
  return { incidentId: incident.incidentId, dispatchId: dispatch?.dispatchId ?? '' };
}

/** Waits for a moment of the dispatch: so many rows have left `pending`. */
const leftPending = (dispatchId: string, count: number): Promise<unknown> =>
  until(`${count} rows to have left`, async () => {
    const { rows } = await superuser.query<{ n: string | null }>(
      `select coalesce((select planned from delivery.fan_out where dispatch_id = $1), 0)
            - coalesce((select sum(n) from delivery.lane_count where dispatch_id = $1 and state = 'pending'), 0) as n`,
      [dispatchId],
    );
    return Number(rows[0]?.n ?? 0) >= count;
  });

/** Everything has ended. Time is moved past leases and settle delays, a little at a time: a text lives an hour and a half. */
async function cameToRest(incidentId: string): Promise<void> {
  let movedAt = performance.now();
  await until(
    'every row to end',
    async () => {
      const { lines, balances } = await scene.ledger(incidentId);
      if (
        balances &&
        lines.length > 0 &&
        lines.every((line) => line.open === 0 && line.unknown === 0)
      )
        return true;
      if (performance.now() - movedAt < 3_000) return false;
      movedAt = performance.now();
      await scene.clock.forward({ seconds: 16 }).catch((cause: unknown) => {
        // A program that is just being started again does not follow the clock yet; the next move reaches it.
        if (!String(cause).includes('did not follow')) throw cause;
      });
      return false;
    },
    240_000,
  );
}

/** 0 lost, 0 proven duplicates: the provider's own ledger against ours. */
async function provenBy(dispatchId: string, recipients: number): Promise<void> {
  const { rows } = await superuser.query<{ accepted: string }>(
    `select count(*) as accepted from delivery.delivery where dispatch_id = $1 and state in ('accepted', 'delivered')`,
    [dispatchId],
  );
  expect(Number(rows[0]?.accepted)).toBe(recipients);
  const twice = await scene.sandbox.get<{ duplicates: unknown[] }>(
    '/control/ledger/duplicates?kind=sms&by=to,body',
  );
  expect(twice.duplicates).toEqual([]);
}

const sizeOf = (name: keyof typeof faultSizes): FaultSize => faultSizes[name][faultForm];

it('DL-1, DL-2: the courier is killed at random moments of a dispatch: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the courier');
  const { incidentId, dispatchId } = await dispatched('KILL-COURIER', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await system.programs.courier?.kill9();
  }
  await system.programs.courier?.ready();
  await cameToRest(incidentId);
  await provenBy(dispatchId, recipients);
});

it('DL-2, I-8: the engine is killed at random moments, from the report to the last row: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the engine');
  const going = { on: true };
  const killer = (async () => {
    for (let i = 0; i < kills && going.on; i += 1) {
      await system.programs.engine?.ready();
      await new Promise((go) => setTimeout(go, 100 + ((i * 733) % 900)));
      await system.programs.engine?.kill9();
    }
  })();
  const { incidentId, dispatchId } = await dispatched('KILL-ENGINE', recipients);
  await killer;
  going.on = false;
  await system.programs.engine?.ready();
  await cameToRest(incidentId);
  await provenBy(dispatchId, recipients);
});

it('P-1: Redis is emptied in the middle: 0 lost', async () => {
  const { recipients, kills } = sizeOf('empty Redis');
  const redis = new Redis(system.stack.redis.url);
  const { incidentId, dispatchId } = await dispatched('EMPTY-REDIS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await redis.flushall();
  }
  redis.disconnect();
  await cameToRest(incidentId);
  await provenBy(dispatchId, recipients);
});

it('I-3, P-1: Kafka is replayed from the start: nothing is sent twice, nothing is declared twice', async () => {
  const { recipients } = sizeOf('replay Kafka');
  const { incidentId, dispatchId } = await dispatched('REPLAY-KAFKA', recipients);
  await cameToRest(incidentId);
  const before = await superuser.query(
    `select (select count(*) from incident.incident) as incidents, (select count(*) from delivery.attempt) as attempts`,
  );
  await publishEverythingAgain(system.stack.kafka.brokers);
  await until('the consumers to come to the end again', async () => {
    const { rows } = await superuser.query<{ open: string }>(
      `select count(*) as open from platform.outbox where published_at is null`,
    );
    const ends = await endOffsets(system.stack.kafka.brokers);
    const { rows: places } = await superuser.query<{
      topic: string;
      partition: number;
      next_offset: string;
    }>(
      `select topic, partition, min(next_offset) as next_offset from platform.consumer_offset group by 1, 2`,
    );
    const isBehind = places.some(
      (place) => Number(place.next_offset) < (ends.get(`${place.topic}/${place.partition}`) ?? 0),
    );
    return Number(rows[0]?.open) === 0 && !isBehind;
  });
  await cameToRest(incidentId);
  const after = await superuser.query(
    `select (select count(*) from incident.incident) as incidents, (select count(*) from delivery.attempt) as attempts`,
  );
  expect(after.rows).toEqual(before.rows);
  await provenBy(dispatchId, recipients);
});

it('P-4: PostgreSQL’s connections are cut again and again: recovered, 0 lost, 0 double', async () => {
  const { recipients, kills } = sizeOf('cut PostgreSQL’s connections');
  const { incidentId, dispatchId } = await dispatched('CUT-CONNECTIONS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like 'varde_%' and pid <> pg_backend_pid()`,
    );
  }
  await cameToRest(incidentId);
  await provenBy(dispatchId, recipients);
});

const topics = [
  'network.incidents',
  'incident.events',
  'audience.events',
  'communication.events',
  'delivery.events',
];

const clientOf = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: 'replay', brokers: [...brokers], logLevel: logLevel.NOTHING });

async function endOffsets(brokers: readonly string[]): Promise<Map<string, number>> {
  const admin = clientOf(brokers).admin();
  await admin.connect();
  try {
    const ends = new Map<string, number>();
    for (const topic of topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, Number(high));
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/** Every record of every topic once more, in its old order, with its old bytes: the log from the start. */
async function publishEverythingAgain(brokers: readonly string[]): Promise<void> {
  const kafka = clientOf(brokers);
  const ends = await endOffsets(brokers);
  const wanted = [...ends.values()].reduce((sum, high) => sum + high, 0);
  const consumer = kafka.consumer({ groupId: 'replay', maxWaitTimeInMs: 50 });
  const producer = kafka.producer();
  await Promise.all([consumer.connect(), producer.connect()]);
  const read: {
    topic: string;
    partition: number;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, Buffer>;
  }[] = [];
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ topic, partition, message }) => {
      if (Number(message.offset) < (ends.get(`${topic}/${partition}`) ?? 0)) {
        read.push({
          topic,
          partition,
          key: message.key,
          value: message.value,
          headers: (message.headers ?? {}) as Record<string, Buffer>,
        });
      }
      return Promise.resolve();
    },
  });
  await until('the whole log to be read', () => Promise.resolve(read.length >= wanted));
  await consumer.disconnect();
  for (const { topic, ...message } of read) await producer.send({ topic, messages: [message] });
  await producer.disconnect();
}
