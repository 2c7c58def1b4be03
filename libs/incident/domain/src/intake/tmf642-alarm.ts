import type { Instant } from '@varde/kernel';
import type { AlarmHappening, AlarmSeverity } from '../vocabulary';
import { judged, type AlarmEvent, type AlarmPlace } from './alarm-event';
import { alarmSeverity, alarmType } from './alarm-words';
import { causeGroup } from './causes';
import { defined } from './defined';
import {
  expectedText,
  expectedWord,
  member,
  optionalFlag,
  optionalList,
  optionalReferences,
  optionalText,
  optionalTexts,
  requiredObject,
  type Fields,
} from './fields';
import type { AlarmOrder } from './order';
import type { Source } from './record';
import { isObject, JsonNumber } from './strict-json';
import { expectedTime, optionalTime, type TimePoint } from './times';
import { wordOf } from './words';

/** The event types of TMF642 by their bare names. @source standards §1.4 */
export const tmfEventNames = [
  'AlarmCreateEvent',
  'AlarmAttributeValueChangeEvent',
  'AlarmStateChangeEvent',
  'AlarmDeleteEvent',
] as const;
/** One of {@link tmfEventNames}. */
export type TmfEventName = (typeof tmfEventNames)[number];

/** What stands around an alarm of TMF642 and is not in it. */
export interface TmfSurroundings {
  readonly source: Source;
  readonly mode: AlarmEvent['mode'];
  readonly alarmId: string;
  /** The event's name; absent where only the alarm itself came. */
  readonly name?: TmfEventName;
  /** The members around the alarm; absent where only the alarm itself came. */
  readonly outer?: Fields;
  readonly eventTime: TimePoint;
  readonly receivedAt: Instant;
  readonly orderOf: (times: AlarmEvent['times']) => AlarmOrder;
}

const states = ['raised', 'updated', 'cleared'] as const;
type State = (typeof states)[number];

const happeningOfState = {
  raised: 'raised',
  updated: 'changed',
  cleared: 'cleared',
} as const satisfies Record<State, AlarmHappening>;

/**
 * What happened to the alarm. It is cleared when its state or its severity says so, whatever the type: producers set
 * only one of them, and whoever acknowledges a cleared alarm sends the whole of it. Else the type says it, else the state.
 *
 * @source standards §1.3 `alarm.state`, §1.4
 */
export function tmfHappening(
  name: TmfEventName | undefined,
  state: State | undefined,
  severity: AlarmSeverity | undefined,
): AlarmHappening {
  if (name === 'AlarmDeleteEvent') return 'deleted'; // left the producer's list: is not a clear
  if (state === 'cleared' || severity === 'cleared') return 'cleared';
  if (name === 'AlarmCreateEvent') return 'raised';
  return name ? 'changed' : happeningOfState[state ?? 'updated'];
}

/** Reads an alarm of TMF642 v4. Nothing in it but its id, which has been read, can refuse it. @source standards §1.3 */
export function readTmfAlarm(alarm: Fields, around: TmfSurroundings): AlarmEvent {
  const { source, name, outer, receivedAt } = around;
  const state = expectedWord(alarm, 'state', (word) => wordOf(states, word));
  const severity = expectedWord(alarm, 'perceivedSeverity', alarmSeverity);
  const type = expectedWord(alarm, 'alarmType', alarmType);
  const cause = probableCause(alarm);
  const times = timesOf(alarm, around);
  checkIgnored(alarm);
  return judged(
    {
      alarmId: around.alarmId,
      happening: tmfHappening(name, state.known, severity.known),
      order: around.orderOf(times),
      country: source.country,
      mode: around.mode,
      severity: severity.known ?? 'indeterminate',
      alarmType: type.known ?? 'unclassified',
      probableCause: cause,
      causeGroup: causeGroup(cause, source.causeNumbers),
      alarmedObjectIds: alarmedObject(alarm),
      sourceSystemId: expectedText(alarm, 'sourceSystemId') ?? source.id,
      places: optionalReferences(alarm, 'place').map(placeOf),
      affectedServices: idsOf(alarm, 'affectedService'),
      correlatedAlarms: idsOf(alarm, 'correlatedAlarm'),
      parentAlarms: idsOf(alarm, 'parentAlarm'),
      ...defined({
        correlationId: outer && optionalText(outer, 'correlationId'),
        serviceAffecting: optionalFlag(alarm, 'serviceAffecting'),
        isRootCause: optionalFlag(alarm, 'isRootCause') ?? optionalFlag(alarm, 'isRoot'),
        escalated: optionalFlag(alarm, 'alarmEscalation'),
        plannedOutageIndicator: optionalText(alarm, 'plannedOutageIndicator'),
      }),
      times,
      receivedAt,
      unknownWords: defined({
        state: state.known ? undefined : state.written,
        perceivedSeverity: severity.known ? undefined : severity.written,
        alarmType: type.known ? undefined : type.written,
      }),
      details: {
        ...(outer ? optionalTexts(outer, outerDetails) : {}),
        ...optionalTexts(alarm, alarmDetails),
      },
    },
    alarm.flags,
  );
}

