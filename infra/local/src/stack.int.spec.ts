import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import Redis from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { readChildren } from './children';
import { startStack, type Stack } from './stack';

jest.setTimeout(120_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ name: 'test', throwAway: true });
});
afterAll(() => stack.stop());

async function query(of: Stack, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: of.postgres.superuserUrl('postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function onRedis<T>(of: Stack, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(of.redis.url);
  try {
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

async function onKafka<T>(
  of: Stack,
  act: (admin: ReturnType<Kafka['admin']>) => Promise<T>,
): Promise<T> {
  const kafka = new Kafka({ brokers: [...of.kafka.brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.disconnect();
  }
}

const addTopic = (of: Stack, topic: string): Promise<boolean> =>
  onKafka(of, (admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic }] }));

describe('a throw-away stack', () => {
  it('answers on all three servers', async () => {
    expect(await query(stack, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await onRedis(stack, (redis) => redis.ping())).toBe('PONG');
    expect((await onKafka(stack, (admin) => admin.describeCluster())).brokers).toHaveLength(1);
  });

  it('runs PostgreSQL with the settings that the ledger rests on', async () => {
    const settings = await query(
      stack,
      `select name, setting from pg_settings
        where name in ('fsync', 'synchronous_commit', 'max_connections', 'listen_addresses', 'TimeZone')
        order by name collate "C"`,
    );
    expect(settings).toEqual([
      { name: 'TimeZone', setting: 'UTC' },
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'max_connections', setting: '200' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
  });

  it('runs Redis so that no job is lost quietly', async () => {
    const kept = await onRedis(stack, (redis) => redis.config('GET', 'appendonly'));
    const policy = await onRedis(stack, (redis) => redis.config('GET', 'maxmemory-policy'));
    expect([kept, policy]).toEqual([
      ['appendonly', 'yes'],
      ['maxmemory-policy', 'noeviction'],
    ]);
  });

  it('runs Kafka so that a topic with a typing error is not made', async () => {
    const asked = onKafka(stack, (admin) =>
      admin.fetchTopicMetadata({ topics: ['no-such-topic'] }),
    );
    await expect(asked).rejects.toThrow('This server does not host this topic-partition');
  });

  it('tells its addresses in its lock, ready only once it is announced', () => {
    const lock = (): unknown => JSON.parse(readFileSync(join(stack.folder, 'lock.json'), 'utf8'));
    expect(lock()).toMatchObject({ ready: false });
    stack.announce({ api: 'http://127.0.0.1:1' });
    expect(lock()).toMatchObject({
      ready: true,
      addresses: { api: 'http://127.0.0.1:1', redis: stack.redis.url, kafka: stack.kafka.brokers },
    });
  });

  it('brings back each server on its port, with its data, after it was killed', async () => {
    await query(stack, 'create table kept (id int); insert into kept values (7)');
    await onRedis(stack, (redis) => redis.set('kept', '7'));
    await addTopic(stack, 'kept');
    for (const name of ['postgres', 'redis', 'kafka'] as const) {
      const server = stack.server(name);
      const before = server.pid;
      await server.kill9();
      await server.startAgain();
      expect(server.pid).not.toBe(before);
    }
    expect(await query(stack, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(await onRedis(stack, (redis) => redis.get('kept'))).toBe('7');
    expect(await onKafka(stack, (admin) => admin.listTopics())).toContain('kept');
  });
});

describe('a second stack', () => {
  it('runs beside the first, and knows nothing of its data', async () => {
    await addTopic(stack, 'of-the-first');
    const second = await startStack({ name: 'test', throwAway: true });
    try {
      expect(second.folder).not.toBe(stack.folder);
      expect(await onKafka(second, (admin) => admin.listTopics())).not.toContain('of-the-first');
      expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await second.stop();
    }
    expect(await onKafka(stack, (admin) => admin.listTopics())).toContain('of-the-first');
  });

  it('avoids ports that are taken, and tells so in one sentence each', async () => {
    const said: string[] = [];
    const { port } = stack.postgres;
    const stranger = createServer();
    await new Promise<void>((settle) => void stranger.listen(0, '127.0.0.1', settle));
    const taken = (stranger.address() as AddressInfo).port;
    const second = await startStack({
      name: 'test',
      throwAway: true,
      wishedPorts: { postgres: port, redis: taken, kafka: taken },
      report: (line) => said.push(line),
    });
    try {
      expect(said.sort()).toEqual(
        [
          `Port ${taken} is taken by another program: Kafka listens on ${second.kafka.brokers[0]?.split(':')[1]} instead.`,
          `Port ${taken} is taken by another program: Redis listens on ${second.redis.port} instead.`,
          `Port ${port} is taken by another program: PostgreSQL listens on ${second.postgres.port} instead.`,
        ].sort(),
      );
    } finally {
      stranger.close();
      await second.stop();
    }
  });

  it('uses servers that run already, and neither starts nor ends one of them', async () => {
    const second = await startStack({
      name: 'test',
      throwAway: true,
      existing: {
        postgresUrl: stack.postgres.superuserUrl('postgres'),
        redisUrl: stack.redis.url,
        kafkaBrokers: stack.kafka.brokers,
      },
    });
    expect(readChildren(join(second.folder, 'children.json'))).toEqual([]);
    expect(second.postgres.superuserUrl('other')).toBe(stack.postgres.superuserUrl('other'));
    expect(() => second.server('redis')).toThrow('was not started by us');
    await second.stop();
    expect(await onRedis(stack, (redis) => redis.ping())).toBe('PONG');
  });

  it('leaves neither a process nor a folder when it has stopped', async () => {
    const second = await startStack({ name: 'test', throwAway: true });
    const children = readChildren(join(second.folder, 'children.json'));
    expect(children.map(({ name }) => name).sort()).toEqual(['kafka', 'postgres', 'redis']);
    await Promise.all([second.stop(), second.stop()]);
    expect(children.filter(({ pid }) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(existsSync(second.folder)).toBe(false);
  });

  it('that cannot come up takes down what had come up, and says why with the server’s own words', async () => {
    const broken = startStack({
      name: 'test',
      throwAway: true,
      existing: { redisUrl: 'redis://127.0.0.1:1' },
    });
    await expect(broken).rejects.toThrow(
      'VARDE_REDIS_URL names 127.0.0.1:1, where nothing listens: start that server or take the setting away.',
    );
  });
});
