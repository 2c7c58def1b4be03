import { dialects, type Dialect } from '../vocabulary';
import {
  aNotification,
  anAlarm,
  anAlarmBody,
  aRecord,
  aReportBody,
  aVesFault,
  bytesOf,
  exampleSources,
  headersOf,
} from './examples';
import { guessDialect, recordToPublish } from './publish';
import { readRecord } from './read-record';
import { sourcesOf } from './sources';

const sourceOf = (id: string) => exampleSources.find((source) => source.id === id)!;
const ranEast = sourceOf('/nms/no/ran-east');
const desk = sourceOf('/noc/se/desk');

const files: readonly (readonly [string, unknown, Dialect, string, string | null])[] = [
  [
    'an event of TMF642',
    anAlarmBody(),
    'cloudevents-tmf642',
    '/nms/no/ran-east',
    'NO-RAN-88213074',
  ],
  ['a report', aReportBody(), 'cloudevents-tmf642', '/noc/se/desk', 'NOC-2026-01187'],
  ['a bare alarm', anAlarm(), 'tmf642-bare', 'ems-bare', 'NO-RAN-88213074'],
  ['an event of VES', { event: aVesFault() }, 'ves-7', 'ves-collector', 'router-17'],
  ['a batch of VES', { eventList: [aVesFault()] }, 'ves-7', 'ves-collector', 'router-17'],
  [
    'a notification of 3GPP',
    aNotification(),
    '3gpp-notify',
    'ran-3gpp',
    'DC=example,SubNetwork=east',
  ],
];

describe('publish', () => {
  it.each(files)(
    '%s: guessed, published unchanged, and accepted by intake',
    (_what, content, dialect, id, key) => {
      const file = bytesOf(content);
      const source = sourceOf(id);
      expect(guessDialect(file)).toBe(dialect);
      const record = recordToPublish(file, source);
      expect(record.value).toBe(file);
      expect(record.key).toBe(key);
      const arrived = aRecord({
        topic: source.topic,
        key: key === null ? null : bytesOf(key),
        value: record.value,
        headers: headersOf(record.headers),
      });
      const parts = readRecord(
        { ...arrived, receivedAt: (arrived.receivedAt + 600_000) as typeof arrived.receivedAt },
        sourcesOf(exampleSources),
      );
      expect(parts.map(({ kind }) => kind)).toEqual(['event']);
    },
  );

  it('has a shape for every dialect', () => {
    expect(new Set(files.map(([, , dialect]) => dialect))).toEqual(new Set(dialects));
  });

  it('derives the headers of binary mode from the event', () => {
    expect(recordToPublish(bytesOf(anAlarmBody()), ranEast, 'EXERCISE').headers).toEqual({
      ce_specversion: '1.0',
      ce_id: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
      ce_source: '/nms/no/ran-east',
      ce_type: 'org.tmforum.tmf642.AlarmCreateEvent.v4',
      ce_subject: 'alarm/NO-RAN-88213074',
      ce_time: '2026-02-11T03:14:09.412+01:00',
      ce_country: 'NO',
      ce_mode: 'exercise',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('publishes a CloudEvent that is whole in the file in structured mode', () => {
    const file = bytesOf({
      specversion: '1.0',
      id: 'x',
      source: '/s',
      type: 't',
      data: anAlarmBody(),
    });
    expect(recordToPublish(file, ranEast)).toMatchObject({
      key: 'NO-RAN-88213074',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    });
  });

  it('gives the same report the same id, and another text another one', () => {
    const id = (note: string) =>
      recordToPublish(bytesOf(aReportBody({ note })), desk).headers['ce_id'];
    expect(id('a')).toBe(id('a'));
    expect(id('a')).not.toBe(id('b'));
  });

  it('publishes poison as it is where the dialect has no headers', () => {
    const poison = bytesOf('{');
    expect(recordToPublish(poison, sourceOf('ves-collector'))).toEqual({
      dialect: 'ves-7',
      key: null,
      headers: {},
      value: poison,
    });
  });

  it('says so when the shape of a file is unknown', () => {
    expect(() => guessDialect(bytesOf({}))).toThrow('--source');
    expect(() => guessDialect(bytesOf('['))).toThrow('not JSON');
    expect(() => recordToPublish(bytesOf(aNotification()), ranEast)).toThrow('another dialect');
  });
});
