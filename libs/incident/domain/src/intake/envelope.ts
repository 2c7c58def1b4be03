import { decodeBase64 } from './base64';
import type { HeaderValue, RawRecord } from './record';
import { refuse } from './refuse';
import {
  decodeUtf8,
  isObject,
  JsonNumber,
  readJson,
  type JsonObject,
  type JsonValue,
} from './strict-json';

/** The attributes of an event by name, as text; `null` for one that is there and cannot be read as one text. */
export type Attributes = ReadonlyMap<string, string | null>;

/** An event of CloudEvents 1.0 whose required attributes are there. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The event's data, read when it is asked for: an unknown source or type is refused before. */
  readonly readData: () => JsonValue;
}

const prefix = 'ce_';
const attributeName = /^[a-z0-9]+$/;
const controlCharacter = /\p{Cc}/u;
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const jsonMediaType = /^[a-z0-9!#$&^_.+-]+\/(?:json|[a-z0-9!#$&^_.+-]+\+json)$/;

/** The one text of a header; `undefined` if it is absent, `null` if it is repeated or not UTF-8. */
export function headerText(value: HeaderValue): string | null | undefined {
  if (value === undefined || value === null) return undefined; // Kafka allows a header without a value
  if (value instanceof Uint8Array) return decodeUtf8(value) ?? null;
  if (value.length === 0) return undefined;
  const [first] = value;
  return value.length === 1 && first ? (decodeUtf8(first) ?? null) : null;
}

const mediaType = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
const contentTypeOf = (record: RawRecord): string | null | undefined =>
  headerText(record.headers['content-type']);

/** Is the whole event in the value (structured mode)? */
export const isStructured = (record: RawRecord): boolean =>
  (contentTypeOf(record) ?? '').trim().toLowerCase().startsWith('application/cloudevents');

/** Does this record claim to be a CloudEvent? */
export const isCloudEvent = (record: RawRecord): boolean =>
  isStructured(record) || Object.keys(record.headers).some((name) => name.startsWith(prefix));

/** The attributes of binary mode, without judging them: header `ce_x` is attribute `x`. */
export function headerAttributes(record: RawRecord): Attributes {
  const read = Object.entries(record.headers).flatMap(([name, value]) => {
    const text = name.startsWith(prefix) ? headerText(value) : undefined;
    return text === undefined ? [] : [[name.slice(prefix.length), text] as const];
  });
  return new Map(read);
}

/**
 * Reads the envelope of CloudEvents 1.0 on Kafka, in binary or structured mode. It decides by itself: the common SDK
 * accepts events that the specification calls invalid.
 *
 * @param found  is told who the event says it is, as soon as that can be read, so that a dead letter can name it
 * @throws Refusal `envelope-invalid`; `value-missing`; in structured mode also what {@link readJson} refuses
 * @source standards §1.1; CloudEvents 1.0.2 and its Kafka binding
 */
export function readEnvelope(record: RawRecord, found: (attributes: Attributes) => void): Envelope {
  return isStructured(record) ? readStructured(record, found) : readBinary(record, found);
}

function readBinary(record: RawRecord, found: (attributes: Attributes) => void): Envelope {
  const attributes = headerAttributes(record);
  found(attributes);
  const value = valueOf(record);
  const contentType = contentTypeOf(record);
  checkNames(attributes.keys());
  if (!contentType || !jsonMediaType.test(mediaType(contentType))) {
    refuse(
      'envelope-invalid',
      'The header content-type is missing, repeated or not JSON; send application/json.',
    );
  }
  return checked(attributes, () => readJson(value));
}

function readStructured(record: RawRecord, found: (attributes: Attributes) => void): Envelope {
  const format = mediaType(contentTypeOf(record) ?? '');
  if (format !== 'application/cloudevents' && format !== 'application/cloudevents+json') {
    refuse(
      'envelope-invalid',
      'The event is a batch or not JSON; send application/cloudevents+json, one event in a record.',
    );
  }
  const event = readJson(valueOf(record));
  if (!isObject(event))
    refuse('envelope-invalid', 'The value is not one CloudEvent; send one object in a record.');
  const attributes = memberAttributes(event);
  found(attributes);
  checkNames(attributes.keys());
  const contentType = attributes.get('datacontenttype');
  if (
    contentType === null ||
    (contentType !== undefined && !jsonMediaType.test(mediaType(contentType)))
  ) {
    refuse('envelope-invalid', 'The attribute datacontenttype is not JSON; send application/json.');
  }
  return checked(attributes, dataOf(event));
}

function valueOf(record: RawRecord): Uint8Array {
  return (
    record.value ??
    refuse('value-missing', 'The record has no value; send the event with its data.')
  );
}

function memberAttributes(event: JsonObject): Attributes {
  const read = [...event].flatMap(([name, value]) => {
    if (name === 'data' || name === 'data_base64' || value === null) return [];
    return [[name, attributeText(value)] as const];
  });
  return new Map(read);
}

/** CloudEvents writes whole numbers and booleans as text where a header needs text. */
function attributeText(value: JsonValue): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value instanceof JsonNumber && value.isWhole ? value.text : null;
}

function dataOf(event: JsonObject): () => JsonValue {
  const data = event.get('data') ?? null;
  const encoded = event.get('data_base64') ?? null;
  if (data !== null && encoded !== null) {
    refuse('envelope-invalid', 'The event has both data and data_base64; send one of them.');
  }
  if (encoded === null)
    return () => data ?? refuse('value-missing', 'The event has no data; send it with its data.');
  const bytes = typeof encoded === 'string' ? decodeBase64(encoded) : undefined;
  if (!bytes)
    refuse('encoding-invalid', 'The member data_base64 is not Base64; encode the data again.');
  return () => readJson(bytes);
}

function checkNames(names: Iterable<string>): void {
  for (const name of names) {
    if (!attributeName.test(name) || name === 'data') {
      refuse(
        'envelope-invalid',
        'An attribute has a name that is not allowed; use small letters a to z and digits.',
      );
    }
  }
}

function checked(attributes: Attributes, readData: () => JsonValue): Envelope {
  if (attributes.get('specversion') !== '1.0') {
    refuse('envelope-invalid', 'The attribute specversion is not 1.0; send CloudEvents 1.0.');
  }
  const id = requiredAttribute(attributes, 'id', 128);
  const source = requiredAttribute(attributes, 'source', 200);
  if (!uriReference.test(source))
    refuse('envelope-invalid', 'The attribute source is not a URI reference; correct it.');
  return { id, source, type: requiredAttribute(attributes, 'type', 200), attributes, readData };
}

function requiredAttribute(attributes: Attributes, name: string, longest: number): string {
  const text = attributes.get(name);
  if (text && text.length <= longest && !controlCharacter.test(text)) return text;
  return refuse(
    'envelope-invalid',
    `The attribute ${name} is missing, empty, repeated, over ${longest} characters or holds control characters; send it once.`,
  );
}
