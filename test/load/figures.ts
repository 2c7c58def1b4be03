import { cpus, totalmem } from 'node:os';

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

/** The machine that was measured on. */
export const machine = (): { cores: number; memoryGiB: number; node: string } => ({
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
});

/** What one benchmark answers; the last line with `--json`. */
export interface BenchResult {
  readonly bench: string;
  readonly met: boolean;
  readonly ratios: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly machine: object;
}
