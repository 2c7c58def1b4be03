import type { Branded } from './id';

/** A length of time in milliseconds. */
export type Duration = Branded<number, 'Duration'>;

/** So many milliseconds. */
export const milliseconds = (n: number): Duration => n as Duration;
/** So many seconds. */
export const seconds = (n: number): Duration => (n * 1000) as Duration;
/** So many minutes. */
export const minutes = (n: number): Duration => (n * 60_000) as Duration;
/** So many hours. */
export const hours = (n: number): Duration => (n * 3_600_000) as Duration;
/** So many periods of 24 hours; not calendar days. */
export const days = (n: number): Duration => (n * 86_400_000) as Duration;
