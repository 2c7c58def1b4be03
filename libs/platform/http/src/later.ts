import type { Duration } from '@varde/kernel';

/** The request is fine, but not now: 429 for whoever asks too much, 503 for everybody. @source P-6 */
export class NotNow extends Error {
  override readonly name = 'NotNow';

  constructor(
    readonly status: 429 | 503,
    readonly code: string,
    sentence: string,
    /** When it is worth trying again; told as whole seconds in `Retry-After`, one at least. */
    readonly retryAfter: Duration,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** You ask more than you may: 429 with `Retry-After`. */
export const tooManyRequests = (sentence: string, retryAfter: Duration): NotNow =>
  new NotNow(429, 'too-many-requests', sentence, retryAfter);

/** We cannot at the moment: 503 with `Retry-After`. */
export const notAvailable = (sentence: string, retryAfter: Duration, cause?: unknown): NotNow =>
  new NotNow(503, 'not-available', sentence, retryAfter, { cause });

/** `Retry-After` in whole seconds, rounded up, one at least. */
export const retryAfterSeconds = (retryAfter: Duration): string =>
  String(Math.max(1, Math.ceil(retryAfter / 1000)));
