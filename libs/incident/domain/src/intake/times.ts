import { hours, instant, minutes, parseInstant, plus, type Instant } from '@varde/kernel';
import { member, type Fields } from './fields';
import { JsonNumber } from './strict-json';

/** A time as an event told it. */
export interface TimePoint {
  readonly at: Instant;
  /** What lies beyond the millisecond of `at`, 0 to 999: two events of one millisecond have an order too. */
  readonly microseconds: number;
  /** The exact text that came, to be given back byte for byte; absent where our receive time stands in. */
  readonly text?: string;
}

/** How far ahead of us a clock may be before ours counts. @source standards §1.3 `clock-skew` */
export const greatestSkew = minutes(5);
/** How old a raise may be and still draft something. @source standards §1.3 `stale` */
export const staleAfter = hours(24);

// Ours: a clock before 2000 was never set, and PostgreSQL does not read the years that JavaScript writes with a sign.
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(10_000, 0, 1);
const isSensible = (at: number): boolean => at >= earliest && at < latest;

/** Our own receive time, where nothing that the event said can be read. */
export const received = (at: Instant): TimePoint => ({ at, microseconds: 0 });

/** Reads a time of RFC 3339 with offset, from 2000 on; `undefined` for anything else. @source standards §1.3, *Times* */
export function readTime(text: string): TimePoint | undefined {
  const at = parseInstant(text);
  if (at === undefined || !isSensible(at)) return undefined;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return { at, microseconds: Number(fraction.padEnd(6, '0').slice(3, 6)), text };
}

/** Reads microseconds since 1970 UTC, from 2000 on; 0 is a device without a clock. @source standards §1.7; VES Event Listener 7.2.1 */
export function readEpochMicroseconds(number: JsonNumber): TimePoint | undefined {
  const { value } = number;
  const at = Math.floor(value / 1000);
  if (!Number.isSafeInteger(value) || !isSensible(at)) return undefined;
  return { at: instant(at), microseconds: value - at * 1000, text: number.text };
}

function read(fields: Fields, name: string): TimePoint | 'missing' | 'unreadable' {
  const value = member(fields, name);
  if (value === undefined) return 'missing';
  return (typeof value === 'string' ? readTime(value) : undefined) ?? 'unreadable';
}

/** A time that is expected (need F). Missing or unreadable, it gives way to `fallback`. Flags: `field-missing`, `clock-unknown`. */
export function expectedTime(fields: Fields, name: string, fallback: TimePoint): TimePoint {
  const found = read(fields, name);
  if (typeof found === 'object') return found;
  fields.flags.add(found === 'missing' ? 'field-missing' : 'clock-unknown');
  return fallback;
}

/** A time that may be there (need o). Unreadable, it gives way to `fallback`. Flag `clock-unknown`. */
export function optionalTime(
  fields: Fields,
  name: string,
  fallback: TimePoint,
): TimePoint | undefined {
  const found = read(fields, name);
  if (found === 'missing') return undefined;
  if (found !== 'unreadable') return found;
  fields.flags.add('clock-unknown');
  return fallback;
}

/** Does this time lie further ahead of our receive time than clocks may differ? */
export const isAhead = (point: TimePoint | undefined, receivedAt: Instant): boolean =>
  point !== undefined && point.at > plus(receivedAt, greatestSkew);
