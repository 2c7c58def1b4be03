import type { Flag } from '../vocabulary';
import { attempt, flagged, reading, type Identity } from './attempt';
import { readCloudEvent } from './cloudevents-tmf642';
import { compositeId } from './composite-id';
import { isCloudEvent } from './envelope';
import type { IntakePart, RawRecord, Source, Sources } from './record';
import { refuse } from './refuse';
import { sha256 } from './sha-256';
import { isObject, readJson, type JsonValue } from './strict-json';
import { readNotification } from './threegpp-notify';
import { received } from './times';
import { readBareAlarm } from './tmf642-bare';
import { readVes } from './ves-7';

/**
 * What becomes of a record of Kafka: for each event in it exactly one of accepted, counted and refused, at least one
 * in all. The same record gives the same parts. It never throws, whatever the bytes.
 *
 * @source standards §1.1 to §1.7; invariants I-1, I-4; security S-12
 */
export function readRecord(record: RawRecord, sources: Sources): readonly IntakePart[] {
  if (isCloudEvent(record))
    return attempt((identity) => [readCloudEvent(record, sources, identity)]);
  return attempt((identity) => {
    const source = sourceOf(record, sources);
    identity.sourceId = source.id;
    const bytes =
      record.value ?? refuse('value-missing', 'The record has no value; send the event.');
    return readDialect(readJson(bytes), { bytes, record, source, identity });
  });
}

function sourceOf(record: RawRecord, sources: Sources): Source {
  const source = sources.withoutHeaders(record.topic);
  if (!source) {
    const what =
      'The record has no headers of CloudEvents, and its topic is registered for no dialect without them';
    refuse(
      record.value === null ? 'value-missing' : 'envelope-invalid',
      `${what}; register the source or send the headers.`,
    );
  }
  if (!source.active || !source.rights.includes('alarms')) {
    refuse(
      'source-unknown',
      'The source of this topic may not send alarms any more; register it, then replay.',
    );
  }
  return source;
}

interface Bare {
  readonly bytes: Uint8Array;
  readonly record: RawRecord;
  readonly source: Source;
  readonly identity: Identity;
}

function readDialect(value: JsonValue, bare: Bare): readonly IntakePart[] {
  switch (bare.source.dialect) {
    case 'tmf642-bare':
      return [readBareAlarm(value, bare)];
    case 'ves-7':
      return readVes(value, bare);
    case '3gpp-notify':
      return [readNotificationRecord(value, bare)];
    case 'cloudevents-tmf642':
      return refuse(
        'envelope-invalid',
        'The source of this topic sends CloudEvents; send the headers.',
      );
  }
}

function readNotificationRecord(
  value: JsonValue,
  { bytes, record, source, identity }: Bare,
): IntakePart {
  if (!isObject(value))
    refuse('schema-invalid', 'The value is not an object; send one notification.');
  const fields = reading(value, new Set<Flag>());
  const read = readNotification(fields, {
    source,
    mode: source.mode,
    receivedAt: record.receivedAt,
    fallback: received(record.receivedAt),
  });
  const eventId = compositeId(...read.idParts, sha256(bytes));
  identity.eventId = eventId;
  const place = { part: 0, sourceId: source.id, eventId };
  if (read.kind === 'counted') return { kind: 'counted', ...place, what: read.what };
  return { kind: 'event', ...place, event: read.event, flags: flagged(fields.flags) };
}
