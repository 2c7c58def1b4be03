import { Client } from 'pg';
import type { Stack } from '@varde/local';
import { migrate, movableClockSql, rolesSql, type ProgramRole } from '@varde/migrations';

/** The database of a local installation. */
export interface Installation {
  readonly database: string;
  /** Address for one role; on loopback, without a password, as the throw-away servers are set up. */
  urlFor(role: ProgramRole | 'varde_sandbox'): string;
}

/** How a sandbox installation differs from another. */
export interface InstallationOptions {
  readonly name: string;
  /** Seconds that lanes which are not critical wait before their first intent. */
  readonly holdSeconds: number;
}

/**
 * Makes the roles and the database where they are missing, brings the schema up to date, and gives the sandbox its movable clock.
 * Running it again changes nothing.
 */
export async function prepareInstallation(
  stack: Stack,
  options: InstallationOptions,
): Promise<Installation> {
  const database = 'varde';
  await asSuperuser(stack.postgres.superuserUrl('postgres'), async (client) => {
    await client.query(rolesSql());
    await client.query(
      `do $$ begin if not exists (select from pg_roles where rolname = 'varde_sandbox') then create role varde_sandbox login noinherit; end if; end $$`,
    );
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ]);
    if (rowCount === 0) await client.query(`create database ${database} owner varde_migrate`);
  });
  await asSuperuser(stack.postgres.superuserUrl(database), (client) =>
    client.query('alter schema public owner to varde_migrate'),
  );
  const urlFor = (role: string): string => {
    const url = new URL(stack.postgres.superuserUrl(database));
    url.username = role;
    return url.href;
  };
  await migrate({ url: urlFor('varde_migrate'), kind: 'sandbox', name: options.name });
  await asSuperuser(urlFor('varde_migrate'), async (client) => {
    await client.query(movableClockSql);
    await client.query('update delivery.setting set hold_seconds = $1', [options.holdSeconds]);
  });
  return { database, urlFor };
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
