import type { Instant } from './instant';

/** What time it is. The domain is told the time; only the shell asks a clock, so that a test can move it. */
export interface Clock {
  now(): Instant;
}
