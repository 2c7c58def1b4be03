import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import type { Stack } from '@varde/local';
import { migrate, movableClockSql, rolesSql } from '@varde/migrations';
import type { TestServers } from './test-servers';

const templateDatabase = 'varde_template';

/** Makes a bare stack ready for tests: roles, the migrated template, a first consumer group. */
export async function prepareServers(stack: Stack): Promise<TestServers> {
  const brokers = stack.kafka.brokers;
  const [seededTables] = await Promise.all([makeTemplate(stack), warmUp(brokers)]);
  const postgresUrl = new URL(stack.postgres.superuserUrl('postgres'));
  postgresUrl.pathname = '';
  return {
    postgresUrl: postgresUrl.href,
    redisUrl: stack.redis.url,
    brokers,
    templateDatabase,
    seededTables,
  };
}

async function makeTemplate(stack: Stack): Promise<readonly string[]> {
  const server = stack.postgres.superuserUrl('postgres');
  await asOwner(server, async (client) => {
    await client.query(rolesSql());
    await client.query(`create database ${templateDatabase} owner varde_migrate`);
  });
  // `varde_migrate` inherits nothing, so it does not get what PostgreSQL gives to a database's owner in `public` either.
  await asOwner(stack.postgres.superuserUrl(templateDatabase), (client) =>
    client.query('alter schema public owner to varde_migrate'),
  );
  const template = new URL(stack.postgres.superuserUrl(templateDatabase));
  template.username = 'varde_migrate';
  await migrate({ url: template.href, kind: 'sandbox', name: 'jest' });
  const seeded = await asOwner(template.href, async (client) => {
    await client.query(movableClockSql);
    return filledTables(client);
  });
  await asOwner(server, (client) =>
    client.query(`alter database ${templateDatabase} with allow_connections false`),
  );
  return seeded;
}

async function filledTables(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%s.%s', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
        and (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name),
                                                 true, true, '')))[1]::text <> '0'
      order by 1`,
  );
  return rows.map((row) => row.name);
}

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

// A broker's first group makes `__consumer_offsets`, which would be the first test's half second (recipes.md §2).
async function warmUp(brokers: readonly string[]): Promise<void> {
  const kafka = new Kafka({
    clientId: 'warm-up',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'warm-up' }] });
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: 'warm-up', maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: ['warm-up'] });
  const joined = new Promise<void>((settle) =>
    consumer.on(consumer.events.GROUP_JOIN, () => settle()),
  );
  await consumer.run({ eachMessage: () => Promise.resolve() });
  await joined;
  await consumer.disconnect();
}
