import { Refusal } from '@varde/kernel';
import type { Country, Dialect, Mode } from '../vocabulary';
import { alarmEventType, incidentReportedType } from './cloudevents-tmf642';
import { sha256 } from './sha-256';
import {
  isList,
  isObject,
  JsonNumber,
  readJson,
  type JsonObject,
  type JsonValue,
} from './strict-json';
import { tmfEventNames } from './tmf642-alarm';
import { wordOf } from './words';

/** A record to be written to the topic of a source. The value is the file, byte for byte. */
export interface RecordToPublish {
  readonly dialect: Dialect;
  /** Keeps the events of one alarm in order; `null` where the file does not tell. */
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
}

/** What publishing must know of a registered source. */
export interface PublishingSource {
  readonly id: string;
  readonly dialect: Dialect;
  readonly country: Country;
}

/** What a file holds, as its shape tells. */
type Shape = 'structured' | 'report' | 'tmf-event' | 'tmf-alarm' | 'ves' | '3gpp';

const dialectOfShape = {
  structured: 'cloudevents-tmf642',
  report: 'cloudevents-tmf642',
  'tmf-event': 'cloudevents-tmf642',
  'tmf-alarm': 'tmf642-bare',
  ves: 'ves-7',
  '3gpp': '3gpp-notify',
} as const satisfies Record<Shape, Dialect>;

const textOf = (object: JsonValue | undefined, name: string): string | undefined => {
  const value = isObject(object) ? object.get(name) : undefined;
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'string' ? value : undefined;
};
const objectOf = (object: JsonValue | undefined, name: string): JsonObject | undefined => {
  const value = isObject(object) ? object.get(name) : undefined;
  return isObject(value) ? value : undefined;
};

function shapeOf(file: JsonValue | undefined): Shape | undefined {
  if (!isObject(file)) return undefined;
  if (file.has('specversion')) return 'structured';
  if (file.has('reference') && file.has('action')) return 'report';
  if (file.has('eventList') || objectOf(objectOf(file, 'event'), 'commonEventHeader')) return 'ves';
  if (objectOf(objectOf(file, 'event'), 'alarm')) return 'tmf-event';
  if (file.has('notificationType')) return '3gpp';
  return file.has('id') && (file.has('perceivedSeverity') || file.has('alarmType'))
    ? 'tmf-alarm'
    : undefined;
}

/**
 * The dialect that a file is written in, told by its shape.
 *
 * @throws Refusal `file-shape-unknown`; what reading the JSON refuses
 * @source standards §1.7
 */
export function guessDialect(file: Uint8Array): Dialect {
  const shape = shapeOf(readJson(file));
  if (shape) return dialectOfShape[shape];
  throw new Refusal(
    'file-shape-unknown',
    'The file looks like no dialect that we know: name its source with --source.',
  );
}

/**
 * The record that publishes a file for a source. A file that is no JSON is published as it is where the dialect has no
 * headers: poison must be publishable.
 *
 * @param mode  the header `ce_mode`; the other dialects take it from their registration
 * @throws Refusal `file-shape-unknown` where the headers of CloudEvents cannot be told from the file
 */
export function recordToPublish(
  file: Uint8Array,
  source: PublishingSource,
  mode: Mode = 'ACTUAL',
): RecordToPublish {
  const read = readable(file);
  if (source.dialect !== 'cloudevents-tmf642') {
    return { dialect: source.dialect, key: keyWithoutHeaders(read), headers: {}, value: file };
  }
  const { key, headers } = cloudEvent(file, read, source, mode);
  return { dialect: source.dialect, key, headers, value: file };
}

function readable(file: Uint8Array): JsonValue | undefined {
  try {
    return readJson(file);
  } catch (error) {
    if (error instanceof Refusal) return undefined; // intake will say what is wrong with it
    throw error;
  }
}

function keyWithoutHeaders(read: JsonValue | undefined): string | null {
  switch (shapeOf(read)) {
    case 'tmf-alarm':
      return textOf(read, 'id') ?? null;
    case 'tmf-event':
      return textOf(objectOf(objectOf(read, 'event'), 'alarm'), 'id') ?? null;
    case '3gpp':
      return textOf(read, 'systemDN') ?? null;
    case 'ves':
      return textOf(objectOf(firstVesEvent(read), 'commonEventHeader'), 'sourceName') ?? null;
    default:
      return null;
  }
}

function firstVesEvent(read: JsonValue | undefined): JsonValue | undefined {
  const list = isObject(read) ? read.get('eventList') : undefined;
  return isList(list) ? list[0] : objectOf(read, 'event');
}

type KeyAndHeaders = Pick<RecordToPublish, 'key' | 'headers'>;

function cloudEvent(
  file: Uint8Array,
  read: JsonValue | undefined,
  source: PublishingSource,
  mode: Mode,
): KeyAndHeaders {
  const shared = {
    ce_specversion: '1.0',
    ce_source: source.id,
    ce_country: source.country,
    ce_mode: mode.toLowerCase(),
    'content-type': 'application/json; charset=utf-8',
  };
  switch (shapeOf(read)) {
    case 'structured':
      return structured(read);
    case 'report': {
      const key = textOf(read, 'reference') ?? null;
      // The same file again is the same event; another text under the same sequence is another one.
      return {
        key,
        headers: { ...shared, ce_id: sha256(file), ce_type: incidentReportedType, ...subject(key) },
      };
    }
    case 'tmf-event':
      return alarm(read, shared);
    default:
      throw new Refusal(
        'file-shape-unknown',
        'The file is neither an event with its alarm, a report nor a CloudEvent: name a source of another dialect.',
      );
  }
}

function structured(read: JsonValue | undefined): KeyAndHeaders {
  const data = objectOf(read, 'data');
  const key =
    textOf(data, 'reference') ?? textOf(objectOf(objectOf(data, 'event'), 'alarm'), 'id') ?? null;
  return { key, headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' } };
}

function alarm(
  read: JsonValue | undefined,
  shared: Readonly<Record<string, string>>,
): KeyAndHeaders {
  const key = textOf(objectOf(objectOf(read, 'event'), 'alarm'), 'id') ?? null;
  const name = wordOf(tmfEventNames, textOf(read, 'eventType') ?? '');
  const time = textOf(read, 'eventTime');
  return {
    key,
    headers: {
      ...shared,
      ce_id: textOf(read, 'eventId') ?? '',
      ce_type: name ? alarmEventType(name) : '',
      ...subject(key === null ? null : `alarm/${key}`),
      ...(time === undefined ? {} : { ce_time: time }),
    },
  };
}

const subject = (text: string | null): { ce_subject?: string } =>
  text === null ? {} : { ce_subject: text };
