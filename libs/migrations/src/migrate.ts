import { DataSource } from 'typeorm';
import { migrations } from './history';

/** What `varde db migrate` and the local stack need to know. */
export interface MigrateOptions {
  /** Address of the database, signed in as varde_migrate. */
  readonly url: string;
  /** What a fresh database becomes. An existing installation keeps its kind: another one is refused. */
  readonly kind?: 'production' | 'sandbox';
  readonly name?: string;
  readonly report?: (line: string) => void;
}

/**
 * Brings the schema to the newest version, once, however many programs start together: an advisory lock lets one work and the
 * others wait for it.
 *
 * @returns names of the migrations that ran; empty when there was nothing to do
 * @throws  Error when the installation is of another kind than asked for
 * @source  DL-13, failures G-10
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    migrations: [...migrations],
    migrationsTableName: 'varde_migration',
    migrationsTransactionMode: 'each',
    extra: { options: '-c lock_timeout=30000', application_name: 'varde-migrate' },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('set lock_timeout = 0');
    await lock.query('select pg_advisory_lock(4701)');
    const done = await source.runMigrations({ transaction: 'each' });
    for (const migration of done) options.report?.(migration.name);
    if (options.kind) await settleKind(source, options.kind, options.name ?? options.kind);
    return done.map((migration) => migration.name);
  } finally {
    await lock.query('select pg_advisory_unlock(4701)');
    await lock.release();
    await source.destroy();
  }
}

async function settleKind(source: DataSource, kind: string, name: string): Promise<void> {
  await source.query(
    'insert into platform.installation (kind, name) values ($1, $2) on conflict (one) do nothing',
    [kind, name],
  );
  const [row] = await source.query<{ kind: string }[]>('select kind from platform.installation');
  if (row && row.kind !== kind) {
    throw new Error(
      `This installation is of kind ${row.kind}, not ${kind}. An installation never changes its kind: use another database.`,
    );
  }
}
