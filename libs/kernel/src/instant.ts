import type { Branded } from './id';
import type { Duration } from './duration';

/** A point in time: milliseconds since 1970-01-01T00:00Z. Never a wall time; PostgreSQL keeps it as `timestamptz`. */
export type Instant = Branded<number, 'Instant'>;

/** The instant at so many milliseconds since 1970 UTC. */
export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant;

/** `at` moved by `by`, which may be negative. */
export const plus = (at: Instant, by: Duration): Instant => (at + by) as Instant;

/** The time from `from` until `to`; negative when `to` lies before. */
export const between = (from: Instant, to: Instant): Duration => (to - from) as Duration;

/** RFC 3339 in UTC with milliseconds, as it goes to PostgreSQL and onto the wire. */
export const toIso = (at: Instant): string => new Date(at).toISOString();

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):(\d\d))$/;

/**
 * Reads a time of RFC 3339 with its offset.
 *
 * @returns the instant, or `undefined` for anything else: no offset, no such day, hour 24. Small `t` and `z` are read,
 *          a leap second `:60` counts as `:59`; fractions beyond milliseconds are cut
 * @source  RFC 3339 §5.6; `standards.md` §1.3
 */
export function parseInstant(text: string): Instant | undefined {
  const found = rfc3339.exec(text);
  if (!found) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    ,
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = found;
  const seconds = Math.min(Number(second), 59);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    seconds,
    millis,
  );
  const back = new Date(wall);
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day))
    return undefined;
  const offset =
    (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  return instant(wall - offset);
}
