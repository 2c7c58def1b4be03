import { instant, plus, seconds, toIso, type Instant } from '@varde/kernel';
import type { Incident, RawRecord, Source } from '@varde/incident-domain';
import { anAlarmRecord, aReportRecord, bytesOf } from '@varde/incident-domain/testing';
import type { Database, Tx } from '@varde/platform-database';
import { Outbox } from '@varde/platform-outbox';
import type { TestDatabase } from '@varde/testing';
import { incidentFeature, type IncidentFeature } from './incident-feature';
import type { Taken } from './intake.service';
import type { ElementRow } from './topology.repository';

/** The night of the tests: 11 February 2026, 03:00 in Oslo. Times below are minutes after it. */
export const night: Instant = instant(Date.UTC(2026, 1, 11, 2, 0, 0));

/** So many minutes into the night. */
export const at = (minute: number): Instant => plus(night, seconds(minute * 60));

/** A person of the operations centre; invented. */
export const personId = '00000000-0000-4000-8000-000000000117';

/** What an alarm of a test says; the rest is the standard's complete example. */
export interface AlarmWord {
  readonly id: string;
  readonly says: 'raised' | 'changed' | 'cleared' | 'deleted';
  /** Minutes into the night at which it happened. */
  readonly minute: number;
  /** Minutes into the night at which the trouble began; the same, unless said. */
  readonly began?: number;
  readonly sequence: number;
  readonly element?: string;
  readonly severity?: 'critical' | 'major' | 'minor' | 'warning' | 'cleared';
  readonly correlated?: readonly string[];
  readonly services?: readonly string[];
  readonly mode?: 'actual' | 'exercise' | 'test';
  readonly alarm?: Readonly<Record<string, unknown>>;
}

const eventNames = {
  raised: 'AlarmCreateEvent',
  changed: 'AlarmAttributeValueChangeEvent',
  cleared: 'AlarmStateChangeEvent',
  deleted: 'AlarmDeleteEvent',
} as const;

/** An alarm event as a record; the same word gives the same event id, at another offset. */
export function alarmRecord(word: AlarmWord, offset: string): RawRecord {
  const eventId = `${word.id}.${word.sequence}`;
  const time = toIso(at(word.minute));
  const isCleared = word.says === 'cleared';
  return anAlarmRecord({
    name: eventNames[word.says],
    alarm: {
      id: word.id,
      state: { raised: 'raised', changed: 'updated', cleared: 'cleared', deleted: 'updated' }[
        word.says
      ],
      perceivedSeverity: isCleared ? 'cleared' : (word.severity ?? 'critical'),
      alarmedObject: { id: word.element ?? 'site/NO/1' },
      alarmRaisedTime: toIso(at(word.began ?? word.minute)),
      alarmChangedTime: word.says === 'changed' ? time : undefined,
      alarmClearedTime: isCleared ? time : undefined,
      alarmReportingTime: time,
      affectedService: (word.services ?? []).map((id) => ({ id })),
      correlatedAlarm: (word.correlated ?? []).map((id) => ({ id })),
      place: [],
      ...word.alarm,
    },
    body: { eventId, eventTime: time, timeOcurred: undefined, correlationId: undefined },
    headers: {
      ce_id: eventId,
      ce_subject: `alarm/${word.id}`,
      ce_sequence: String(word.sequence).padStart(10, '0'),
      ce_time: time,
      ce_mode: word.mode ?? 'actual',
    },
    record: {
      topic: 'network.incidents',
      partition: 0,
      offset,
      key: bytesOf(word.id),
      receivedAt: plus(at(word.minute), seconds(1)),
    },
  });
}

/** A report of the Norwegian desk as a record. */
export function reportRecord(
  body: Readonly<Record<string, unknown>> & { reference: string; sequence: number },
  minute: number,
  offset: string,
  mode = 'actual',
): RawRecord {
  const whole = {
    action: 'raise',
    country: 'NO',
    severity: 'major',
    services: ['mobile-voice', 'mobile-data'],
    elements: ['site/NO/1'],
    areas: [],
    alarms: [],
    startedAt: toIso(at(0)),
    awareAt: toIso(at(Math.max(minute, 0))),
    nextUpdateBy: undefined,
    emergencyCalls: 'unknown',
    note: undefined,
    ...body,
  };
  return aReportRecord({
    body: whole,
    headers: {
      ce_id: `${body.reference}.${body.sequence}`,
      ce_source: '/desk/no',
      ce_subject: body.reference,
      ce_sequence: undefined,
      ce_time: toIso(at(minute)),
      ce_country: String(whole.country),
      ce_mode: mode,
    },
    record: {
      topic: 'network.incidents',
      partition: 1,
      offset,
      key: bytesOf(body.reference),
      receivedAt: plus(at(minute), seconds(1)),
    },
  });
}

const norwegian = {
  topic: 'network.incidents',
  country: 'NO',
  mode: 'ACTUAL',
  active: true,
} as const;

