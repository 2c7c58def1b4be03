import { Redis } from 'ioredis';
import { until } from '../../tools/system/until';
import { sizeOf } from './sizes';
import { cameToRest, dispatched, leftPending, provenBy } from './world/dispatch';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { endOffsets, publishEverythingAgain } from './world/kafka-log';

let world: FaultWorld;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault' });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

it('DL-1, DL-2: the courier is killed at random moments of a dispatch: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the courier');
  const { courier } = world.system.programs;
  const { incidentId, dispatchId } = await dispatched(world, 'KILL-COURIER', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await courier?.kill9();
  }
  await courier?.ready();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('DL-2, I-8: the engine is killed at random moments, from the report to the last row: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the engine');
  const { engine } = world.system.programs;
  const going = { on: true };
  const killer = (async () => {
    for (let i = 0; i < kills && going.on; i += 1) {
      await engine?.ready();
      await new Promise((go) => setTimeout(go, 100 + ((i * 733) % 900)));
      await engine?.kill9();
    }
  })();
  const { incidentId, dispatchId } = await dispatched(world, 'KILL-ENGINE', recipients);
  await killer;
  going.on = false;
  await engine?.ready();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('P-1: Redis is emptied in the middle: 0 lost', async () => {
  const { recipients, kills } = sizeOf('empty Redis');
  const redis = new Redis(world.system.stack.redis.url);
  const { incidentId, dispatchId } = await dispatched(world, 'EMPTY-REDIS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await redis.flushall();
  }
  redis.disconnect();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('I-3, P-1: Kafka is replayed from the start: nothing is sent twice, nothing is declared twice', async () => {
  const { recipients } = sizeOf('replay Kafka');
  const { superuser, system } = world;
  const { brokers } = system.stack.kafka;
  const { incidentId, dispatchId } = await dispatched(world, 'REPLAY-KAFKA', recipients);
  await cameToRest(world, incidentId);
  const counts = `select (select count(*) from incident.incident) as incidents, (select count(*) from delivery.attempt) as attempts`;
  const before = await superuser.query(counts);
  await publishEverythingAgain(brokers);
  await until('the consumers to come to the end again', async () => {
    const { rows } = await superuser.query<{ open: string }>(
      `select count(*) as open from platform.outbox where published_at is null`,
    );
    const ends = await endOffsets(brokers);
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
  await cameToRest(world, incidentId);
  expect((await superuser.query(counts)).rows).toEqual(before.rows);
  await provenBy(world, dispatchId, recipients);
});

it('P-4: PostgreSQL’s connections are cut again and again: recovered, 0 lost, 0 double', async () => {
  const { recipients, kills } = sizeOf('cut PostgreSQL’s connections');
  const { incidentId, dispatchId } = await dispatched(world, 'CUT-CONNECTIONS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (kills + 2)));
    await world.superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like 'varde_%' and pid <> pg_backend_pid()`,
    );
  }
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});
