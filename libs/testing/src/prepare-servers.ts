import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import type { Stack } from '@varde/local';
import { migrate, movableClockSql, rolesSql } from '@varde/migrations';
import { giveSchemaPublic } from './test-database';
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
  await asOwner(stack.postgres.superuserUrl(templateDatabase), (client) =>
    client.query(giveSchemaPublic),
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

// The broker's first topic takes longer than the others.
async function warmUp(brokers: readonly string[]): Promise<void> {
  const kafka = new Kafka({
    clientId: 'warm-up',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  // No consumer here: one that never comes to its first fetch would hold up the whole run, and half a second is not worth that.
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'warm-up' }] });
  await admin.disconnect();
}
