import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dropMovableClock, migrate, migrations, movableClockSql } from '@varde/migrations';
import { aBareDatabase, type TestDatabase } from '@varde/testing';
import { grantLines, schemaLines } from './catalog';

jest.setTimeout(60_000);

let database: TestDatabase;
beforeEach(async () => {
  database = await aBareDatabase();
});
afterEach(() => database.drop());

const ask: TestDatabase['query'] = (sql, values) => database.query(sql, values);
const names = migrations.map((migration) => migration.name);
const asOwner = (): string => database.urlFor('varde_migrate');

async function onOwnersSource<T>(work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: asOwner(),
    migrations: [...migrations],
    migrationsTableName: 'varde_migration',
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function runAsOwner(sql: string): Promise<void> {
  const client = new Client({ connectionString: asOwner() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  it('go up, down, and up again to the same schema and the same grants', async () => {
    expect(await migrate({ url: asOwner() })).toEqual(names);
    const before = [await schemaLines(ask), await grantLines(ask)];
    await onOwnersSource(async (source) => {
      for (const _ of migrations) await source.undoLastMigration({ transaction: 'each' });
    });
    expect([await schemaLines(ask), await grantLines(ask)]).toEqual([[], []]);
    expect(await ask('select * from varde_migration')).toEqual([]);
    expect(await migrate({ url: asOwner() })).toEqual(names);
    expect([await schemaLines(ask), await grantLines(ask)]).toEqual(before);
  });

  it('go down to any point and up from there', async () => {
    await migrate({ url: asOwner() });
    const before = await schemaLines(ask);
    for (let depth = 1; depth <= migrations.length; depth += 1) {
      await onOwnersSource(async (source) => {
        for (let n = 0; n < depth; n += 1) await source.undoLastMigration({ transaction: 'each' });
      });
      expect(await migrate({ url: asOwner() })).toEqual(names.slice(names.length - depth));
    }
    expect(await schemaLines(ask)).toEqual(before);
  });

  it('are in the order of their timestamps, each once', () => {
    const stamps = names.map((name) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
  });

  it('know no time without a zone', async () => {
    await migrate({ url: asOwner() });
    expect(
      await ask(
        `select format('%s.%s.%s', table_schema, table_name, column_name) as name from information_schema.columns
          where table_schema !~ '^(pg_|information_schema)' and data_type in ('timestamp without time zone', 'time with time zone')`,
      ),
    ).toEqual([]);
  });

  it('read one clock: no default and no function asks PostgreSQL itself', async () => {
    await migrate({ url: asOwner() });
    const asking = (await schemaLines(ask)).filter((line) =>
      /\b(now\(\)|current_(date|time|timestamp)|localtime|transaction_timestamp|statement_timestamp|clock_timestamp)/i.test(
        line,
      ),
    );
    expect(asking.map((line) => line.split('\n')[0]?.trim())).toEqual([
      'CREATE OR REPLACE FUNCTION platform.clock()',
    ]);
  });

  it('G-10, DL-13: run once when eight programs start together', async () => {
    const done = await Promise.all(
      Array.from({ length: 8 }, () => migrate({ url: asOwner(), kind: 'sandbox' })),
    );
    expect(done.flat()).toEqual(names);
    expect(await ask('select name from varde_migration order by id')).toEqual(
      names.map((name) => ({ name })),
    );
    expect(await ask('select kind from platform.installation')).toEqual([{ kind: 'sandbox' }]);
  });

  it('find nothing to do the second time', async () => {
    await migrate({ url: asOwner() });
    expect(await migrate({ url: asOwner() })).toEqual([]);
  });
});

describe('an installation', () => {
  it('of production refuses the movable clock', async () => {
    await migrate({ url: asOwner(), kind: 'production' });
    await expect(runAsOwner(movableClockSql)).rejects.toMatchObject({
      code: '42501',
      message: 'only a sandbox installation has a movable clock',
    });
    expect(await ask(`select to_regclass('platform.test_clock')::text as clock`)).toEqual([
      { clock: null },
    ]);
  });

  it('of no kind yet refuses it too', async () => {
    await migrate({ url: asOwner() });
    await expect(runAsOwner(movableClockSql)).rejects.toMatchObject({ code: '42501' });
  });

  it('of production refuses the sample world', async () => {
    await migrate({ url: asOwner(), kind: 'production' });
    await expect(
      runAsOwner('update platform.installation set sample_world = true'),
    ).rejects.toMatchObject({
      constraint: 'production_holds_no_sample_world',
    });
  });

  it('never changes its kind, and says so', async () => {
    await migrate({ url: asOwner(), kind: 'production' });
    await expect(migrate({ url: asOwner(), kind: 'sandbox' })).rejects.toThrow(
      'This installation is of kind production, not sandbox. An installation never changes its kind: use another database.',
    );
  });

  it('of a sandbox takes the movable clock away again', async () => {
    await migrate({ url: asOwner(), kind: 'sandbox' });
    const before = await schemaLines(ask);
    await runAsOwner(movableClockSql);
    await ask(`update platform.test_clock set shift = '-100 years'`);
    expect(await ask(`select platform.clock() < '2000-01-01' as moved`)).toEqual([{ moved: true }]);
    await runAsOwner(dropMovableClock);
    expect(await ask(`select platform.clock() < '2000-01-01' as moved`)).toEqual([
      { moved: false },
    ]);
    expect(await schemaLines(ask)).toEqual(before);
  });
});
