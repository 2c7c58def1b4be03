import { instant } from '@varde/kernel';
import type { Flag } from '../vocabulary';
import { anAlarmRecord, bytesOf, type PlainObject } from './examples';
import type { RawRecord } from './record';

const alarm = (different: PlainObject): RawRecord => anAlarmRecord({ alarm: different });
const body = (different: PlainObject): RawRecord => anAlarmRecord({ body: different });
const header = (headers: Readonly<Record<string, string | undefined>>): RawRecord =>
  anAlarmRecord({ headers });
const at = (record: RawRecord, receivedAt: number): RawRecord => ({
  ...record,
  receivedAt: instant(receivedAt),
});
const raisedAt = Date.UTC(2026, 1, 11, 2, 13, 58);
const day = 24 * 60 * 60_000;

/** An accepted event with one thing odd in it, and what comes of that. @source standards §1.3 */
export const oddCases: readonly (readonly [string, RawRecord, readonly Flag[], PlainObject])[] = [
  ['nothing odd', alarm({}), [], {}],
  [
    'no alarm type',
    alarm({ alarmType: undefined }),
    ['field-missing'],
    { alarmType: 'unclassified', unknownWords: {} },
  ],
  [
    'a null alarm type',
    alarm({ alarmType: null }),
    ['field-missing'],
    { alarmType: 'unclassified' },
  ],
  [
    'an unknown alarm type',
    alarm({ alarmType: 'fooAlarm' }),
    ['word-unknown'],
    { alarmType: 'unclassified', unknownWords: { alarmType: 'fooAlarm' } },
  ],
  [
    'the alarm type OTHER of 3GPP',
    alarm({ alarmType: 'OTHER' }),
    ['word-unknown'],
    { alarmType: 'unclassified' },
  ],
  [
    'an alarm type of 3GPP',
    alarm({ alarmType: 'SECURITY_SERVICE_OR_MECHANISM_VIOLATION' }),
    [],
    { alarmType: 'securityService' },
  ],
  [
    'no severity',
    alarm({ perceivedSeverity: undefined }),
    ['field-missing'],
    { severity: 'indeterminate' },
  ],
  [
    'an unknown severity',
    alarm({ perceivedSeverity: 'severe' }),
    ['word-unknown'],
    { severity: 'indeterminate', unknownWords: { perceivedSeverity: 'severe' } },
  ],
  ['a severity in capitals', alarm({ perceivedSeverity: 'Major' }), [], { severity: 'major' }],
  [
    'a severity that is a number',
    alarm({ perceivedSeverity: 1 }),
    ['field-missing'],
    { severity: 'indeterminate' },
  ],
  [
    'no probable cause',
    alarm({ probableCause: undefined }),
    ['field-missing'],
    { probableCause: 'unknown', causeGroup: 'technical' },
  ],
  [
    'a probable cause that is a number',
    alarm({ probableCause: 58 }),
    [],
    { probableCause: 58, causeGroup: 'technical' },
  ],
  [
    "a probable cause of nobody's list",
    alarm({ probableCause: 'moonlight' }),
    [],
    { probableCause: 'moonlight', causeGroup: 'technical' },
  ],
  [
    'no alarmed object',
    alarm({ alarmedObject: undefined }),
    ['unplaced'],
    { alarmedObjectIds: [] },
  ],
  [
    'an alarmed object that is a text',
    alarm({ alarmedObject: 'site/NO/20417' }),
    ['unplaced'],
    { alarmedObjectIds: [] },
  ],
  [
    'an alarmed object without an id',
    alarm({ alarmedObject: { href: '/x' } }),
    ['unplaced'],
    { alarmedObjectIds: [] },
  ],
  [
    'no source system',
    alarm({ sourceSystemId: undefined }),
    ['field-missing'],
    { sourceSystemId: '/nms/no/ran-east' },
  ],
  ['no state', alarm({ state: undefined }), ['field-missing'], { happening: 'raised' }],
  [
    'an unknown state',
    alarm({ state: 'active' }),
    ['word-unknown'],
    { happening: 'raised', unknownWords: { state: 'active' } },
  ],
  [
    'no raised time',
    alarm({ alarmRaisedTime: undefined }),
    ['field-missing'],
    {
      times: expect.objectContaining({
        raised: expect.objectContaining({ text: '2026-02-11T03:14:09.412+01:00' }),
      }),
    },
  ],
  [
    'a raised time without offset',
    alarm({ alarmRaisedTime: '2026-02-11T03:13:58' }),
    ['clock-unknown'],
    {
      times: expect.objectContaining({
        raised: expect.objectContaining({ text: '2026-02-11T03:14:09.412+01:00' }),
      }),
    },
  ],
  [
    'a raised time before 2000',
    alarm({ alarmRaisedTime: '1999-12-31T23:59:59Z' }),
    ['clock-unknown'],
    {},
  ],
  [
    'a changed time that is a number',
    alarm({ alarmChangedTime: 1770776038 }),
    ['clock-unknown'],
    {},
  ],
  [
    'no event time',
    body({ eventTime: undefined }),
    ['field-missing'],
    {
      times: expect.objectContaining({
        event: expect.objectContaining({ text: '2026-02-11T03:14:09.412+01:00' }),
      }),
    },
  ],
  [
    'no event time that can be read, nor a ce_time',
    anAlarmRecord({ body: { eventTime: 'now' }, headers: { ce_time: 'now' } }),
    ['clock-unknown'],
    {
      times: expect.objectContaining({
        event: { at: Date.UTC(2026, 1, 11, 2, 14, 19), microseconds: 0 },
      }),
    },
  ],
  [
    'the two c of v5',
    body({ timeOcurred: undefined, timeOccurred: '2026-02-11T03:13:58+01:00' }),
    [],
    {
      times: expect.objectContaining({
        occurred: expect.objectContaining({ text: '2026-02-11T03:13:58+01:00' }),
      }),
    },
  ],
  ['small t and z', alarm({ alarmRaisedTime: '2026-02-11t02:13:58z' }), [], { clockAt: raisedAt }],
  [
    'a leap second',
    alarm({ alarmRaisedTime: '2026-02-11T02:13:60Z' }),
    [],
    { clockAt: Date.UTC(2026, 1, 11, 2, 13, 59) },
  ],
  [
    'a clock exactly 5 minutes ahead',
    at(alarm({}), Date.UTC(2026, 1, 11, 2, 9, 9, 412)),
    [],
    { clockAt: raisedAt },
  ],
  [
    'a clock a millisecond further ahead',
    at(alarm({}), Date.UTC(2026, 1, 11, 2, 9, 9, 411)),
    ['clock-skew'],
    { clockAt: Date.UTC(2026, 1, 11, 2, 9, 9, 411) },
  ],
  ['received exactly a day after it was raised', at(alarm({}), raisedAt + day), [], {}],
  ['received a millisecond later', at(alarm({}), raisedAt + day + 1), ['stale'], {}],
  [
    'a place without a role',
    alarm({ place: [{ id: 'NO-46' }] }),
    [],
    { places: [{ id: 'NO-46', role: 'impacted' }] },
  ],
  [
    'a place without an id loses itself alone',
    alarm({ place: [{ name: 'Bergen' }, { id: 'NO-46' }] }),
    ['field-ignored'],
    { places: [{ id: 'NO-46', role: 'impacted' }] },
  ],
  ['a place that is no list', alarm({ place: { id: 'NO-46' } }), ['field-ignored'], { places: [] }],
  [
    'a parent that is an object',
    alarm({ parentAlarm: { id: 'x' } }),
    ['field-ignored'],
    { parentAlarms: [] },
  ],
  [
    'a correlated alarm with a number for an id',
    alarm({ correlatedAlarm: [{ id: 1 }, { id: 'x' }] }),
    ['field-ignored'],
    { correlatedAlarms: ['x'] },
  ],
  [
    'the string "true"',
    alarm({ serviceAffecting: 'true' }),
    ['field-ignored'],
    { serviceAffecting: undefined },
  ],
  [
    'isRoot, as the sample of TM Forum has it',
    alarm({ isRootCause: undefined, isRoot: false }),
    [],
    { isRootCause: false },
  ],
  ['isRoot does not overrule isRootCause', alarm({ isRoot: false }), [], { isRootCause: true }],
  ['a priority that is a number', body({ priority: 1 }), ['field-ignored'], {}],
  ['a specific problem that is a list', alarm({ specificProblem: ['x'] }), ['field-ignored'], {}],
  ['an unknown acknowledgement', alarm({ ackState: 'maybe' }), ['field-ignored'], {}],
  ['a comment that is a text', alarm({ comment: 'x' }), ['field-ignored'], {}],
  ['what we do not read', alarm({ crossedThresholdInformation: [1], '@type': 7 }), [], {}],
  [
    'a sequence of 9 digits',
    header({ ce_sequence: '000000001' }),
    ['field-ignored'],
    {
      order: {
        dialect: 'cloudevents-tmf642',
        atMicroseconds: Date.UTC(2026, 1, 11, 2, 14, 9, 412) * 1000,
      },
    },
  ],
  ['a subject of another shape', header({ ce_subject: 'something' }), ['field-ignored'], {}],
  ['an unreadable ce_time', header({ ce_time: 'now' }), ['clock-unknown'], {}],
  ['no key', anAlarmRecord({ record: { key: null } }), [], {}],
  [
    'an id that is an integer',
    anAlarmRecord({
      alarm: { id: 8675309 },
      headers: { ce_subject: undefined },
      record: { key: bytesOf('8675309') },
    }),
    [],
    { alarmId: '8675309' },
  ],
  ['a mode in capitals', header({ ce_mode: 'EXERCISE' }), [], { mode: 'EXERCISE' }],
  ['the canary', header({ ce_mode: 'test' }), [], { mode: 'TEST' }],
  ['no mode is actual', header({ ce_mode: undefined }), [], { mode: 'ACTUAL' }],
];

