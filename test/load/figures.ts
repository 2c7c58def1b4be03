import { cpus, totalmem } from 'node:os';
import { kafkaVersion } from '@varde/local';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** The middle of a list, or another share of it. @param share 0.5 is the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Minimum, median and maximum, as every benchmark prints them; never the best alone. @source benchmarks §2 */
export const spread = (
  values: readonly number[],
): { min: number; median: number; max: number } => ({
  min: Math.min(...values),
  median: quantile(values, 0.5),
  max: Math.max(...values),
});

/** What was measured on, and with. @source benchmarks §2, rule 8 */
export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  /** PostgreSQL's setting; a benchmark without it would measure a promise. */
  readonly synchronousCommit: string;
  readonly redis: string;
  readonly kafka: string;
}

/** Asks the machine and the servers of a benchmark what they are. */
export async function machineOf(stack: {
  readonly postgres: { superuserUrl(database: string): string };
  readonly redis: { readonly url: string };
}): Promise<Machine> {
  const client = new Client({ connectionString: stack.postgres.superuserUrl('postgres') });
  const redis = new Redis(stack.redis.url);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; synchronous: string }>(
      `select current_setting('server_version') as version, current_setting('synchronous_commit') as synchronous`,
    );
    return {
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 1024 ** 3),
      node: process.versions.node,
      postgres: rows[0]?.version ?? 'unknown',
      synchronousCommit: rows[0]?.synchronous ?? 'unknown',
      redis: /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown',
      kafka: kafkaVersion,
    };
  } finally {
    redis.disconnect();
    await client.end();
  }
}

/** What one benchmark answers; the last line with `--json`. */
export interface BenchResult {
  readonly bench: string;
  readonly met: boolean;
  readonly ratios: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly machine: object;
}
