import {
  countries,
  modes,
  type Country,
  type Flag,
  type Mode,
  type SourceRight,
} from '../vocabulary';
import { flagged, reading, type Identity } from './attempt';
import { readEnvelope, type Attributes, type Envelope } from './envelope';
import { requiredId, requiredText, optionalText, type Fields } from './fields';
import { orderedAt } from './order';
import type {
  AcceptedPart,
  AlarmListRebuilt,
  NetworkEvent,
  RawRecord,
  Source,
  Sources,
} from './record';
import { refuse } from './refuse';
import { readReport } from './read-report';
import { decodeUtf8, isObject } from './strict-json';
import { expectedTime, readTime, received, type TimePoint } from './times';
import { alarmOf, readTmfAlarm, tmfEventNames, type TmfEventName } from './tmf642-alarm';
import { wordOf } from './words';

/** The type of word that a producer's list of alarms was rebuilt. @source standards §1.4 (ours) */
export const alarmListRebuiltType = 'network.alarm-list.rebuilt.v1';
/** The type of an incident that a person raised or changed. @source standards §1.6 (ours) */
export const incidentReportedType = 'network.incident.reported.v1';
/** The type of an alarm's event in CloudEvents; `.v4` is the major version of the payload. @source standards §1.4 */
export const alarmEventType = <Name extends TmfEventName>(
  name: Name,
): `org.tmforum.tmf642.${Name}.v4` => `org.tmforum.tmf642.${name}.v4`;

interface Trusted {
  readonly record: RawRecord;
  readonly envelope: Envelope;
  readonly source: Source;
  readonly mode: Mode;
  readonly flags: Set<Flag>;
}

/**
 * Reads a CloudEvent that holds an alarm of TMF642, a reported incident, or word of a rebuilt list.
 *
 * @param identity  is filled with what the event says it is, for the dead letter
 * @throws Refusal with the reason of standards §1.3, *Refused*
 */
export function readCloudEvent(
  record: RawRecord,
  sources: Sources,
  identity: Identity,
): AcceptedPart {
  const envelope = readEnvelope(record, (attributes) => {
    identity.sourceId = attributes.get('source') ?? undefined;
    identity.eventId = attributes.get('id') ?? undefined;
  });
  const { attributes } = envelope;
  const source = sources.named(record.topic, envelope.source);
  const family = familyOf(envelope.type);
  checkSource(source, family.right);
  checkCountry(attributes, source);
  const trusted = { record, envelope, source, mode: modeOf(attributes), flags: new Set<Flag>() };
  const event = family.read(trusted);
  return {
    kind: 'event',
    part: 0,
    sourceId: envelope.source,
    eventId: envelope.id,
    event,
    flags: flagged(trusted.flags),
  };
}

function familyOf(type: string): { right: SourceRight; read: (trusted: Trusted) => NetworkEvent } {
  const name = tmfEventNames.find((known) => alarmEventType(known) === type);
  if (name) return { right: 'alarms', read: (trusted) => readAlarm(trusted, name) };
  if (type === alarmListRebuiltType) return { right: 'alarms', read: readRebuilt };
  if (type === incidentReportedType) return { right: 'reports', read: readReported };
  return refuse(
    'type-unknown',
    `The type of the event or its version is not known here; send ${alarmEventType('AlarmCreateEvent')} or another event of an alarm, ${incidentReportedType}, or ${alarmListRebuiltType}.`,
  );
}

function checkSource(source: Source | undefined, right: SourceRight): asserts source is Source {
  if (!source?.active || source.dialect !== 'cloudevents-tmf642') {
    refuse(
      'source-unknown',
      'The source is not registered for CloudEvents on this topic; register it, then replay.',
    );
  }
  if (!source.rights.includes(right)) {
    refuse(
      'source-unknown',
      `The source may not send ${right} here; give it the right, then replay.`,
    );
  }
}

/** Absent is `actual`; any other word refuses: an exercise must never be read as real, nor the reverse. */
function modeOf(attributes: Attributes): Mode {
  const word = attributes.get('mode');
  if (word === undefined) return 'ACTUAL';
  const mode = word === null ? undefined : wordOf(modes, word);
  return (
    mode ??
    refuse('mode-unknown', 'The attribute mode must be actual, exercise or test, once; correct it.')
  );
}

