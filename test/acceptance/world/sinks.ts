import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { request } from 'undici';
import { until } from '../../../tools/system/until';
import type { SystemFacts } from './global-setup';
import type { Sink } from './traces';

/**
 * Everything that a running Varde has written anywhere: Redis as it is and as it ever was, every topic, every table, every log,
 * the figures. The sandbox is the outside world, so its own log is not one of ours.
 *
 * @source S-27
 */
export async function allSinks(facts: SystemFacts): Promise<readonly Sink[]> {
  return [
    ...(await redisSinks(facts)),
    ...(await kafkaSinks(facts)),
    ...(await postgresSinks(facts)),
    ...filesBelow(join(facts.folder, 'logs'), 'log').filter(
      ({ name }) => name !== 'log sandbox.log',
    ),
    ...(await metricsSinks(facts)),
  ];
}

function filesBelow(folder: string, kind: string): Sink[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: `${kind} ${entry.name}`,
      bytes: readFileSync(join(entry.parentPath, entry.name)),
    }));
}

const readAll: Readonly<Record<string, (key: Buffer) => readonly (string | Buffer)[]>> = {
  string: (key) => ['get', key],
  hash: (key) => ['hgetall', key],
  list: (key) => ['lrange', key, '0', '-1'],
  set: (key) => ['smembers', key],
  zset: (key) => ['zrange', key, '0', '-1', 'withscores'],
  stream: (key) => ['xrange', key, '-', '+'],
};

/** Each key with its value, and the append-only file, which holds every command since Redis started: jobs that are gone too. */
async function redisSinks({ redis: url, folder }: SystemFacts): Promise<Sink[]> {
  const redis = new Redis(url);
  try {
    const sinks: Sink[] = [];
    for (const key of (await redis.callBuffer('keys', '*')) as Buffer[]) {
      const type = await redis.type(key);
      const [command = '', ...values] = readAll[type]?.(key) ?? [];
      if (command === '') throw new Error(`Redis holds a ${type}, which this test cannot read.`);
      const value: unknown = await redis.callBuffer(String(command), ...values);
      sinks.push({ name: `redis ${type} ${key.toString()}`, bytes: bytesOf([key, value]) });
    }
    return [...sinks, ...filesBelow(join(folder, 'redis'), 'redis file')];
  } finally {
    redis.disconnect();
  }
}

/** All byte strings in an answer, one to a line. */
function bytesOf(value: unknown): Buffer {
  if (Array.isArray(value))
    return Buffer.concat(value.flatMap((one) => [bytesOf(one), Buffer.from('\n')]));
  if (Buffer.isBuffer(value)) return value;
  return typeof value === 'object' && value !== null
    ? bytesOf(Object.entries(value))
    : Buffer.from(`${value as string | number | null}`);
}

/** Every record of every topic from its beginning: key, headers, value. */
async function kafkaSinks({ brokers }: SystemFacts): Promise<Sink[]> {
  const kafka = new Kafka({
    clientId: 'canary',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  await admin.disconnect();
  const wanted = ends.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  const read = new Map<string, Buffer[]>(topics.map((topic) => [topic, []]));
  let count = 0;
  const consumer = kafka.consumer({ groupId: `canary-${randomUUID()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ topic, message }) => {
        const headers = Object.entries(message.headers ?? {}).flat(2);
        read.get(topic)?.push(bytesOf([message.key, ...headers, message.value]));
        count += 1;
        return Promise.resolve();
      },
    });
    await until('every topic to be read', () => Promise.resolve(count >= wanted));
  } finally {
    await consumer.disconnect();
  }
  return topics.map((topic) => ({
    name: `topic ${topic}`,
    bytes: Buffer.concat(read.get(topic) ?? []),
  }));
}

/** Every row of every table of ours, as PostgreSQL prints it: bytes in hexadecimal. */
async function postgresSinks({ urls }: SystemFacts): Promise<Sink[]> {
  const client = new Client({ connectionString: urls.superuser });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const sinks: Sink[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(
        `select t::text as line from ${name} t`,
      );
      sinks.push({
        name: `table ${name}`,
        bytes: Buffer.from(rows.map(({ line }) => line).join('\n')),
      });
    }
    return sinks;
  } finally {
    await client.end();
  }
}

async function metricsSinks({ api, engine, callbackUrl }: SystemFacts): Promise<Sink[]> {
  const programs = Object.entries({ api, engine, courier: callbackUrl });
  return Promise.all(
    programs.map(async ([name, url]) => {
      const { body, statusCode } = await request(`${url}/metrics`);
      if (statusCode !== 200) throw new Error(`The figures of ${name} answered ${statusCode}.`);
      return { name: `metrics ${name}`, bytes: Buffer.from(await body.arrayBuffer()) };
    }),
  );
}
