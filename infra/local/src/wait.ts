import { setTimeout as pause } from 'node:timers/promises';

/** How long something may take and how often to look, in milliseconds. */
export interface Patience {
  readonly withinMs: number;
  readonly everyMs?: number;
}

/** Looks until the question is answered with something other than `undefined` or `false`. @returns `undefined` when time is up */
export async function waitFor<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMs, everyMs = 15 }: Patience,
): Promise<T | undefined> {
  // The monotonic clock: a corrected wall clock must not cut a wait short.
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() >= end) return undefined;
    await pause(everyMs);
  }
}