/** The sources of the tests: one of each dialect. */
export const sources: readonly Source[] = [
  { ...norwegian, id: '/nms/no/ran-east', dialect: 'cloudevents-tmf642', rights: ['alarms'] },
  { ...norwegian, id: '/desk/no', dialect: 'cloudevents-tmf642', rights: ['reports'] },
  {
    ...norwegian,
    id: 'bare-ems',
    topic: 'network.tmf642',
    dialect: 'tmf642-bare',
    rights: ['alarms'],
  },
  { ...norwegian, id: 'ves', topic: 'network.ves', dialect: 'ves-7', rights: ['alarms'] },
  {
    ...norwegian,
    id: 'nms-3gpp',
    topic: 'network.3gpp',
    dialect: '3gpp-notify',
    rights: ['alarms'],
  },
];

// mobile-voice, mobile-data, sms, emergency-call
const mobile = 1 + 2 + 4 + 8;
const element = (
  elementId: string,
  parentId: string | null,
  kind: ElementRow['kind'],
  area: string,
): ElementRow => ({ elementId, parentId, kind, area, services: mobile });

/** A small network: one core, two regions, two sites under each, two cells on each site. */
export const elements: readonly ElementRow[] = [
  element('core/NO/1', null, 'core', 'NO'),
  element('region/NO/west', 'core/NO/1', 'region', 'NO-46'),
  element('region/NO/east', 'core/NO/1', 'region', 'NO-03'),
  ...[1, 2].map((n) => element(`site/NO/${n}`, 'region/NO/west', 'site', 'NO-4601')),
  ...[3, 4].map((n) => element(`site/NO/${n}`, 'region/NO/east', 'site', 'NO-0301')),
  ...[1, 2, 3, 4].flatMap((n) =>
    [1, 2].map((c) =>
      element(`cell/NO/${n}-${c}`, `site/NO/${n}`, 'cell', n < 3 ? 'NO-4601' : 'NO-0301'),
    ),
  ),
];

/** The incident context on a database of its own, with its network and its sources. */
export class IncidentWorld {
  readonly errors: unknown[] = [];
  readonly feature: IncidentFeature;
  private offset = 0;

  private constructor(
    readonly database: Database,
    readonly looking: TestDatabase,
  ) {
    this.feature = incidentFeature({
      outbox: new Outbox(() => undefined),
      onHandlerError: (cause) => this.errors.push(cause),
    });
  }

  /** Fills an empty database. */
  static async on(looking: TestDatabase, database: Database): Promise<IncidentWorld> {
    const world = new IncidentWorld(database, looking);
    await world.work(async (tx) => {
      const { topology } = world.feature;
      await topology.upsertAreas(tx, [
        { code: 'NO', parent: null, level: 'country' },
        ...['NO-46', 'NO-03'].map((code) => ({ code, parent: 'NO', level: 'county' }) as const),
        { code: 'NO-4601', parent: 'NO-46', level: 'municipality' },
        { code: 'NO-0301', parent: 'NO-03', level: 'municipality' },
      ]);
      await topology.upsertElements(tx, elements);
      for (const source of sources) await world.feature.sources.register(tx, source, 'test');
    });
    return world;
  }

  /** One unit of work of the incident context. */
  work<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.unitOfWork('varde_incident', work);
  }

  /** Takes a record in a transaction of its own, as the consumer does. */
  take(record: RawRecord): Promise<readonly Taken[]> {
    return this.work((tx) => this.feature.intake.take(tx, record));
  }

  /** An alarm comes in, at the next offset. */
  alarm(word: AlarmWord): Promise<readonly Taken[]> {
    return this.take(alarmRecord(word, String((this.offset += 1))));
  }

  /** A report comes in, at the next offset. */
  report(
    body: Parameters<typeof reportRecord>[0],
    minute: number,
    mode?: string,
  ): Promise<readonly Taken[]> {
    return this.take(reportRecord(body, minute, String((this.offset += 1)), mode));
  }

  /** Rings what is due so many minutes into the night. */
  sweep(minute: number): Promise<number> {
    return this.work((tx) => this.feature.timers.sweepDueTimers(tx, at(minute), 100));
  }

  /** All incidents, oldest first. */
  async incidents(): Promise<readonly Incident[]> {
    const rows = await this.looking.query<{ state: Incident }>(
      'select state from incident.incident order by number',
    );
    return rows.map((row) => row.state);
  }

  /** Names of the facts that other contexts were told, in order. */
  async facts(): Promise<readonly string[]> {
    const rows = await this.looking.query<{ type: string }>(
      'select type from platform.outbox order by n',
    );
    return rows.map((row) => row.type);
  }

  /** The open incidents, each told by its desk's reference and by the alarms in it that are active. */
  async openIncidents(): Promise<readonly string[]> {
    const rows = await this.looking.query<{ what: string }>(
      `select concat_ws(' ', coalesce(i.reference, '-'), (select string_agg(a.alarm_id, ',' order by a.alarm_id) from incident.alarm a
                 where a.incident_id = i.id and a.condition = 'active')) as what
         from incident.incident i where i.phase in ('acknowledged', 'inProgress', 'held', 'pending')`,
    );
    return rows.map((row) => row.what).sort();
  }

  /** What each alarm amounts to, without what depends on who came first. */
  async alarms(): Promise<readonly unknown[]> {
    return this.looking.query(
      `select source_id, alarm_id, mode, condition, element_id, waits, state from incident.alarm order by 1, 2, 3`,
    );
  }
}
