import type { Instant } from '@varde/kernel';
import type { AlarmHappening, Flag, Mode } from '../vocabulary';
import { judged, type AlarmEvent } from './alarm-event';
import { alarmSeverity, alarmType } from './alarm-words';
import { causeGroup } from './causes';
import { compositeId } from './composite-id';
import { defined } from './defined';
import {
  expectedWord,
  member,
  optionalFlag,
  optionalText,
  optionalTexts,
  requiredId,
  requiredText,
  type Fields,
} from './fields';
import { orderedAt } from './order';
import type { NetworkEvent, Source } from './record';
import { refuse } from './refuse';
import { JsonNumber } from './strict-json';
import { expectedTime, type TimePoint } from './times';
import { probableCause } from './tmf642-alarm';
import { bare, wordOf } from './words';

/** What becomes of each notification type of fault supervision. @source standards §1.7; 3GPP TS 28.532, TS 28.111 */
export const threeGppNotifications = {
  notifyNewAlarm: 'raised',
  notifyChangedAlarm: 'changed',
  notifyChangedAlarmGeneral: 'changed',
  notifyClearedAlarm: 'cleared',
  notifyAckStateChanged: 'noted',
  notifyComments: 'noted',
  notifyCorrelatedNotificationChanged: 'noted',
  notifyAlarmListRebuilt: 'list',
  notifyPotentialFaultyAlarmList: 'list',
} as const satisfies Record<string, AlarmHappening | 'list'>;

type KnownType = keyof typeof threeGppNotifications;
const knownTypes = Object.keys(threeGppNotifications) as readonly KnownType[];

/** What stands around a notification and is not in it. */
export interface NotificationSurroundings {
  readonly source: Source;
  readonly mode: Mode;
  readonly receivedAt: Instant;
  /** What an unreadable `eventTime` gives way to: the VES header's time, else our receive time. */
  readonly fallback: TimePoint;
  /** The VES `sourceName`, the last candidate for the alarmed object. */
  readonly sourceName?: string;
}

/** A notification of 3GPP as read: an event, or one that is only counted. */
export type ReadNotification =
  | { readonly kind: 'event'; readonly idParts: readonly string[]; readonly event: NetworkEvent }
  | { readonly kind: 'counted'; readonly idParts: readonly string[]; readonly what: string };

/**
 * Reads a notification of 3GPP fault supervision, alone or within VES.
 *
 * @throws Refusal `schema-invalid` without `notificationType`, `systemDN`, or `alarmId` where there is an alarm;
 *         `type-unknown` for what is no `notify…`
 * @source standards §1.7 `3gpp-notify`
 */
export function readNotification(
  fields: Fields,
  around: NotificationSurroundings,
): ReadNotification {
  const type = requiredText(fields, 'notificationType', 128);
  const systemDN = requiredText(fields, 'systemDN', 400);
  const known = wordOf(knownTypes, type);
  if (!known) return countedType(type, systemDN);
  const happening = threeGppNotifications[known];
  if (happening === 'list')
    return { kind: 'event', idParts: [systemDN, ''], event: readList(fields, around) };
  const alarmId = requiredId(fields, 'alarmId', 400);
  const event = readAlarm(fields, happening, { ...around, systemDN, alarmId });
  return { kind: 'event', idParts: [systemDN, alarmId], event };
}

function countedType(type: string, systemDN: string): ReadNotification {
  if (!bare(type).startsWith('notify')) {
    refuse('type-unknown', 'notificationType is no notification of 3GPP; correct it.');
  }
  // The word itself would let a sender make up labels without end.
  return { kind: 'counted', idParts: [systemDN, ''], what: 'notify-other' };
}

function readList(fields: Fields, { source, mode }: NotificationSurroundings): NetworkEvent {
  const requirement = optionalText(fields, 'alarmListAlignmentRequirement');
  const reason = optionalText(fields, 'reason');
  return {
    type: 'alarm-list-rebuilt',
    country: source.country,
    mode,
    readAgain: requirement === undefined || bare(requirement) !== bare('ALIGNMENT_NOT_REQUIRED'),
    ...(reason === undefined ? {} : { reason }),
  };
}

interface NamedAlarm extends NotificationSurroundings {
  readonly systemDN: string;
  readonly alarmId: string;
}

function readAlarm(
  fields: Fields,
  happening: Exclude<AlarmHappening, 'deleted'>,
  around: NamedAlarm,
): AlarmEvent {
  const { source, systemDN } = around;
  const eventTime = expectedTime(fields, 'eventTime', around.fallback);
  const words = wordsOf(fields, happening);
  return judged(
    {
      alarmId: compositeId(systemDN, around.alarmId),
      happening,
      order: { dialect: '3gpp-notify', ...notificationNumber(fields), ...orderedAt(eventTime) },
      country: source.country,
      mode: around.mode,
      ...words,
      causeGroup: causeGroup(words.probableCause, source.causeNumbers),
      alarmedObjectIds: alarmedObjects(fields, around.sourceName),
      sourceSystemId: systemDN,
      places: [],
      affectedServices: [],
      correlatedAlarms: [],
      parentAlarms: [],
      ...defined({ isRootCause: optionalFlag(fields, 'rootCauseIndicator') }),
      times: { event: eventTime, ...(happening === 'noted' ? {} : { [happening]: eventTime }) },
      receivedAt: around.receivedAt,
      details: optionalTexts(fields, details),
    },
    fields.flags,
  );
}

const details = {
  specificProblem: 'specificProblem',
  proposedRepairActions: 'proposedRepairedActions',
  additionalText: 'alarmDetails',
  objectClass: 'alarmedObjectType',
} as const;

type Words = Pick<AlarmEvent, 'severity' | 'alarmType' | 'probableCause' | 'unknownWords'>;

/** A clear is cleared whatever its severity says, so that is not read; a note need not repeat what it does not change. */
function wordsOf(fields: Fields, happening: AlarmHappening): Words {
  const heard = happening === 'noted' ? { ...fields, flags: new Set<Flag>() } : fields;
  const severity =
    happening === 'cleared' ? undefined : expectedWord(heard, 'perceivedSeverity', alarmSeverity);
  const type = expectedWord(heard, 'alarmType', alarmType);
  return {
    severity: severity ? (severity.known ?? 'indeterminate') : 'cleared',
    alarmType: type.known ?? 'unclassified',
    probableCause: probableCause(heard),
    unknownWords: defined({
      perceivedSeverity: severity?.known ? undefined : severity?.written,
      alarmType: type.known ? undefined : type.written,
    }),
  };
}

function alarmedObjects(fields: Fields, sourceName: string | undefined): readonly string[] {
  const named = ['objectInstance', 'href', 'uri'].map((name) => optionalText(fields, name));
  const candidates = [...named, sourceName].filter(
    (id): id is string => id !== undefined && id !== '',
  );
  if (candidates.length === 0) fields.flags.add('unplaced');
  return [...new Set(candidates)];
}

/** A `notificationId` that is no number is no order; it is not wrong, since 3GPP lets the vendor choose. */
function notificationNumber(fields: Fields): { number?: number } {
  const id = member(fields, 'notificationId');
  return id instanceof JsonNumber && Number.isSafeInteger(id.value) ? { number: id.value } : {};
}
