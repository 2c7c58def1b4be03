/** Chance that is the same for the same seed. Each customer has one of its own, so that none depends on those before it. */
export interface Chance {
  /** At least 0, below 1. */
  next(): number;
  /** One of the list. */
  of<T>(list: readonly T[]): T;
  /** True in so many of a hundred. */
  percent(share: number): boolean;
}

/** The chance of one thing in a world, by the world's seed and the thing's number. */
export function chanceOf(seed: number, number: number): Chance {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0;
  // mulberry32: small, fast, good enough for invented people.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  next();
  return {
    next,
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
    percent: (share) => next() * 100 < share,
  };
}
