import { Redis } from 'ioredis';
import { until } from '../../tools/system/until';
import { approvalOf } from '../acceptance/world/story';
import { sizeOf } from './sizes';
import { cameToRest, drafted, provenBy } from './world/dispatch';
import { startFaultWorld, type FaultWorld } from './world/fault-world';
import { frozen, secondPlanOf } from './world/programs';

/** An answer of the API, whatever is down behind it. */
const answerMs = 1_000;

let world: FaultWorld;

beforeAll(async () => {
  world = await startFaultWorld({ name: 'fault-redis' });
}, 120_000);

afterAll(() => world?.stop(), 120_000);

/** Submits and approves what is drafted. @returns how long each answer took */
async function answered(
  reference: string,
  recipients: number,
): Promise<{ incidentId: string; tookMs: number[] }> {
  const { scene } = world;
  const { incident, drafts } = await drafted(world, reference, recipients);
  const tookMs: number[] = [];
  const timed = async (call: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await call();
    tookMs.push(performance.now() - began);
  };
  for (const { messageId } of drafts)
    await timed(() => scene.author.post(`/messages/${messageId}/submit`, {}));
  await timed(() => scene.colleague.post('/messages/approve', approvalOf(drafts), true));
  return { incidentId: incident.incidentId, tookMs };
}

it('P-2: Redis takes connections and never answers: the API answers at once, and the sweeper sends all of it', async () => {
  const { recipients, kills: messages } = sizeOf('Redis does not answer');
  const tookMs: number[] = [];
  await frozen([world.system.stack.server('redis')], async () => {
    for (let i = 1; i <= messages; i += 1) {
      const message = await answered(`NO-REDIS-${i}`, recipients);
      tookMs.push(...message.tookMs);
      // Still without Redis: what is not sent by the sweeper is not sent.
      await cameToRest(world, message.incidentId);
      const [dispatch] = await world.scene.dispatches(message.incidentId);
      await provenBy(world, dispatch?.dispatchId ?? '', recipients);
    }
  });
  const p99 = tookMs.sort((a, b) => a - b)[Math.ceil(tookMs.length * 0.99) - 1];
  expect(p99).toBeLessThanOrEqual(answerMs);
});

/** Every job that was asked for has been added, and no worker leaves one lying: the sweeper alone would send just as well. */
const everyJobIsTaken = (redis: Redis): Promise<unknown> =>
  until('the workers to take every job', async () => {
    const { rowCount: notAdded } = await world.superuser.query(
      `select from platform.job_request where added_at is null and (due_at is null or due_at <= platform.clock())`,
    );
    const waiting = await Promise.all(
      (await redis.keys('varde:*:wait')).map((queue) => redis.llen(queue)),
    );
    return notAdded === 0 && waiting.every((jobs) => jobs === 0);
  });

it('P-2: Redis is killed and comes again: what was asked for meanwhile is sent, and later work rings as before', async () => {
  const { recipients } = sizeOf('Redis does not answer');
  const redis = world.system.stack.server('redis');
  await redis.kill9();
  const without = await answered('REDIS-KILLED', recipients);
  await redis.startAgain();
  const after = await answered('REDIS-BACK', recipients);
  for (const { incidentId } of [without, after]) {
    await cameToRest(world, incidentId);
    const [dispatch] = await world.scene.dispatches(incidentId);
    await provenBy(world, dispatch?.dispatchId ?? '', recipients);
  }
  const looking = new Redis(world.system.stack.redis.url);
  try {
    await everyJobIsTaken(looking);
  } finally {
    looking.disconnect();
  }
});

it.each(['engine', 'courier'] as const)(
  'P-1: the %s refuses to start beside a Redis that evicts keys, and says so',
  async (name) => {
    const redis = new Redis(world.system.stack.redis.url);
    const second = await secondPlanOf(world, name);
    try {
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await expect(world.system.stack.startProgram({ ...second, restart: false })).rejects.toThrow(
        'Redis evicts keys (maxmemory-policy allkeys-lru): jobs would vanish.',
      );
    } finally {
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      redis.disconnect();
    }
  },
);
