import { assertNever, between } from '@varde/kernel';
import { reasonInEvent } from '../correlation/declare';
import { hull, joinWindow, spanAt } from '../correlation/span';
import { isStale, type AlarmEvent } from '../intake/alarm-event';
import { isNewer } from '../intake/order';
import { startOf, unheard, type AlarmState, type Spell } from './alarm';

/**
 * What an alarm is after one more event that is newer than all before it. A change of an alarm that we do not know, or that
 * was over, raises it; a note and a deletion change no condition.
 *
 * @source standards §1.4; I-3
 */
export function hear(alarm: AlarmState, event: AlarmEvent): AlarmState {
  switch (event.happening) {
    case 'raised':
    case 'changed':
      return {
        ...alarm,
        ...toldBy(alarm, event),
        condition: 'active',
        isBeginningSeen: true,
        isListed: true,
        clearedAt: null,
        spell: spellAfter(alarm, event),
      };
    case 'cleared':
      return {
        ...alarm,
        ...toldBy(alarm, event),
        condition: 'cleared',
        severity: 'cleared',
        clearedAt: event.clockAt,
      };
    case 'deleted':
      return { ...alarm, reached: event.order, isListed: false };
    case 'noted':
      return { ...alarm, reached: event.order };
    default:
      return assertNever(event.happening);
  }
}

/**
 * What all events of an alarm amount to, given in the order in which they arrived. Each is put where its source's own order
 * says; where that says nothing, arrival decides.
 *
 * @source standards §1.7, "order within an alarm"; I-3: an older event is stored, not applied over a newer one
 */
export const hearAll = (arrived: readonly AlarmEvent[]): AlarmState =>
  arrived.reduce<readonly AlarmEvent[]>(inPlace, []).reduce(hear, unheard);

/** Is the event older than one that was heard already, so that the alarm's history must be read again? */
export const isLate = (alarm: AlarmState, event: AlarmEvent): boolean =>
  alarm.reached !== null && !isNewer(event.order, alarm.reached);

function inPlace(ordered: readonly AlarmEvent[], event: AlarmEvent): readonly AlarmEvent[] {
  const before = ordered.findLastIndex((other) => isNewer(event.order, other.order)) + 1;
  return [...ordered.slice(0, before), event, ...ordered.slice(before)];
}

function toldBy(alarm: AlarmState, event: AlarmEvent) {
  return {
    reached: event.order,
    severity: event.severity,
    alarmType: event.alarmType,
    probableCause: event.probableCause,
    causeGroup: event.causeGroup,
    objectIds: event.alarmedObjectIds.length > 0 ? event.alarmedObjectIds : alarm.objectIds,
    relatedAlarms: union(alarm.relatedAlarms, [...event.correlatedAlarms, ...event.parentAlarms]),
    correlationIds: union(
      alarm.correlationIds,
      event.correlationId === undefined ? [] : [event.correlationId],
    ),
  };
}

function spellAfter(alarm: AlarmState, event: AlarmEvent): Spell {
  const start = spanAt(startOf(event));
  const before = alarm.spell !== null && !isOverFor(alarm, event) ? alarm.spell : null;
  return {
    span: before ? hull(before.span, start) : start,
    waits: before?.waits === null ? null : reasonInEvent({ ...event, isStale: isStale(event) }),
    services: union(before?.services ?? [], event.affectedServices),
  };
}

// A flap goes on: clear and raise again within the window are one trouble.
const isOverFor = (alarm: AlarmState, event: AlarmEvent): boolean =>
  alarm.clearedAt !== null && between(alarm.clearedAt, event.clockAt) > joinWindow;

// Sorted, so that the same set always reads the same (I-3).
const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.length === 0 ? a : [...new Set([...a, ...b])].sort();
