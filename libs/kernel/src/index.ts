export { assertNever } from './assert-never';
export type { Clock } from './clock';
export { days, hours, milliseconds, minutes, seconds, type Duration } from './duration';
export { isUuid, type Branded, type Id } from './id';
export { between, instant, parseInstant, plus, toIso, type Instant } from './instant';
export { Refusal, type RefusalFacts } from './refusal';
