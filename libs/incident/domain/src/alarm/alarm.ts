import type { Instant } from '@varde/kernel';
import type { AlarmEvent } from '../intake/alarm-event';
import type { AlarmOrder } from '../intake/order';
import type { AlarmSeverity, AlarmType, CauseGroup } from '../vocabulary';
import type { WaitReason } from '../correlation/declare';
import type { Span } from '../correlation/span';

/** Does the trouble go on? `noted`: we only heard notes about an alarm that we never saw begin. */
export const alarmConditions = ['noted', 'active', 'cleared'] as const;
/** One of {@link alarmConditions}. */
export type AlarmCondition = (typeof alarmConditions)[number];

/** A time of trouble: from a raise, over flaps no further apart than the join window, to now or the clear. */
export interface Spell {
  /** First and last start within the spell. */
  readonly span: Span;
  /** Why it does not declare an incident, as far as its own events go; null as soon as one of them would. */
  readonly waits: WaitReason | null;
  /** The affected services that its sightings named, as they came. */
  readonly services: readonly string[];
}

/** What the set of all events of one alarm amounts to, whatever the order in which they came (I-3). */
export interface AlarmState {
  readonly condition: AlarmCondition;
  /** How far its events have come. Null before the first. */
  readonly reached: AlarmOrder | null;
  /** False for a clear without a raise: a record, complete when the late raise arrives. */
  readonly isBeginningSeen: boolean;
  /** Is it still in the producer's list? Leaving the list is not a clear. */
  readonly isListed: boolean;
  readonly severity: AlarmSeverity;
  readonly alarmType: AlarmType;
  readonly probableCause: string | number;
  readonly causeGroup: CauseGroup;
  /** The elements that it may be about, best guess first. */
  readonly objectIds: readonly string[];
  readonly spell: Spell | null;
  readonly clearedAt: Instant | null;
  /** Alarms of the same source that it names as related or as its parents. Only grows. */
  readonly relatedAlarms: readonly string[];
  readonly correlationIds: readonly string[];
}

/** An alarm of which nothing has been heard. */
export const unheard: AlarmState = {
  condition: 'noted',
  reached: null,
  isBeginningSeen: false,
  isListed: true,
  severity: 'indeterminate',
  alarmType: 'unclassified',
  probableCause: 'unknown',
  causeGroup: 'technical',
  objectIds: [],
  spell: null,
  clearedAt: null,
  relatedAlarms: [],
  correlationIds: [],
};

/** Did the clear come without a raise? The record waits for its beginning and declares nothing. @source standards §1.3; I-3 */
export const isClearWithoutRaise = (alarm: AlarmState): boolean =>
  alarm.condition === 'cleared' && !alarm.isBeginningSeen;

/** When the trouble of an event began, as the network saw it; never later than the time by which our clocks run. */
export function startOf(event: AlarmEvent): Instant {
  const told = event.times.raised?.at ?? event.clockAt;
  return told < event.clockAt ? told : event.clockAt;
}
