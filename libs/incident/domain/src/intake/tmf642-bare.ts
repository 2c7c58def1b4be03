import type { Flag } from '../vocabulary';
import type { AlarmTimes } from './alarm-event';
import { flagged, reading, type Identity } from './attempt';
import { compositeId } from './composite-id';
import { expectedText, requiredId, type Fields } from './fields';
import { orderedAt, type AlarmOrder } from './order';
import type { AcceptedPart, RawRecord, Source } from './record';
import { refuse } from './refuse';
import { sha256 } from './sha-256';
import { isObject, type JsonValue } from './strict-json';
import { expectedTime, received, type TimePoint } from './times';
import { alarmOf, readTmfAlarm, tmfEventNames, type TmfEventName } from './tmf642-alarm';

/**
 * Reads an alarm of TMF642 without headers: the alarm alone, or within its envelope.
 *
 * @throws Refusal `schema-invalid` without an object or the alarm's id; `type-unknown`
 * @source standards §1.7 `tmf642-bare`
 */
export function readBareAlarm(
  value: JsonValue,
  {
    bytes,
    record,
    source,
    identity,
  }: { bytes: Uint8Array; record: RawRecord; source: Source; identity: Identity },
): AcceptedPart {
  if (!isObject(value)) refuse('schema-invalid', 'The value is not an object; send one alarm.');
  const root = reading(value, new Set<Flag>());
  const outer = value.has('event') ? root : undefined;
  const alarm = outer ? alarmOf(outer) : root;
  const alarmId = requiredId(alarm, 'id', 128);
  const name = outer && nameOf(outer);
  const eventId = (outer && shortEventId(outer)) ?? compositeId(alarmId, sha256(bytes));
  identity.eventId = eventId;
  const byReceipt = received(record.receivedAt);
  const eventTime = outer ? expectedTime(outer, 'eventTime', byReceipt) : byReceipt;
  const event = readTmfAlarm(alarm, {
    source,
    mode: source.mode,
    alarmId,
    ...(name ? { name } : {}),
    ...(outer ? { outer } : {}),
    eventTime,
    receivedAt: record.receivedAt,
    orderOf,
  });
  return {
    kind: 'event',
    part: 0,
    sourceId: source.id,
    eventId,
    event,
    flags: flagged(root.flags),
  };
}

/** Expected, not required: without it state and severity tell what happened. But a type that we do not know is never read as one that we do. */
function nameOf(outer: Fields): TmfEventName | undefined {
  const written = expectedText(outer, 'eventType');
  const name = tmfEventNames.find((known) => known === written);
  if (written !== undefined && !name)
    refuse('type-unknown', 'eventType is no event of TMF642 v4; correct it.');
  return name;
}

function shortEventId(outer: Fields): string | undefined {
  const id = expectedText(outer, 'eventId');
  return id !== undefined && id.length > 128
    ? refuse('schema-invalid', 'eventId has over 128 characters.')
    : id;
}

/** By the event's time, else by the latest of the alarm's own; the receive time that stands in for a missing one has no text. */
function orderOf(times: AlarmTimes): AlarmOrder {
  const own = [times.raised, times.changed, times.cleared, times.reporting].flatMap((point) =>
    point?.text === undefined ? [] : [point],
  );
  const latest = own.reduce<TimePoint>(
    (one, other) => (isLater(other, one) ? other : one),
    times.event,
  );
  return {
    dialect: 'tmf642-bare',
    ...orderedAt(times.event.text === undefined ? latest : times.event),
  };
}

const isLater = (one: TimePoint, other: TimePoint): boolean =>
  other.text === undefined ||
  one.at > other.at ||
  (one.at === other.at && one.microseconds > other.microseconds);
