import type { Flag } from '../vocabulary';
import { judged, type AlarmEvent } from './alarm-event';
import { vesSeverity } from './alarm-words';
import { attempt, flagged, reading, type Identity } from './attempt';
import { causeGroup } from './causes';
import { compositeId } from './composite-id';
import { defined } from './defined';
import {
  expectedText,
  expectedWord,
  member,
  optionalText,
  optionalTexts,
  requiredId,
  requiredObject,
  requiredText,
  type Fields,
} from './fields';
import { orderedAt } from './order';
import type { IntakePart, NetworkEvent, RawRecord, Source } from './record';
import { refuse } from './refuse';
import { sha256 } from './sha-256';
import { isList, isObject, JsonNumber, type JsonValue } from './strict-json';
import { readNotification } from './threegpp-notify';
import { readEpochMicroseconds, received, type TimePoint } from './times';
import { wordOf } from './words';

/** The domains of VES 7 that are acknowledged and counted. @source standards §1.7; VES Event Listener 7.2.1 */
export const countedDomains = [
  'heartbeat',
  'measurement',
  'mobileFlow',
  'notification',
  'other',
  'perf3gpp',
  'pnfRegistration',
  'sipSignaling',
  'stateChange',
  'syslog',
  'thresholdCrossingAlert',
  'voiceQuality',
] as const;
/** The namespaces of `stndDefined` that are acknowledged and counted. @source standards §1.7 */
export const countedNamespaces = [
  '3GPP-Heartbeat',
  '3GPP-PerformanceAssurance',
  '3GPP-Provisioning',
] as const;

const domains = ['fault', 'stndDefined', ...countedDomains] as const;
const namespaces = ['3GPP-FaultSupervision', ...countedNamespaces] as const;

interface VesContext {
  readonly record: RawRecord;
  readonly source: Source;
  readonly part: number;
  /** The bytes of the record, for an event whose header cannot tell one happening from the next. */
  readonly bytes: Uint8Array;
}

/** The header of an event of VES, read; its clock is judged apart, for only some events need it. */
interface Header {
  readonly sourceName: string;
  readonly eventId: string;
  readonly sequence: number | undefined;
  readonly started: TimePoint | undefined;
  readonly last: TimePoint;
  readonly clockFlags: ReadonlySet<Flag>;
}

/**
 * Reads a record of VES 7: one event or a batch. Each is taken, counted or refused by itself.
 *
 * @returns one part for each event
 * @throws Refusal `schema-invalid` for a value that holds no event
 * @source standards §1.7 `ves-7`
 */
export function readVes(value: JsonValue, around: Omit<VesContext, 'part'>): readonly IntakePart[] {
  return eventsOf(value).flatMap((event, part) =>
    attempt((identity) => {
      identity.sourceId = around.source.id;
      return [readEvent(event, { ...around, part }, identity)];
    }, part),
  );
}

function eventsOf(value: JsonValue): readonly JsonValue[] {
  const event = isObject(value) ? value.get('event') : undefined;
  const list = isObject(value) ? value.get('eventList') : undefined;
  if (event !== undefined && list === undefined) return [event];
  if (event === undefined && isList(list) && list.length > 0) return list;
  return refuse(
    'schema-invalid',
    'The value has neither one event nor an eventList with events; send one of the two.',
  );
}

function readEvent(event: JsonValue, context: VesContext, identity: Identity): IntakePart {
  if (!isObject(event)) refuse('schema-invalid', 'An event is not an object; send objects.');
  const fields = reading(event, new Set<Flag>());
  const headerFields = requiredObject(fields, 'commonEventHeader');
  const header = readHeader(headerFields, context.record);
  const eventId = eventIdOf(headerFields, header, context);
  identity.eventId = eventId;
  const place = { part: context.part, sourceId: context.source.id, eventId };
  const read = readDomain(fields, headerFields, { ...context, header });
  if (read.kind === 'counted') return { kind: 'counted', ...place, what: read.what };
  return { kind: 'event', ...place, event: read.event, flags: flagged(fields.flags) };
}

type ReadEvent =
  | { readonly kind: 'event'; readonly event: NetworkEvent }
  | { readonly kind: 'counted'; readonly what: string };
type HeaderContext = VesContext & { readonly header: Header };

