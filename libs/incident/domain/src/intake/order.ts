import type { Dialect } from '../vocabulary';
import type { TimePoint } from './times';

/** What an event says about its place among the events of its alarm. Plain data: it is stored beside the alarm. */
export interface AlarmOrder {
  readonly dialect: Dialect;
  /** `ce_sequence`: ten digits, compared as text. */
  readonly sequence?: string;
  /** Microseconds since 1970 UTC; absent where no time of the event could be read, so that arrival decides. */
  readonly atMicroseconds?: number;
  /** The `sequence` of VES, the numeric `notificationId` of 3GPP. */
  readonly number?: number;
}

/** A time as an order takes it. Our own receive time is none: then arrival decides. */
export function orderedAt(point: TimePoint): Pick<AlarmOrder, 'atMicroseconds'> {
  return point.text === undefined ? {} : { atMicroseconds: point.at * 1000 + point.microseconds };
}

const rules = {
  'cloudevents-tmf642': ['sequence', 'atMicroseconds'],
  'tmf642-bare': ['atMicroseconds'],
  'ves-7': ['atMicroseconds', 'number'],
  // 3GPP promises a unique number, not a growing one: where it contradicts the time, the time decides. So time comes first.
  '3gpp-notify': ['atMicroseconds', 'number'],
} as const satisfies Record<Dialect, readonly Exclude<keyof AlarmOrder, 'dialect'>[]>;

/**
 * Is an event that has just arrived newer than the one that its alarm has reached? What both carry decides, in the
 * order of their dialect; where nothing does, arrival decides, and the incoming one is the newer.
 *
 * @source standards §1.7, *order within an alarm*; invariant I-3
 */
export function isNewer(incoming: AlarmOrder, reached: AlarmOrder): boolean {
  for (const key of rules[incoming.dialect]) {
    const one = incoming[key];
    const other = reached[key];
    if (one !== undefined && other !== undefined && one !== other) return one > other;
  }
  return true;
}
