import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importWorld, writeSample, type ImportReport } from '@varde/audience-feature';
import { migrations, rolesSql } from '@varde/migrations';
import { AddressCipher, makeAddressKeysFile, readAddressKeys } from '@varde/platform-secrets';
import { Client, Pool } from 'pg';
import { plainCopy } from './plain-copy';

// How fast is the import beside a plain COPY of the same rows into the same tables, in the same run? Issue 4, "Speed".
//   node import-load.js --postgres postgres://postgres@127.0.0.1:5432/postgres [--customers 1000000] [--dir DIR]
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};

async function main(): Promise<void> {
  const server = argument('postgres');
  if (server === undefined)
    throw new Error('Say where PostgreSQL is: --postgres URL of a superuser.');
  const customers = Number(argument('customers') ?? 1_000_000);
  const dir = argument('dir') ?? (await mkdtemp(join(tmpdir(), 'varde-import-load-')));
  const folder = await mkdtemp(join(tmpdir(), 'varde-import-keys-'));
  try {
    const world = join(dir, `world-${customers}`);
    const written = await timed(() => writeSample({ customers, seed: 1, dir: world }));
    say(`sample of ${customers} customers written in ${written.seconds.toFixed(1)} s`);
    const database = await freshDatabase(server, 'varde_load_import');
    const keysFile = join(folder, 'keys.json');
    makeAddressKeysFile(keysFile, '2026-11');
    const cipher = new AddressCipher(readAddressKeys(keysFile));
    const imported = await timed(() => runImport(database, world, cipher));
    const rows = imported.value.reduce((sum, report) => sum + report.readCount, 0);
    say(
      `import: ${rows} rows in ${imported.seconds.toFixed(1)} s, most memory of this program ${peakMegabytes()} MB`,
    );
    const again = await timed(() => runImport(database, world, cipher));
    const changed = again.value.reduce((sum, report) => sum + report.changedCount, 0);
    say(`the same files again: ${changed} changed in ${again.seconds.toFixed(1)} s`);
    const copied = await plainCopy(
      database,
      await freshDatabase(server, 'varde_load_copy'),
      folder,
    );
    say(
      `plain COPY of ${copied.rowCount} rows into the same tables: ${copied.seconds.toFixed(1)} s`,
    );
    say(
      JSON.stringify({
        bench: 'import',
        customers,
        seconds: imported.seconds,
        copySeconds: copied.seconds,
        ratio: copied.seconds / imported.seconds,
        againSeconds: again.seconds,
        changed,
        peakMegabytes: peakMegabytes(),
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
    if (argument('dir') === undefined) await rm(dir, { recursive: true, force: true });
  }
}

async function runImport(
  database: string,
  world: string,
  cipher: AddressCipher,
): Promise<readonly ImportReport[]> {
  const url = new URL(database);
  url.username = 'varde_import';
  const pool = new Pool({ connectionString: url.toString(), max: 4 });
  let last = performance.now();
  try {
    const { files } = await importWorld(world, {
      pool,
      cipher,
      by: 'load test',
      onReport: (report) => {
        const now = performance.now();
        say(
          `  ${report.what}: ${report.readCount} rows, ${report.rejectedCount} rejected, ${((now - last) / 1000).toFixed(1)} s after the one before`,
        );
        last = now;
      },
      onProgress: ({ what, phase }) => {
        if (phase !== 'reading')
          say(`    ${what} ${phase} ${((performance.now() - last) / 1000).toFixed(1)}`);
      },
    });
    return files;
  } finally {
    await pool.end();
  }
}

async function freshDatabase(server: string, name: string): Promise<string> {
  const root = new Client({ connectionString: server });
  await root.connect();
  await root.query(`drop database if exists ${name} with (force)`);
  await root.query(rolesSql());
  await root.query(`create database ${name} owner varde_migrate`);
  await root.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const owner = new Client({ connectionString: url.toString() });
  await owner.connect();
  await owner.query('set role varde_migrate');
  const runner = {
    query: (sql: string) => owner.query(sql).then((result) => result.rows as unknown),
  };
  for (const Migration of migrations) await new Migration().up(runner as never);
  await owner.query(`insert into platform.installation (kind, name) values ('sandbox', 'load')`);
  await owner.end();
  return url.toString();
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1000 };
}

const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

void main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
