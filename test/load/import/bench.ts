import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importWorld, writeSample, type ImportReport } from '@varde/audience-feature';
import { migrate, rolesSql } from '@varde/migrations';
import { AddressCipher, makeAddressKeysFile, readAddressKeys } from '@varde/platform-secrets';
import { Client, Pool } from 'pg';
import type { BenchResult, Machine } from '../figures';
import { plainCopy } from './plain-copy';

/** Customers of the sample world, each with its subscriptions and contacts. */
export const importSizes = { ci: 20_000, full: 1_000_000 } as const;

/** Half of the target in the CI form: it catches a cliff, not a slope. @source benchmarks §2, rule 9 */
const targets = { full: 0.5, ci: 0.25 } as const;
const promisedSeconds = 60;

/** Where the import is measured. @property superuserUrl address of a PostgreSQL as superuser */
export interface ImportGround {
  readonly superuserUrl: string;
  readonly machine: Machine;
}

/**
 * How fast is the import beside a plain COPY of the same rows into the same tables, in the same run? It parses, checks, normalises
 * and encrypts; COPY is given its finished rows. The same files once more must change nothing.
 */
export async function benchImport(
  form: 'ci' | 'full',
  ground: ImportGround,
  report: (line: string) => void,
): Promise<BenchResult> {
  const customers = importSizes[form];
  const folder = await mkdtemp(join(tmpdir(), 'varde-import-bench-'));
  const names = ['load_import', 'load_copy'].map((name) => `varde_${name}_${process.pid}`);
  try {
    const world = join(folder, 'world');
    await writeSample({ customers, seed: 1, dir: world });
    const keysFile = join(folder, 'keys.json');
    makeAddressKeysFile(keysFile, '2026-11');
    const cipher = new AddressCipher(readAddressKeys(keysFile));
    const [database = '', other = ''] = await Promise.all(
      names.map((name) => freshDatabase(ground.superuserUrl, name)),
    );
    const imported = await timed(() => runImport(database, world, cipher, report));
    const rows = imported.value.reduce((sum, file) => sum + file.readCount, 0);
    report(`import: ${rows} rows in ${imported.seconds.toFixed(1)} s`);
    const again = await timed(() => runImport(database, world, cipher, () => undefined));
    report(`the same files again: ${again.seconds.toFixed(1)} s`);
    const copied = await plainCopy(database, other, folder);
    report(`plain COPY: ${copied.rowCount} rows in ${copied.seconds.toFixed(1)} s`);
    const ratio = copied.seconds / imported.seconds;
    const changed = again.value.reduce((sum, file) => sum + file.changedCount, 0);
    const rejected = imported.value.reduce((sum, file) => sum + file.rejectedCount, 0);
    const isFast =
      ratio >= targets[form] || (form === 'full' && imported.seconds <= promisedSeconds);
    return {
      bench: 'import',
      met: isFast && changed === 0 && rejected === 0,
      ratios: {
        'plain COPY : import': ratio,
        'import, s': imported.seconds,
        'peak of this program, MiB': peakMiB(),
      },
      counts: { customers, rows, rejected, changedByARepeat: changed },
      machine: ground.machine,
    };
  } finally {
    await dropped(ground.superuserUrl, names);
    await rm(folder, { recursive: true, force: true });
  }
}

async function runImport(
  database: string,
  world: string,
  cipher: AddressCipher,
  report: (line: string) => void,
): Promise<readonly ImportReport[]> {
  const pool = new Pool({ connectionString: asRole(database, 'varde_import'), max: 4 });
  let last = performance.now();
  try {
    const { files } = await importWorld(world, {
      pool,
      cipher,
      by: 'load test',
      onReport: ({ what, readCount, rejectedCount }) => {
        const now = performance.now();
        report(
          `  ${what}: ${readCount} rows, ${rejectedCount} rejected, ${((now - last) / 1_000).toFixed(1)} s`,
        );
        last = now;
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
  await root.query(rolesSql());
  await root.query(`create database ${name} owner varde_migrate`);
  await root.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const owner = new Client({ connectionString: url.toString() });
  await owner.connect();
  await owner.query('alter schema public owner to varde_migrate');
  await owner.end();
  await migrate({ url: asRole(url.toString(), 'varde_migrate'), kind: 'sandbox', name });
  return url.toString();
}

async function dropped(server: string, names: readonly string[]): Promise<void> {
  const root = new Client({ connectionString: server });
  await root.connect();
  for (const name of names) await root.query(`drop database if exists ${name} with (force)`);
  await root.end();
}

function asRole(database: string, role: string): string {
  const url = new URL(database);
  url.username = role;
  return url.toString();
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1_000 };
}

const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1_024);
