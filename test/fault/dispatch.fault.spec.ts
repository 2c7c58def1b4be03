import { Redis } from 'ioredis';
import { until } from '../../tools/system/until';
import { sizeOf } from './sizes';
import { cutDuringSettle } from './world/commit-cut';
import { cameToRest, dispatched, leftPending, provenBy, sendsOn } from './world/dispatch';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { endOffsets, publishEverythingAgain } from './world/kafka-log';
import { restartsOf } from './world/programs';
import { halfDone, quickEffects, slowEffects } from './world/slow-effects';

let world: FaultWorld;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault' });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

it('DL-1, DL-2: the courier is killed again and again while it sends: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the courier');
  const { courier } = world.system.programs;
  const { incidentId, dispatchId } = await dispatched(world, 'KILL-COURIER', recipients);
  for (let i = 0; i < kills; i += 1) {
    await courier?.ready();
    await sendsOn(world, dispatchId);
    await new Promise((go) => setTimeout(go, (i * 733) % 250));
    await courier?.kill9();
  }
  await courier?.ready();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
});

it('DL-2, I-8: the engine is killed at random moments and in the middle of its effects, from the report to the last row: 0 lost, 0 proven duplicates', async () => {
  const { recipients, kills } = sizeOf('kill the engine');
  const { engine } = world.system.programs;
  await slowEffects(world);
  let inTheMiddle = 0;
  const killer = (async () => {
    for (let i = 0; i < kills; i += 1) {
      await engine?.ready();
      // Every second kill leaves a fact time to be done, or nothing would ever come further.
      if (i % 2 === 0) inTheMiddle += Number(await halfDone(world, 2_000));
      else await new Promise((go) => setTimeout(go, 500 + ((i * 733) % 900)));
      await engine?.kill9();
    }
  })();
  const { incidentId, dispatchId } = await dispatched(world, 'KILL-ENGINE', recipients);
  await killer;
  await quickEffects(world);
  await engine?.ready();
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
  expect(inTheMiddle).toBeGreaterThan(0);
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

it('P-4: PostgreSQL’s connections are cut again and again: no program leaves, 0 lost, 0 double', async () => {
  const { recipients, kills } = sizeOf('cut PostgreSQL’s connections');
  const restarts = restartsOf(world);
  const { incidentId, dispatchId } = await dispatched(world, 'CUT-CONNECTIONS', recipients);
  for (let i = 1; i <= kills; i += 1) {
    await leftPending(world, dispatchId, Math.floor((recipients * i) / (kills + 2)));
    if (i === 1) await cutDuringSettle(world);
    else
      await world.superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename like 'varde_%' and pid <> pg_backend_pid()`,
      );
  }
  await cameToRest(world, incidentId);
  await provenBy(world, dispatchId, recipients);
  expect(restartsOf(world)).toEqual(restarts);
});
