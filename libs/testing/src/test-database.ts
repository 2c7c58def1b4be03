import { Client, Pool } from 'pg';
import { Database } from '@varde/platform-database';
import type { ProgramRole } from '@varde/migrations';
import { aPrefix } from './prefix';
import { emptyTables } from './empty-tables';
import { testClock, type TestClock } from './test-clock';
import { testServers } from './test-servers';

/** A database of a test's own: all migrations, the kind `sandbox`, a clock that moves, no rows. */
export interface TestDatabase {
  readonly name: string;
  /** Address for a program that signs in under its own role. */
  urlFor(role: ProgramRole): string;
  /** For arranging and looking only: no program signs in like this. */
  readonly superuserUrl: string;
  /** A program's connections; closed by `drop`. */
  database(role: ProgramRole): Promise<Database>;
  /** One statement as superuser. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  readonly clock: TestClock;
  /** Takes every row away that did not come with the migrations: 5 to 8 ms, where a fresh clone costs 15 to 18. */
  empty(): Promise<void>;
  /** Closes what `database` gave, and drops the database with whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A fresh clone of the migrated template. Make one in `beforeAll`, drop it in `afterAll`.
 *
 * @throws Error outside of `jest -c jest.int.config.cjs`
 * @source `recipes.md` §2
 */
export async function aDatabase(): Promise<TestDatabase> {
  const name = aPrefix();
  const { templateDatabase } = testServers();
  await onServer(
    `create database ${name} template ${templateDatabase} owner varde_migrate strategy file_copy`,
  );
  return open(name);
}

/** A database without a single migration, owned by the migration role: for tests of migrating itself. It has no clock yet. */
export async function aBareDatabase(): Promise<TestDatabase> {
  const name = aPrefix();
  await onServer(`create database ${name} owner varde_migrate`);
  const database = open(name);
  await database.query(giveSchemaPublic);
  return database;
}

/** `varde_migrate` inherits nothing, so it does not get what PostgreSQL gives to a database's owner in `public` either. */
export const giveSchemaPublic = 'alter schema public owner to varde_migrate';

function open(name: string): TestDatabase {
  const superuserUrl = urlOf('postgres', name);
  const pool = new Pool({ connectionString: superuserUrl, max: 4 });
  // `drop` ends connections by force; a test that ends early must not die of it.
  pool.on('error', () => undefined);
  const opened: Database[] = [];
  return {
    name,
    urlFor: (role) => urlOf(role, name),
    superuserUrl,
    async database(role) {
      const database = await Database.connect({ url: urlOf(role, name), applicationName: role });
      opened.push(database);
      return database;
    },
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query(sql, [...values])).rows as Row[],
    clock: testClock(pool),
    empty: () => emptyTables(pool),
    async drop() {
      await Promise.all(opened.map((database) => database.close()));
      await pool.end();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

function urlOf(role: string, database: string): string {
  const url = new URL(testServers().postgresUrl);
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres', 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