/** What is refused, and why. @source standards §1.3, *Refused* */
export const refusedCases: readonly (readonly [string, RawRecord, string])[] = [
  ['an unknown type', header({ ce_type: 'org.tmforum.tmf642.AlarmFooEvent.v4' }), 'type-unknown'],
  [
    'a newer major version',
    header({ ce_type: 'org.tmforum.tmf642.AlarmCreateEvent.v5' }),
    'type-unknown',
  ],
  [
    'a type in another case',
    header({ ce_type: 'org.tmforum.tmf642.alarmcreateevent.v4' }),
    'type-unknown',
  ],
  ['a newer report', header({ ce_type: 'network.incident.reported.v2' }), 'type-unknown'],
  ['another mode', header({ ce_mode: 'drill' }), 'mode-unknown'],
  ['an empty mode', header({ ce_mode: '' }), 'mode-unknown'],
  ['an unknown source', header({ ce_source: '/nms/no/elsewhere' }), 'source-unknown'],
  [
    'a source on another topic',
    anAlarmRecord({ record: { topic: 'network.other' } }),
    'source-unknown',
  ],
  [
    'a source without the right',
    header({ ce_source: '/noc/se/desk', ce_country: 'SE' }),
    'source-unknown',
  ],
  ["another country than the source's", header({ ce_country: 'SE' }), 'identity-mismatch'],
  ['a country where we are not', header({ ce_country: 'FI' }), 'identity-mismatch'],
  ['another key', anAlarmRecord({ record: { key: bytesOf('NO-RAN-1') } }), 'identity-mismatch'],
  ['an empty key', anAlarmRecord({ record: { key: new Uint8Array() } }), 'identity-mismatch'],
  [
    'a key that is not UTF-8',
    anAlarmRecord({ record: { key: Uint8Array.of(0xff) } }),
    'identity-mismatch',
  ],
  ['another subject', header({ ce_subject: 'alarm/NO-RAN-1' }), 'identity-mismatch'],
  ['another eventId', body({ eventId: 'x' }), 'identity-mismatch'],
  ['another eventType', body({ eventType: 'AlarmDeleteEvent' }), 'identity-mismatch'],
  ['no eventId', body({ eventId: undefined }), 'schema-invalid'],
  ['no eventType', body({ eventType: undefined }), 'schema-invalid'],
  ['no alarm', body({ event: {} }), 'schema-invalid'],
  ['no event', body({ event: undefined }), 'schema-invalid'],
  ['an alarm that is a list', body({ event: { alarm: [] } }), 'schema-invalid'],
  ['no alarm id', alarm({ id: undefined }), 'schema-invalid'],
  ['an empty alarm id', alarm({ id: '' }), 'schema-invalid'],
  ['an alarm id of 129 characters', alarm({ id: 'x'.repeat(129) }), 'schema-invalid'],
  ['an alarm id with a fraction', alarm({ id: 1.5 }), 'schema-invalid'],
  ['data that is a list', anAlarmRecord({ record: { value: bytesOf([]) } }), 'schema-invalid'],
  [
    '1,001 correlated alarms',
    alarm({ correlatedAlarm: Array.from({ length: 1_001 }, () => ({ id: 'x' })) }),
    'too-large',
  ],
  [
    'a rebuilt list whose key is not the source',
    anAlarmRecord({ headers: { ce_type: 'network.alarm-list.rebuilt.v1' } }),
    'identity-mismatch',
  ],
];