function checkCountry(attributes: Attributes, source: Source): void {
  const word = attributes.get('country');
  const country: Country | undefined = word ? wordOf(countries, word) : undefined;
  if (word !== undefined && country !== source.country) {
    refuse(
      'identity-mismatch',
      'The attribute country is not the country of the source; correct one of them.',
    );
  }
}

function readAlarm(trusted: Trusted, name: TmfEventName): NetworkEvent {
  const { envelope, record, source, mode } = trusted;
  const outer = dataOf(trusted);
  if (requiredText(outer, 'eventId', 128) !== envelope.id) {
    refuse('identity-mismatch', 'eventId is not the id of the CloudEvent; send the same in both.');
  }
  if (requiredText(outer, 'eventType', 200) !== name) {
    refuse(
      'identity-mismatch',
      'eventType is not the name in the type of the CloudEvent; send the same in both.',
    );
  }
  const alarm = alarmOf(outer);
  const alarmId = requiredId(alarm, 'id', 128);
  checkNamed(trusted, alarmId, 'alarm/');
  const sequence = sequenceOf(trusted);
  const eventTime = expectedTime(outer, 'eventTime', envelopeTime(trusted));
  return readTmfAlarm(alarm, {
    source,
    mode,
    alarmId,
    name,
    outer,
    eventTime,
    receivedAt: record.receivedAt,
    orderOf: () => ({ dialect: 'cloudevents-tmf642', ...sequence, ...orderedAt(eventTime) }),
  });
}

function readRebuilt(trusted: Trusted): AlarmListRebuilt {
  const outer = dataOf(trusted);
  checkKey(trusted.record, trusted.envelope.source);
  const reason = optionalText(outer, 'reason');
  return {
    type: 'alarm-list-rebuilt',
    country: trusted.source.country,
    mode: trusted.mode,
    readAgain: true,
    ...(reason === undefined ? {} : { reason }),
  };
}

function readReported(trusted: Trusted): NetworkEvent {
  const { source, mode, record } = trusted;
  const report = readReport(dataOf(trusted), record.receivedAt);
  checkNamed(trusted, report.reference, '');
  if (report.country !== source.country) {
    refuse('identity-mismatch', 'country is not the country of the source; correct one of them.');
  }
  return { ...report, mode };
}

function dataOf(trusted: Trusted): Fields {
  const data = trusted.envelope.readData();
  if (!isObject(data)) refuse('schema-invalid', 'The data is not an object; send one event.');
  return reading(data, trusted.flags);
}

/** Key and subject must name the thing that the body names. A record without a key names nothing, and is not compared. */
function checkNamed(trusted: Trusted, id: string, subjectPrefix: string): void {
  checkKey(trusted.record, id);
  const subject = trusted.envelope.attributes.get('subject');
  if (subject === undefined) return;
  if (!subject?.startsWith(subjectPrefix)) {
    trusted.flags.add('field-ignored');
  } else if (subject !== subjectPrefix + id) {
    refuse(
      'identity-mismatch',
      'The attribute subject names another thing than the body; send the same in both.',
    );
  }
}

function checkKey(record: RawRecord, id: string): void {
  if (record.key !== null && decodeUtf8(record.key) !== id) {
    refuse(
      'identity-mismatch',
      "The record's key names another thing than the body; send the same in both.",
    );
  }
}

function sequenceOf({ envelope, flags }: Trusted): { sequence?: string } {
  const text = envelope.attributes.get('sequence');
  if (text === undefined) return {};
  if (text !== null && /^\d{10}$/.test(text)) return { sequence: text };
  flags.add('field-ignored');
  return {};
}

function envelopeTime({ envelope, record, flags }: Trusted): TimePoint {
  const text = envelope.attributes.get('time');
  if (text === undefined) return received(record.receivedAt);
  const point = text === null ? undefined : readTime(text);
  if (!point) flags.add('clock-unknown');
  return point ?? received(record.receivedAt);
}
