import type { DeadLetterList, IntakeStatus } from '@varde/contracts';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { Pool } from 'pg';
import { until } from '../../tools/system/until';
import { sizeOf } from './sizes';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import {
  arrived,
  expectEachOnce,
  numberedEvents,
  publishes,
  secondEngine,
} from './world/ingest-events';
import { restartsOf, started, stopped } from './world/programs';

const topic = 'network.incidents';

let world: FaultWorld;
let pool: Pool;
let admin: Admin;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault-ingest' });
  world.superuser.on('error', () => undefined); // one test takes the server away from under it
  const { postgres, kafka } = world.system.stack;
  pool = new Pool({ connectionString: postgres.superuserUrl('varde'), max: 2 });
  pool.on('error', () => undefined);
  admin = new Kafka({
    clientId: 'arranging',
    brokers: [...kafka.brokers],
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await admin?.disconnect();
  await pool?.end();
  await world?.stop();
}, 120_000);

const status = (): Promise<IntakeStatus> =>
  world.scene.person('tuva.admin').get<IntakeStatus>('/intake/status');

/** Waits until so many events of these are in; while PostgreSQL is away nothing is known. */
const untilArrived = (name: string, count: number, withinMs = 120_000): Promise<unknown> =>
  until(
    `${count} events of ${name}`,
    async () => (await arrived(pool, name).catch(() => 0)) >= count,
    withinMs,
  );

it('I-1: the engine is killed at random, a second one comes and goes, the broker is killed: 0 of the numbered events lost, 0 twice', async () => {
  const { recipients: events, kills } = sizeOf('numbered events');
  const records = numberedEvents(world, 'I1', events);
  const publishing = publishes(world, records);
  for (let i = 1; i <= kills; i += 1) {
    await untilArrived('I1', Math.floor((events * i) / (kills + 2)));
    const second = i % 3 === 1 ? await secondEngine(world) : undefined;
    await world.programs.engine?.kill9();
    if (i % 5 === 2) {
      const broker = world.system.stack.server('kafka');
      await broker.kill9();
      await broker.startAgain();
    }
    await world.programs.engine?.ready();
    await second?.stop();
  }
  await publishing;
  await untilArrived('I1', events, 300_000);
  await expectEachOnce(pool, 'I1', records);
});

it('I-2: retention overtakes the intake and the group is forgotten: each loss is told within 60 s, and the rest is taken', async () => {
  const { recipients: events, kills: rounds } = sizeOf('retention overtakes the intake');
  for (let round = 1; round <= rounds; round += 1) {
    const name = `I2R${round}`;
    await stopped(world, 'engine');
    const before = await placesOf();
    await publishes(world, numberedEvents(world, name, events));
    await admin.deleteGroups(['varde.intake']);
    const lost = await throwAwayAllButTheLast();
    await started(world, 'engine');

    const known = new Map((await status()).gaps.map((gap) => [keyOf(gap), gap]));
    await until(
      'a gap for each partition, seen by a person',
      async () => {
        for (const gap of (await status()).gaps) known.set(keyOf(gap), gap);
        return [...lost].every(([partition, low]) =>
          known.has(`intake ${partition} ${before.get(partition) ?? 0} ${low}`),
        );
      },
      60_000,
    );
    await untilArrived(name, lost.size);
    const after = numberedEvents(world, `${name}A`, 20);
    await publishes(world, after);
    await untilArrived(`${name}A`, after.length);
    await expectEachOnce(pool, `${name}A`, after);
  }
});

it('I-4: a handler that hangs blocks its partition for half a minute at most, and its event can be played again', async () => {
  const { recipients: others, kills: hangs } = sizeOf('a handler hangs');
  for (let round = 1; round <= hangs; round += 1) {
    const name = `I4R${round}`;
    const [poison, ...rest] = numberedEvents(world, name, others + 2);
    if (!poison) throw new Error('no event was made');
    await pool.query(`
      create function incident.planted() returns trigger language plpgsql as $$
      begin perform pg_sleep(3600); return new; end $$;
      create trigger planted before insert on incident.inbox_event for each row
        when (new.event_id = '${poison.headers['ce_id']}') execute function incident.planted()`);
    await publishes(world, [poison, ...rest]);
    // The second event of the same alarm stands behind it in its partition.
    await until(
      'the events behind it',
      async () => (await arrived(pool, name)) === others + 2,
      30_000,
    );
    await pool.query(
      'drop trigger planted on incident.inbox_event; drop function incident.planted()',
    );

    const admins = world.scene.person('tuva.admin');
    const { deadLetters } = await admins.get<DeadLetterList>('/intake/dead-letters?limit=1');
    expect(deadLetters).toMatchObject([{ reason: 'handler-failed' }]);
    await admins.post(`/intake/dead-letters/${deadLetters[0]?.n}/replay`, {});
    await expectEachOnce(pool, name, [poison, ...rest]);
  }
});

it('I-5: PostgreSQL is off under load: nothing lost, no program leaves, and all of it is caught up with', async () => {
  const { recipients: events, kills: seconds } = sizeOf('PostgreSQL is off');
  const records = numberedEvents(world, 'I5', events);
  const restarts = restartsOf(world);
  const publishing = publishes(world, records, events / (2 * seconds));
  await untilArrived('I5', 1);
  const postgres = world.system.stack.server('postgres');
  await postgres.kill9();
  await new Promise((go) => setTimeout(go, seconds * 1_000));
  await postgres.startAgain();
  await publishing;
  await untilArrived('I5', events, 300_000);
  await expectEachOnce(pool, 'I5', records);
  expect(restartsOf(world)).toEqual(restarts);
  await until(
    'the relay to be woken by others again',
    async () => {
      const { rows } = await pool.query(
        `select 1 from pg_stat_activity where application_name = 'varde-relay'`,
      );
      return rows.length === 1;
    },
    30_000,
  );
});

const keyOf = (gap: IntakeStatus['gaps'][number]): string =>
  `${gap.consumer} ${gap.partition} ${gap.expectedOffset} ${gap.lowWaterMark}`;

/** Where the intake goes on, by partition. */
async function placesOf(): Promise<ReadonlyMap<number, number>> {
  const { offsets } = await status();
  return new Map(
    offsets
      .filter((one) => one.consumer === 'intake' && one.topic === topic)
      .map((one) => [one.partition, Number(one.nextOffset)]),
  );
}

/** The broker throws away what lies before the last record of each partition. @returns the new first offsets of those that lost something unread */
async function throwAwayAllButTheLast(): Promise<ReadonlyMap<number, number>> {
  const places = await placesOf();
  const marks = await admin.fetchTopicOffsets(topic);
  const lost = new Map(
    marks
      .map(({ partition, high }) => [partition, Number(high) - 1] as const)
      .filter(([partition, low]) => low > (places.get(partition) ?? Infinity)),
  );
  expect(lost.size).toBeGreaterThan(0);
  await admin.deleteTopicRecords({
    topic,
    partitions: [...lost].map(([partition, low]) => ({ partition, offset: String(low) })),
  });
  return lost;
}