function readDomain(fields: Fields, headerFields: Fields, context: HeaderContext): ReadEvent {
  const domain = wordOf(domains, requiredText(headerFields, 'domain', 128));
  if (!domain)
    refuse('type-unknown', 'commonEventHeader.domain is no domain of VES 7; correct it.');
  if (domain === 'fault') return { kind: 'event', event: readFault(fields, headerFields, context) };
  if (domain !== 'stndDefined') return { kind: 'counted', what: domain };
  const namespace = wordOf(namespaces, optionalText(headerFields, 'stndDefinedNamespace') ?? '');
  if (!namespace)
    refuse('type-unknown', 'commonEventHeader.stndDefinedNamespace is not known here; correct it.');
  return namespace === '3GPP-FaultSupervision'
    ? readStandard(fields, context)
    : { kind: 'counted', what: namespace };
}

/** A notification of 3GPP within VES. The header's clock counts only where the notification's own does not. */
function readStandard(fields: Fields, { header, source, record }: HeaderContext): ReadEvent {
  const read = readNotification(
    requiredObject(requiredObject(fields, 'stndDefinedFields'), 'data'),
    {
      source,
      mode: source.mode,
      receivedAt: record.receivedAt,
      fallback: header.last,
      sourceName: header.sourceName,
    },
  );
  const usesHeader =
    read.kind === 'event' && read.event.type === 'alarm' && read.event.times.event === header.last;
  if (usesHeader) header.clockFlags.forEach((flag) => fields.flags.add(flag));
  return read;
}

function readFault(
  fields: Fields,
  headerFields: Fields,
  { header, source, record }: HeaderContext,
): AlarmEvent {
  const fault = requiredObject(fields, 'faultFields');
  const condition = requiredText(fault, 'alarmCondition', 512);
  const severity = expectedWord(fault, 'eventSeverity', vesSeverity);
  header.clockFlags.forEach((flag) => fields.flags.add(flag));
  const isCleared = severity.known === 'cleared';
  return judged(
    {
      alarmId: compositeId(header.sourceName, condition, optionalText(fault, 'alarmInterfaceA')),
      happening: isCleared ? 'cleared' : isFirst(header) ? 'raised' : 'changed',
      order: {
        dialect: 'ves-7',
        ...defined({ number: header.sequence }),
        ...orderedAt(header.last),
      },
      country: source.country,
      mode: source.mode,
      severity: severity.known ?? 'indeterminate',
      alarmType: 'unclassified', // VES has no alarm type of X.733: it is not missing
      probableCause: condition,
      causeGroup: causeGroup(condition),
      alarmedObjectIds: [header.sourceName],
      sourceSystemId: expectedText(headerFields, 'reportingEntityName') ?? source.id,
      places: [],
      affectedServices: [],
      correlatedAlarms: [],
      parentAlarms: [],
      times: {
        event: header.last,
        raised: header.started ?? header.last,
        [isCleared ? 'cleared' : 'changed']: header.last,
      },
      receivedAt: record.receivedAt,
      unknownWords: defined({ perceivedSeverity: severity.known ? undefined : severity.written }),
      details: optionalTexts(fault, { specificProblem: 'specificProblem' }),
    },
    fields.flags,
  );
}

/** VES does not say whether a fault is new. Where it began when it last happened, it is. */
const isFirst = ({ started, last }: Header): boolean =>
  started !== undefined && started.text === last.text;

function readHeader(fields: Fields, record: RawRecord): Header {
  const clockFlags = new Set<Flag>();
  const clock = { ...fields, flags: clockFlags };
  return {
    sourceName: requiredText(fields, 'sourceName', 512),
    eventId: requiredId(fields, 'eventId', 512),
    sequence: sequenceOf(fields),
    started: epoch(clock, 'startEpochMicrosec'),
    last: epoch(clock, 'lastEpochMicrosec') ?? received(record.receivedAt),
    clockFlags,
  };
}

function epoch(fields: Fields, name: string): TimePoint | undefined {
  const value = member(fields, name);
  const point = value instanceof JsonNumber ? readEpochMicroseconds(value) : undefined;
  if (!point) fields.flags.add(value === undefined ? 'field-missing' : 'clock-unknown');
  return point;
}

function sequenceOf(fields: Fields): number | undefined {
  const value = member(fields, 'sequence');
  if (value instanceof JsonNumber && Number.isSafeInteger(value.value)) return value.value;
  if (value !== undefined) fields.flags.add('field-ignored');
  return undefined;
}

/**
 * The id of an event, beside its source. A source that was restarted repeats `eventId` and `sequence`; where its clock
 * stands still as well, only the bytes tell a repeat from the next event.
 */
function eventIdOf(
  fields: Fields,
  { sourceName, eventId, sequence }: Header,
  { bytes, part }: VesContext,
): string {
  const last = member(fields, 'lastEpochMicrosec');
  const clock =
    last instanceof JsonNumber && last.value !== 0 ? last.text : `${part}:${sha256(bytes)}`;
  return compositeId(sourceName, eventId, sequence === undefined ? '' : String(sequence), clock);
}
