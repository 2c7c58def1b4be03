import { between, type Instant } from '@varde/kernel';
import type {
  AlarmHappening,
  AlarmSeverity,
  AlarmType,
  CauseGroup,
  Country,
  Flag,
  Mode,
} from '../vocabulary';
import type { AlarmOrder } from './order';
import { isAhead, staleAfter, type TimePoint } from './times';

/** A place that an alarm names. Shown to the operations centre; it never widens an audience. @source invariants §2.5 */
export interface AlarmPlace {
  readonly id: string;
  readonly name?: string;
  readonly href?: string;
  /** `impacted` where the event says nothing. */
  readonly role: string;
}

/** The times that an alarm told, each beside its exact text. */
export interface AlarmTimes {
  readonly event: TimePoint;
  readonly raised?: TimePoint;
  readonly changed?: TimePoint;
  readonly cleared?: TimePoint;
  readonly reporting?: TimePoint;
  readonly occurred?: TimePoint;
}

/** Hints for the operations centre's eyes; never text for a customer. Foreign text: markup in it is not trusted. */
export type AlarmDetail =
  | 'title'
  | 'description'
  | 'domain'
  | 'priority'
  | 'href'
  | 'externalAlarmId'
  | 'specificProblem'
  | 'alarmedObjectType'
  | 'reportingSystemId'
  | 'alarmDetails'
  | 'proposedRepairedActions';

/**
 * What one event says about one alarm, the same for every dialect. Who acknowledged it and what people wrote is
 * not in it: that has no effect and is personal data.
 *
 * @source standards §1.3
 */
export interface AlarmEvent {
  readonly type: 'alarm';
  /** Unique within its source. */
  readonly alarmId: string;
  readonly happening: AlarmHappening;
  readonly order: AlarmOrder;
  readonly country: Country;
  readonly mode: Mode;
  /** How bad it is for the equipment. The severity of an incident is derived from who is hit, never from this. */
  readonly severity: AlarmSeverity;
  readonly alarmType: AlarmType;
  /** As it came, a word or a vendor's number; `unknown` where none came. Unconfirmed, it never leaves the house (D-13). */
  readonly probableCause: string | number;
  readonly causeGroup: CauseGroup;
  /** Candidates in order: the first that our topology knows is meant, else the first. Empty: `unplaced`. */
  readonly alarmedObjectIds: readonly string[];
  readonly sourceSystemId: string;
  readonly places: readonly AlarmPlace[];
  readonly affectedServices: readonly string[];
  readonly correlatedAlarms: readonly string[];
  readonly parentAlarms: readonly string[];
  readonly correlationId?: string;
  readonly serviceAffecting?: boolean;
  readonly isRootCause?: boolean;
  readonly escalated?: boolean;
  readonly plannedOutageIndicator?: string;
  readonly times: AlarmTimes;
  /** When it happened, by which our clocks run; our receive time where the event's clock is over 5 minutes ahead. */
  readonly clockAt: Instant;
  readonly receivedAt: Instant;
  /** Words that we did not know, as they came. */
  readonly unknownWords: Readonly<
    Partial<Record<'state' | 'perceivedSeverity' | 'alarmType', string>>
  >;
  readonly details: Readonly<Partial<Record<AlarmDetail, string>>>;
}

/** Everything of an alarm that was read, before our own clock has judged its times. */
export type ReadAlarm = Omit<AlarmEvent, 'clockAt' | 'type'>;

const toldBy: Readonly<Record<AlarmHappening, keyof AlarmTimes>> = {
  raised: 'raised',
  changed: 'changed',
  cleared: 'cleared',
  noted: 'event',
  deleted: 'event',
};

/** Judges the times of an alarm by our receive time. Flags: `clock-skew`, and `stale` for a raise. */
export function judged(alarm: ReadAlarm, flags: Set<Flag>): AlarmEvent {
  const isSkewed = Object.values(alarm.times).some((point: TimePoint) =>
    isAhead(point, alarm.receivedAt),
  );
  const told = alarm.times[toldBy[alarm.happening]] ?? alarm.times.event;
  if (isSkewed) flags.add('clock-skew');
  if (alarm.happening === 'raised' && isStale(alarm)) flags.add('stale');
  return { type: 'alarm', ...alarm, clockAt: isSkewed ? alarm.receivedAt : told.at };
}

/** Was it raised, or did it else happen, over 24 hours before we received it? @source standards §1.3 `stale` */
export function isStale(alarm: Pick<AlarmEvent, 'times' | 'receivedAt'>): boolean {
  return between((alarm.times.raised ?? alarm.times.event).at, alarm.receivedAt) > staleAfter;
}

/** A change of an alarm that we do not know raises it: we may have been away when it began. @source standards §1.4 */
export function asRaise(
  alarm: AlarmEvent,
  flags: readonly Flag[],
): { event: AlarmEvent; flags: readonly Flag[] } {
  if (alarm.happening !== 'changed') return { event: alarm, flags };
  return {
    event: { ...alarm, happening: 'raised' },
    flags: isStale(alarm) && !flags.includes('stale') ? [...flags, 'stale'] : flags,
  };
}
