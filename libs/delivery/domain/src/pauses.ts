const minute = 60_000;

/** Before a message that was really tried, and not taken, is tried again. @source invariants §3, §4: five tries at most */
export const triedPauses = [15_000, minute, 4 * minute, 16 * minute] as const;

/** Before a provider that proved nothing about an intent is asked about it again. @source invariants §2.2 */
export const lookUpPauses = [minute, 4 * minute, 16 * minute, 60 * minute] as const;

/** Before words to somebody on duty, which the provider turned away unprocessed, are offered again. */
export const noticePauses = [2_000, 5_000, 15_000, 30_000, minute] as const;

/** Before a provider that cannot be reached is called again, by anybody. @source invariants §4 */
export const unreachablePauses = [2_000, 4_000, 8_000, 16_000, 30_000] as const;

/** No provider keeps us waiting longer, whatever its `Retry-After` says. */
export const longestRetryAfterMs = 5 * minute;

/**
 * The pause after so many times; the last one stays.
 *
 * @param times how often it happened, this time included
 */
export const pauseAfter = (pauses: readonly number[], times: number): number =>
  pauses[Math.min(Math.max(times, 1), pauses.length) - 1] ?? 0;

/**
 * Up to a fifth longer, so that those who were turned away together do not come back together.
 *
 * @param chance from 0 to 1
 * @source standards §4.3
 */
export const spread = (ms: number, chance: number): number => Math.round(ms * (1 + chance / 5));

/** `Retry-After` and `Date` of an answer, as they came. */
export interface RetryAfter {
  readonly retryAfter: string | undefined;
  /** The provider's own clock: a date of its making is compared with it, not with ours. */
  readonly date: string | undefined;
}

/**
 * How long the provider asks us to wait: seconds, or an HTTP date. Undefined where it says nothing that can be read.
 *
 * @source standards §4.3; RFC 9110 §10.2.3
 */
export function askedPause({ retryAfter, date }: RetryAfter): number | undefined {
  const said = retryAfter?.trim() ?? '';
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : httpDate(said) - httpDate(date);
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

// Date.parse makes a date of nearly anything.
const httpDate = (text: string | undefined): number =>
  text?.endsWith('GMT') ? Date.parse(text) : Number.NaN;
