import { alarmEventType } from './cloudevents-tmf642';
import {
  anAlarmBody,
  anAlarmRecord,
  aRecord,
  bytesOf,
  headersOf,
  type PlainObject,
} from './examples';
import type { RawRecord } from './record';

const whole: PlainObject = {
  specversion: '1.0',
  id: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
  source: '/nms/no/ran-east',
  type: alarmEventType('AlarmCreateEvent'),
  data: anAlarmBody(),
};

/** A CloudEvent in structured mode; a member set to `undefined` is left out. */
export const structured = (
  different: PlainObject = {},
  contentType = 'application/cloudevents+json',
): RawRecord =>
  aRecord({
    value: bytesOf({ ...whole, ...different }),
    headers: headersOf({ 'content-type': contentType }),
  });

const header = (headers: Readonly<Record<string, string | undefined>>): RawRecord =>
  anAlarmRecord({ headers });
const twice = (name: string): RawRecord => {
  const good = anAlarmRecord();
  const value = good.headers[name] as Uint8Array;
  return { ...good, headers: { ...good.headers, [name]: [value, value] } };
};
const base64 = (value: unknown): string => btoa(JSON.stringify(value));

/** What CloudEvents 1.0 and its Kafka binding call valid or invalid, and what becomes of it. @source standards §1.1 */
export const envelopeCases: readonly (readonly [string, RawRecord, string])[] = [
  ['binary mode, complete', header({}), 'event'],
  [
    'binary mode, required attributes only',
    header({
      ce_subject: undefined,
      ce_time: undefined,
      ce_sequence: undefined,
      ce_country: undefined,
      ce_mode: undefined,
    }),
    'event',
  ],
  [
    'an extension that we do not read',
    header({ ce_partitionkey: 'x', ce_anything9: 'y' }),
    'event',
  ],
  [
    'a content type with +json',
    header({ 'content-type': 'application/vnd.example.alarm+json' }),
    'event',
  ],
  ['a content type in capitals', header({ 'content-type': 'Application/JSON' }), 'event'],
  ['structured mode', structured(), 'event'],
  [
    'structured mode, content type in capitals and with a charset',
    structured({}, 'Application/CloudEvents+JSON; charset=UTF-8'),
    'event',
  ],
  [
    'structured mode, data in Base64',
    structured({ data: undefined, data_base64: base64(anAlarmBody()) }),
    'event',
  ],
  [
    'structured mode, a null member is absent',
    structured({ subject: null, data_base64: null }),
    'event',
  ],
  [
    'an invalid trace never refuses',
    header({ traceparent: 'XX-not-a-trace', ce_traceparent: '00-0-0-00' }),
    'event',
  ],
  ['no id', header({ ce_id: undefined }), 'envelope-invalid'],
  ['an empty id', header({ ce_id: '' }), 'envelope-invalid'],
  ['an id of 129 characters', header({ ce_id: 'x'.repeat(129) }), 'envelope-invalid'],
  ['an id with U+0000', header({ ce_id: 'a\u0000b' }), 'envelope-invalid'],
  ['a repeated id', twice('ce_id'), 'envelope-invalid'],
  ['a repeated source', twice('ce_source'), 'envelope-invalid'],
  ['a repeated content type', twice('content-type'), 'envelope-invalid'],
  ['no source', header({ ce_source: undefined }), 'envelope-invalid'],
  ['an empty source', header({ ce_source: '' }), 'envelope-invalid'],
  ['a source that is no URI reference', header({ ce_source: '/nms/no ran' }), 'envelope-invalid'],
  ['a source of 201 characters', header({ ce_source: '/'.repeat(201) }), 'envelope-invalid'],
  ['no type', header({ ce_type: undefined }), 'envelope-invalid'],
  ['no specversion', header({ ce_specversion: undefined }), 'envelope-invalid'],
  ['another specversion', header({ ce_specversion: '0.3' }), 'envelope-invalid'],
  ['no content type', header({ 'content-type': undefined }), 'envelope-invalid'],
  ['a content type that is not JSON', header({ 'content-type': 'text/xml' }), 'envelope-invalid'],
  ['an extension in camel case', header({ ce_siteName: 'x' }), 'envelope-invalid'],
  ['an extension with a dash', header({ 'ce_site-name': 'x' }), 'envelope-invalid'],
  ['an attribute called data', header({ ce_data: 'x' }), 'envelope-invalid'],
  [
    'structured mode, both data fields',
    structured({ data_base64: base64({}) }),
    'envelope-invalid',
  ],
  ['structured mode, no id', structured({ id: undefined }), 'envelope-invalid'],
  ['structured mode, an id that is an object', structured({ id: {} }), 'envelope-invalid'],
  [
    'structured mode, data that is not JSON',
    structured({ datacontenttype: 'text/xml' }),
    'envelope-invalid',
  ],
  [
    'structured mode, another format',
    structured({}, 'application/cloudevents+avro'),
    'envelope-invalid',
  ],
  ['structured mode, a bad extension name', structured({ siteName: 'x' }), 'envelope-invalid'],
  [
    'a batch',
    { ...structured({}, 'application/cloudevents-batch+json'), value: bytesOf([whole]) },
    'envelope-invalid',
  ],
  ['structured mode, a list', { ...structured(), value: bytesOf([whole]) }, 'envelope-invalid'],
  [
    'no headers at all where CloudEvents are expected',
    aRecord({ value: bytesOf(anAlarmBody()) }),
    'envelope-invalid',
  ],
  ['a tombstone', { ...header({}), value: null }, 'value-missing'],
  ['a tombstone without headers', aRecord(), 'value-missing'],
  ['structured mode, no data', structured({ data: undefined }), 'value-missing'],
  [
    'structured mode, bad Base64',
    structured({ data: undefined, data_base64: 'a' }),
    'encoding-invalid',
  ],
  [
    'data in Base64 that is not JSON',
    structured({ data: undefined, data_base64: btoa('{') }),
    'encoding-invalid',
  ],
  ['a value that is not JSON', { ...header({}), value: bytesOf('{') }, 'encoding-invalid'],
  [
    'a value over 256 KiB',
    { ...header({}), value: new Uint8Array(262_145).fill(0x20) },
    'too-large',
  ],
];
