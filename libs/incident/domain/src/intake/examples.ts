import { instant, type Instant } from '@varde/kernel';
import type { RawRecord, Source } from './record';
import { alarmEventType, incidentReportedType } from './cloudevents-tmf642';
import type { TmfEventName } from './tmf642-alarm';

/** Plain JSON, as a test writes it. */
export type PlainObject = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();
/** The bytes of a text, or of JSON. */
export const bytesOf = (value: unknown): Uint8Array =>
  encoder.encode(typeof value === 'string' ? value : JSON.stringify(value));

/** When the example record is received: ten seconds after its event. */
export const exampleReceivedAt: Instant = instant(Date.UTC(2026, 1, 11, 2, 14, 19));

/** One source for each dialect, as the sample world registers them; the CloudEvents one may also report. */
export const exampleSources: readonly Source[] = [
  aSource({ id: '/nms/no/ran-east', topic: 'network.incidents', dialect: 'cloudevents-tmf642' }),
  aSource({
    id: '/noc/se/desk',
    topic: 'network.incidents',
    dialect: 'cloudevents-tmf642',
    country: 'SE',
    rights: ['reports'],
  }),
  aSource({ id: 'ems-bare', topic: 'network.tmf642', dialect: 'tmf642-bare' }),
  aSource({ id: 'ves-collector', topic: 'network.ves', dialect: 'ves-7' }),
  aSource({ id: 'ran-3gpp', topic: 'network.3gpp', dialect: '3gpp-notify' }),
];

/** A registered source; only what matters is spelled out. */
export function aSource(different: Partial<Source> = {}): Source {
  return {
    id: '/nms/no/ran-east',
    topic: 'network.incidents',
    dialect: 'cloudevents-tmf642',
    country: 'NO',
    mode: 'ACTUAL',
    rights: ['alarms'],
    active: true,
    ...different,
  };
}

/** A record of Kafka; only what matters is spelled out. */
export function aRecord(different: Partial<RawRecord> = {}): RawRecord {
  return {
    topic: 'network.incidents',
    partition: 0,
    offset: '0',
    key: null,
    value: null,
    headers: {},
    receivedAt: exampleReceivedAt,
    ...different,
  };
}

/** The alarm of the complete example. @source standards §1.2 */
export function anAlarm(different: PlainObject = {}): PlainObject {
  return {
    id: 'NO-RAN-88213074',
    href: '/tmf-api/alarmManagement/v4/alarm/NO-RAN-88213074',
    externalAlarmId: 'enm-4410-77120',
    alarmType: 'equipmentAlarm',
    perceivedSeverity: 'critical',
    state: 'raised',
    probableCause: 'powerProblem',
    specificProblem: 'BATTERY_LOW_VOLTAGE_DISCONNECT',
    alarmedObjectType: 'Site',
    alarmedObject: { id: 'site/NO/20417', href: '/inventory/site/20417' },
    sourceSystemId: 'ran-east',
    reportingSystemId: 'umbrella-1',
    alarmRaisedTime: '2026-02-11T03:13:58+01:00',
    alarmReportingTime: '2026-02-11T03:14:09+01:00',
    serviceAffecting: true,
    isRootCause: true,
    plannedOutageIndicator: 'outOfService',
    affectedService: [{ id: 'mobile-voice' }, { id: 'mobile-data' }],
    place: [
      {
        id: 'NO-4601',
        name: 'Bergen',
        role: 'impacted',
        '@type': 'RelatedPlaceRefOrValue',
        '@referredType': 'GeographicArea',
      },
    ],
    correlatedAlarm: [{ id: 'NO-RAN-88213069' }],
    alarmDetails: 'Mains lost 01:58, batteries empty',
    ...different,
  };
}

/** The body around an alarm. @source standards §1.2 */
export function anAlarmBody(alarm: PlainObject = {}, different: PlainObject = {}): PlainObject {
  return {
    eventId: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
    eventType: 'AlarmCreateEvent',
    eventTime: '2026-02-11T03:14:09.412+01:00',
    timeOcurred: '2026-02-11T03:13:58+01:00',
    correlationId: 'NO-POWER-20260211-004',
    domain: 'RAN',
    title: 'Mains failure, battery exhausted',
    priority: '1',
    event: { alarm: anAlarm(alarm) },
    ...different,
  };
}

/** The members that a test expects to be there, and the names of those (`undefined`) that it expects to be absent. */
export function expected(members: PlainObject): { there: PlainObject; absent: readonly string[] } {
  const entries = Object.entries(members);
  return {
    there: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    absent: entries.flatMap(([name, value]) => (value === undefined ? [name] : [])),
  };
}

/** Texts as headers of a record; `undefined` leaves one out. */
export function headersOf(
  texts: Readonly<Record<string, string | undefined>>,
): RawRecord['headers'] {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, bytesOf(text)]],
    ),
  );
}

/** The complete example as a record in binary mode; only what matters is spelled out. @source standards §1.2 */
export function anAlarmRecord(
  different: {
    alarm?: PlainObject;
    body?: PlainObject;
    headers?: Readonly<Record<string, string | undefined>>;
    name?: TmfEventName;
    record?: Partial<RawRecord>;
  } = {},
): RawRecord {
  const name = different.name ?? 'AlarmCreateEvent';
  return aRecord({
    key: bytesOf('NO-RAN-88213074'),
    value: bytesOf(anAlarmBody(different.alarm, { eventType: name, ...different.body })),
    headers: headersOf({
      ce_specversion: '1.0',
      ce_id: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
      ce_source: '/nms/no/ran-east',
      ce_type: alarmEventType(name),
      ce_subject: 'alarm/NO-RAN-88213074',
      ce_sequence: '0000000001',
      ce_time: '2026-02-11T03:14:09.412+01:00',
      'content-type': 'application/json; charset=utf-8',
      ce_country: 'NO',
      ce_mode: 'actual',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      ...different.headers,
    }),
    ...different.record,
  });
}

