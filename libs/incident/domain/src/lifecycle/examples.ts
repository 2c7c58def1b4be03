import { instant, minutes, plus, type Instant } from '@varde/kernel';
import type { AlarmEvent } from '../intake/alarm-event';
import { declareByAlarms } from './declare';
import type { Incident, IncidentId } from './incident';

/** The moment of the examples: 11 February 2026, 03:14 in Oslo. */
export const exampleNow: Instant = instant(Date.UTC(2026, 1, 11, 2, 14, 0));

/** So many minutes after {@link exampleNow}. */
export const minute = (n: number): Instant => plus(exampleNow, minutes(n));

/** An incident that one alarm declared and that goes on; only what matters is spelled out. */
export function anIncident(different: Partial<Incident> = {}): Incident {
  const { incident } = declareByAlarms(
    {
      incidentId: '00000000-0000-4000-8000-000000000042' as IncidentId,
      number: 'NO-2026-0042',
      mode: 'ACTUAL',
      country: 'NO',
      refersTo: null,
    },
    {
      scope: { services: ['mobile-voice'], elements: ['site/NO/20417'], areas: [] },
      span: { from: exampleNow, to: exampleNow },
      emergencyCalls: false,
      alarms: { count: 1, activeCount: 1, lastClearedAt: null },
    },
    exampleNow,
  );
  return { ...incident, ...different };
}

/** A raise of one alarm, as intake reads it; `minute` is when it happened. */
export function anAlarmEvent(
  different: Partial<AlarmEvent> & { minute?: number; sequence?: number } = {},
): AlarmEvent {
  const { minute: happened = 0, sequence, ...rest } = different;
  const at = minute(happened);
  return {
    type: 'alarm',
    alarmId: 'NO-RAN-88213074',
    happening: 'raised',
    order: {
      dialect: 'cloudevents-tmf642',
      ...(sequence === undefined ? {} : { sequence: String(sequence).padStart(10, '0') }),
      atMicroseconds: at * 1000,
    },
    country: 'NO',
    mode: 'ACTUAL',
    severity: 'critical',
    alarmType: 'equipmentAlarm',
    probableCause: 'powerProblem',
    causeGroup: 'power',
    alarmedObjectIds: ['site/NO/20417'],
    sourceSystemId: 'ran-east',
    places: [],
    affectedServices: [],
    correlatedAlarms: [],
    parentAlarms: [],
    times: { event: { at, microseconds: 0, text: 'as it came' } },
    clockAt: at,
    receivedAt: at,
    unknownWords: {},
    details: {},
    ...rest,
  };
}