const outerDetails = {
  title: 'title',
  description: 'description',
  domain: 'domain',
  priority: 'priority',
} as const;
const alarmDetails = {
  href: 'href',
  externalAlarmId: 'externalAlarmId',
  specificProblem: 'specificProblem',
  alarmedObjectType: 'alarmedObjectType',
  reportingSystemId: 'reportingSystemId',
  alarmDetails: 'alarmDetails',
  proposedRepairedActions: 'proposedRepairedActions',
} as const;

/** A probable cause is a word of an open list or a vendor's number; `unknown` where it is missing. Flag `field-missing`. */
export function probableCause(fields: Fields): string | number {
  const value = member(fields, 'probableCause');
  if (value instanceof JsonNumber)
    return Number.isSafeInteger(value.value) ? value.value : value.text;
  return expectedText(fields, 'probableCause') ?? 'unknown';
}

/** An alarm without an object, or with one that cannot be read, is `unplaced`: it hits nobody until a person names one. */
function alarmedObject(alarm: Fields): readonly string[] {
  const value = member(alarm, 'alarmedObject');
  const id = isObject(value) ? value.get('id') : undefined;
  if (typeof id === 'string' && id !== '') return [id];
  alarm.flags.add('unplaced');
  return [];
}

function timesOf(alarm: Fields, { eventTime, outer }: TmfSurroundings): AlarmEvent['times'] {
  const occurred =
    outer && (member(outer, 'timeOcurred') === undefined ? 'timeOccurred' : 'timeOcurred');
  return {
    event: eventTime,
    raised: expectedTime(alarm, 'alarmRaisedTime', eventTime),
    ...defined({
      changed: optionalTime(alarm, 'alarmChangedTime', eventTime),
      cleared: optionalTime(alarm, 'alarmClearedTime', eventTime),
      reporting: optionalTime(alarm, 'alarmReportingTime', eventTime),
      occurred: outer && occurred && optionalTime(outer, occurred, eventTime),
    }),
  };
}

const idsOf = (alarm: Fields, name: string): readonly string[] =>
  optionalReferences(alarm, name).map(({ id }) => id);

function placeOf(place: Fields & { readonly id: string }): AlarmPlace {
  const { role = 'impacted', ...rest } = optionalTexts(place, {
    name: 'name',
    href: 'href',
    role: 'role',
  });
  return { id: place.id, role, ...rest };
}

/** Acknowledging and commenting have no effect and are personal data: only their shape is looked at, nothing is kept. */
function checkIgnored(alarm: Fields): void {
  const ackState = optionalText(alarm, 'ackState');
  if (ackState !== undefined && !wordOf(['unacknowledged', 'acknowledged'], ackState))
    alarm.flags.add('field-ignored');
  optionalText(alarm, 'ackUserId');
  optionalList(alarm, 'comment');
}

/** The alarm of an event in the envelope of TMF642. @throws Refusal `schema-invalid` */
export const alarmOf = (outer: Fields): Fields =>
  requiredObject(requiredObject(outer, 'event'), 'alarm');
