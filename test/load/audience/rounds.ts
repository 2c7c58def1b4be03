/** Least, middle and largest of some measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One comparison: milliseconds of the baseline, of the product, and the ratio of each round. */
export interface Comparison {
  readonly baselineMs: Spread;
  readonly productMs: Spread;
  /** Product ÷ baseline: below 1 the product is faster. */
  readonly ratio: Spread;
}

/** Least, middle and largest. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (place: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, place))] ?? NaN;
  return { min: at(0), median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) };
}

/**
 * Baseline and product by turns, baseline first and last, after one round that warms both up; each product run is compared
 * with the mean of the baselines around it.
 *
 * @source benchmarks §2, rules 1 and 2
 */
export async function compare(
  rounds: number,
  baseline: () => Promise<number>,
  product: () => Promise<number>,
): Promise<Comparison> {
  await baseline();
  await product();
  const plain = [await baseline()];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await product());
    plain.push(await baseline());
  }
  const ratios = ours.map((ms, at) => ms / (((plain[at] ?? NaN) + (plain[at + 1] ?? NaN)) / 2));
  return { baselineMs: spreadOf(plain), productMs: spreadOf(ours), ratio: spreadOf(ratios) };
}

/** How long some work takes, in milliseconds on the monotonic clock. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