/** The complete report. @source standards §1.6 */
export function aReportBody(different: PlainObject = {}): PlainObject {
  return {
    reference: 'NOC-2026-01187',
    sequence: 1,
    action: 'raise',
    reportedBy: { system: 'noc-desk', operator: 'op-117' },
    country: 'SE',
    kind: 'outage',
    severity: 'critical',
    services: ['mobile-voice', 'emergency-call'],
    startedAt: '2026-02-11T03:05:00+01:00',
    awareAt: '2026-02-11T03:21:00+01:00',
    elements: ['core/SE/mss-2'],
    areas: ['SE-2480'],
    alarms: ['SE-CORE-5510231'],
    cause: { status: 'suspected', code: 'softwareError' },
    estimate: { status: 'none' },
    nextUpdateBy: '2026-02-11T04:00:00+01:00',
    emergencyCalls: 'affected',
    malicious: 'unknown',
    crossBorder: 'no',
    note: 'MSS restart under way',
    ...different,
  };
}

/** The complete report as a record in binary mode, received a minute after `awareAt`. @source standards §1.6 */
export function aReportRecord(
  different: {
    body?: PlainObject;
    headers?: Readonly<Record<string, string | undefined>>;
    record?: Partial<RawRecord>;
  } = {},
): RawRecord {
  return aRecord({
    key: bytesOf('NOC-2026-01187'),
    value: bytesOf(aReportBody(different.body)),
    headers: headersOf({
      ce_specversion: '1.0',
      ce_id: 'report-1',
      ce_source: '/noc/se/desk',
      ce_type: incidentReportedType,
      ce_subject: 'NOC-2026-01187',
      'content-type': 'application/json',
      ...different.headers,
    }),
    receivedAt: instant(Date.UTC(2026, 1, 11, 2, 22)),
    ...different.record,
  });
}

/** A fault of VES 7, raised. @source standards §1.7 */
export function aVesFault(header: PlainObject = {}, fault: PlainObject = {}): PlainObject {
  return {
    commonEventHeader: {
      version: '4.1',
      vesEventListenerVersion: '7.2.1',
      domain: 'fault',
      eventId: 'fault0000001',
      eventName: 'Fault_Router_LinkDown',
      sequence: 0,
      priority: 'High',
      reportingEntityName: 'collector-3',
      sourceName: 'router-17',
      startEpochMicrosec: 1770776038000000,
      lastEpochMicrosec: 1770776038000000,
      ...header,
    },
    faultFields: {
      faultFieldsVersion: '4.0',
      alarmCondition: 'lossOfSignal',
      alarmInterfaceA: 'ge-0/0/1',
      eventSourceType: 'router',
      specificProblem: 'Optical power below threshold',
      eventSeverity: 'MAJOR',
      vfStatus: 'Active',
      ...fault,
    },
  };
}

/** A notification of 3GPP: a new alarm. @source standards §1.7 */
export function aNotification(different: PlainObject = {}): PlainObject {
  return {
    notificationId: 41,
    notificationType: 'notifyNewAlarm',
    eventTime: '2026-02-11T03:14:09.412+01:00',
    systemDN: 'DC=example,SubNetwork=east',
    alarmId: '880',
    objectClass: 'GNBDUFunction',
    objectInstance: 'site/NO/20417',
    alarmType: 'EQUIPMENT_ALARM',
    probableCause: 'powerProblem',
    perceivedSeverity: 'CRITICAL',
    rootCauseIndicator: true,
    specificProblem: 'BATTERY_LOW',
    proposedRepairActions: 'Send a generator',
    additionalText: 'Mains lost',
    ...different,
  };
}

/** One good record for each dialect and family: what mutations start from. */
export const goodRecords: readonly RawRecord[] = [
  anAlarmRecord(),
  anAlarmRecord({
    name: 'AlarmStateChangeEvent',
    alarm: { state: 'cleared', alarmClearedTime: '2026-02-11T03:14:05+01:00' },
  }),
  aRecord({
    value: bytesOf({
      specversion: '1.0',
      id: '01KH5V0Q8M7R3T9W2X4Y6Z8A1B',
      source: '/nms/no/ran-east',
      type: alarmEventType('AlarmCreateEvent'),
      data: anAlarmBody(),
    }),
    headers: headersOf({ 'content-type': 'application/cloudevents+json; charset=utf-8' }),
  }),
  aReportRecord(),
  aRecord({ topic: 'network.tmf642', value: bytesOf(anAlarm()) }),
  aRecord({ topic: 'network.tmf642', value: bytesOf(anAlarmBody()) }),
  aRecord({
    topic: 'network.ves',
    value: bytesOf({
      eventList: [
        aVesFault(),
        aVesFault({ domain: 'heartbeat' }),
        {
          ...aVesFault({ domain: 'stndDefined', stndDefinedNamespace: '3GPP-FaultSupervision' }),
          stndDefinedFields: { data: aNotification() },
        },
      ],
    }),
  }),
  aRecord({ topic: 'network.3gpp', value: bytesOf(aNotification()) }),
];
