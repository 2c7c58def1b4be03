import { randomUUID } from 'node:crypto';
import { KafkajsBus } from '@varde/platform-kafka';

/** The network's own systems and the operations centre's desk, as publishers on Kafka. */
export interface Network {
  /** A TMF642 alarm of a network element, as CloudEvents. @returns the alarm's id */
  raisesAlarm(alarm: AlarmSketch): Promise<string>;
  clearsAlarm(alarm: AlarmSketch & { readonly id: string }): Promise<void>;
  /** The operations centre's own report. */
  reports(report: Readonly<Record<string, unknown>> & { readonly reference: string; readonly country: string }): Promise<void>;
  /** Any bytes at all. */
  publishes(topic: string, record: { key?: string | null; value: Buffer | null; headers?: Record<string, string> }): Promise<void>;
  close(): Promise<void>;
}

/** What matters of an alarm; the rest is filled in. */
export interface AlarmSketch {
  readonly id?: string;
  readonly country: 'NO' | 'SE' | 'DK';
  readonly element: string;
  readonly services: readonly string[];
  readonly raisedAt: Date;
  readonly cause?: string;
}

/** Connects to the broker. @param now the installation's clock, which a test may have moved */
export function networkAt(brokers: readonly string[], now: () => Date): Network {
  const bus = new KafkajsBus({ brokers, clientId: 'sample-network' });
  let sequence = 0;
  const alarmEvent = async (alarm: AlarmSketch, id: string, type: string, state: 'raised' | 'cleared'): Promise<void> => {
    const eventId = randomUUID();
    const at = now().toISOString();
    sequence += 1;
    await bus.publish([
      {
        topic: 'network.incidents',
        key: id,
        headers: {
          ce_specversion: '1.0',
          ce_id: eventId,
          ce_source: `/nms/${alarm.country.toLowerCase()}/ran-east`,
          ce_type: `org.tmforum.tmf642.${type}.v4`,
          ce_subject: `alarm/${id}`,
          ce_sequence: String(sequence).padStart(10, '0'),
          ce_time: at,
          ce_country: alarm.country,
          ce_mode: 'actual',
          'content-type': 'application/json',
        },
        value: Buffer.from(
          JSON.stringify({
            eventId,
            eventType: type,
            eventTime: at,
            event: {
              alarm: {
                id,
                alarmType: 'equipmentAlarm',
                perceivedSeverity: state === 'raised' ? 'critical' : 'cleared',
                state,
                probableCause: alarm.cause ?? 'powerProblem',
                alarmedObject: { id: alarm.element },
                sourceSystemId: 'ran-east',
                alarmRaisedTime: alarm.raisedAt.toISOString(),
                serviceAffecting: true,
                affectedService: alarm.services.map((service) => ({ id: service })),
              },
            },
          }),
        ),
      },
    ]);
  };
  return {
    raisesAlarm: async (alarm) => {
      const id = alarm.id ?? `${alarm.country}-RAN-${Math.floor(Math.random() * 1e8)}`;
      await alarmEvent(alarm, id, 'AlarmCreateEvent', 'raised');
      return id;
    },
    clearsAlarm: (alarm) => alarmEvent(alarm, alarm.id, 'AlarmStateChangeEvent', 'cleared'),
    reports: async (report) => {
      await bus.publish([
        {
          topic: 'network.incidents',
          key: report.reference,
          headers: {
            ce_specversion: '1.0',
            ce_id: randomUUID(),
            ce_source: `/noc/${report.country.toLowerCase()}/desk`,
            ce_type: 'network.incident.reported.v1',
            ce_subject: report.reference,
            ce_time: now().toISOString(),
            'content-type': 'application/json',
          },
          value: Buffer.from(JSON.stringify(report)),
        },
      ]);
    },
    publishes: (topic, record) => bus.publish([{ topic, key: record.key ?? null, value: record.value, headers: record.headers ?? {} }]),
    close: () => bus.close(),
  };
}