/** What each type of event does, by what state and severity say. @source standards §1.4 */
export const happeningCases = [
  ['AlarmCreateEvent', 'raised', 'critical', 'raised'],
  ['AlarmCreateEvent', 'updated', 'critical', 'raised'],
  ['AlarmCreateEvent', 'cleared', 'critical', 'cleared'],
  ['AlarmAttributeValueChangeEvent', 'updated', 'minor', 'changed'],
  ['AlarmAttributeValueChangeEvent', 'raised', 'minor', 'changed'],
  ['AlarmAttributeValueChangeEvent', 'cleared', 'minor', 'cleared'],
  ['AlarmStateChangeEvent', 'cleared', 'critical', 'cleared'],
  ['AlarmStateChangeEvent', 'updated', 'cleared', 'cleared'],
  ['AlarmStateChangeEvent', undefined, 'cleared', 'cleared'],
  ['AlarmStateChangeEvent', undefined, 'critical', 'changed'],
  ['AlarmStateChangeEvent', 'raised', 'critical', 'changed'],
  ['AlarmDeleteEvent', 'cleared', 'cleared', 'deleted'],
  ['AlarmDeleteEvent', 'raised', 'critical', 'deleted'],
] as const;

/** The header of word that a list was rebuilt. */
export const rebuiltRecord = (data: PlainObject): RawRecord =>
  anAlarmRecord({
    headers: { ce_type: 'network.alarm-list.rebuilt.v1', ce_subject: undefined },
    record: { key: bytesOf('/nms/no/ran-east'), value: bytesOf(data) },
  });
