import { randomUUID } from 'node:crypto';
import { KafkajsBus } from '@varde/platform-kafka';

/** The network's own systems and the operations centre's desk, as publishers on Kafka. */
export interface Network {
  /** A TMF642 alarm of a network element, as CloudEvents. @returns the alarm's id */
  raisesAlarm(alarm: AlarmSketch): Promise<string>;
  clearsAlarm(alarm: AlarmSketch & { readonly id: string }): Promise<void>;
  /** The operations centre's own report. */
  reports(
    report: Readonly<Record<string, unknown>> & {
      readonly reference: string;
      readonly country: string;
    },
    mode?: 'actual' | 'exercise',
  ): Promise<void>;
  /** The records of an alarm's life, to be published in any order: each carries its own sequence. */
  alarmRecord(
    alarm: AlarmSketch & { readonly id: string },
    state: 'raised' | 'updated' | 'cleared',
    sequence: number,
    at: Date,
  ): NetworkRecord;
  publishes(records: readonly NetworkRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** A record on its way to a topic. */
export interface NetworkRecord {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

const typeOf = {
  raised: 'AlarmCreateEvent',
  updated: 'AlarmAttributeValueChangeEvent',
  cleared: 'AlarmStateChangeEvent',
} as const;

/** What matters of an alarm; the rest is filled in. */
export interface AlarmSketch {
  readonly id?: string;
  readonly country: 'NO' | 'SE' | 'DK';
  readonly element: string;
  readonly services: readonly string[];
  readonly raisedAt: Date;
  readonly cause?: string;
  /** Default critical. */
  readonly severity?: 'critical' | 'major' | 'minor' | 'warning';
}

/** Connects to the broker. @param now the installation's clock, which a test may have moved */
export function networkAt(brokers: readonly string[], now: () => Date): Network {
  const bus = new KafkajsBus({ brokers, clientId: 'sample-network' });
  let sequence = 0;
  const alarmRecord: Network['alarmRecord'] = (alarm, state, number, at) => {
    const eventId = randomUUID();
    const eventType = typeOf[state];
    return {
      topic: 'network.incidents',
      key: alarm.id,
      headers: {
        ce_specversion: '1.0',
        ce_id: eventId,
        ce_source: `/nms/${alarm.country.toLowerCase()}/ran-east`,
        ce_type: `org.tmforum.tmf642.${eventType}.v4`,
        ce_subject: `alarm/${alarm.id}`,
        ce_sequence: String(number).padStart(10, '0'),
        ce_time: at.toISOString(),
        ce_country: alarm.country,
        ce_mode: 'actual',
        'content-type': 'application/json',
      },
      value: Buffer.from(
        JSON.stringify({
          eventId,
          eventType,
          eventTime: at.toISOString(),
          event: {
            alarm: {
              id: alarm.id,
              alarmType: 'equipmentAlarm',
              perceivedSeverity: state === 'cleared' ? 'cleared' : (alarm.severity ?? 'critical'),
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
    };
  };
  const alarmEvent = async (
    alarm: AlarmSketch & { readonly id: string },
    state: 'raised' | 'cleared',
  ): Promise<void> => {
    sequence += 1;
    await bus.publish([alarmRecord(alarm, state, sequence, now())]);
  };
  return {
    raisesAlarm: async (alarm) => {
      const id = alarm.id ?? `${alarm.country}-RAN-${Math.floor(Math.random() * 1e8)}`;
      await alarmEvent({ ...alarm, id }, 'raised');
      return id;
    },
    clearsAlarm: (alarm) => alarmEvent(alarm, 'cleared'),
    alarmRecord,
    reports: async (report, mode = 'actual') => {
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
            ce_mode: mode,
            'content-type': 'application/json',
          },
          value: Buffer.from(JSON.stringify(report)),
        },
      ]);
    },
    publishes: (records) => bus.publish(records),
    close: () => bus.close(),
  };
}
