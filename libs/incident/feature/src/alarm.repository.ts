import { instant, toIso, type Instant } from '@varde/kernel';
import type {
  AlarmEvent,
  AlarmState,
  AlarmTally,
  IncidentId,
  WaitReason,
} from '@varde/incident-domain';
import type { Country, Flag, Mode, Service } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { PlacedElement } from './topology.repository';

/** An alarm as we keep it: what its events amount to, where it stands, which incident it belongs to. */
export interface AlarmRecord {
  readonly n: string;
  readonly sourceId: string;
  readonly alarmId: string;
  readonly country: Country;
  readonly mode: Mode;
  readonly state: AlarmState;
  /** Its element, where our topology knows it. */
  readonly place: Omit<PlacedElement, 'services'> | null;
  /** What it takes away: the services that it names, else those of its element. */
  readonly services: readonly Service[];
  /** Why it declares nothing by itself; null when it may. */
  readonly waits: WaitReason | null;
  readonly incidentId: IncidentId | null;
  /** The incident, over for good, to which it belonged before. */
  readonly refersTo: IncidentId | null;
  readonly flags: readonly Flag[];
}

/** A row as PostgreSQL gives it. */
export interface AlarmRow {
  readonly n: string;
  readonly source_id: string;
  readonly alarm_id: string;
  readonly country: Country;
  readonly mode: Mode;
  readonly state: AlarmState;
  readonly element_id: string | null;
  readonly parent_id: string | null;
  readonly ancestors: string[];
  readonly area_path: string[];
  readonly services: Service[];
  readonly waits: WaitReason | null;
  readonly incident_id: IncidentId | null;
  readonly refers_to: IncidentId | null;
  readonly flags: Flag[];
}

/** The columns that {@link alarmOf} reads, of the alias `a`. */
export const alarmColumns = `a.n, a.source_id, a.alarm_id, a.country, a.mode, a.state, a.element_id, a.parent_id, a.ancestors, a.area_path,
  a.services, a.waits, a.incident_id, a.refers_to, a.flags`;

/** Alarms and their events. */
export class AlarmRepository {
  /** The alarm of this source, locked; undefined when nothing was heard of it. An exercise's alarm is another than the real one. */
  async locked(
    tx: Tx,
    sourceId: string,
    { alarmId, mode }: { alarmId: string; mode: Mode },
  ): Promise<AlarmRecord | undefined> {
    const [row] = await tx.query<AlarmRow>(
      `select ${alarmColumns} from incident.alarm a where source_id = $1 and alarm_id = $2 and mode = $3 for update`,
      [sourceId, alarmId, mode],
    );
    return row && alarmOf(row);
  }

  /** All events of an alarm in the order in which they arrived. */
  async events(tx: Tx, n: string): Promise<readonly AlarmEvent[]> {
    const rows = await tx.query<{ event: AlarmEvent }>(
      `select event from incident.alarm_event where alarm_n = $1 order by n`,
      [n],
    );
    return rows.map((row) => row.event);
  }

  /** Keeps what the alarm amounts to now, and the event that it just heard. @returns its number */
  async keep(
    tx: Tx,
    alarm: Omit<AlarmRecord, 'n'>,
    heard: { inboxEventN: string; wasLate: boolean; event: AlarmEvent },
    now: Instant,
  ): Promise<string> {
    const { state, place } = alarm;
    const [row] = await tx.query<{ n: string }>(keeping, [
      alarm.sourceId,
      alarm.alarmId,
      alarm.country,
      alarm.mode,
      state.condition,
      place?.elementId ?? null,
      place?.parentId ?? null,
      place?.ancestors ?? [],
      place?.areaPath ?? [],
      alarm.services,
      isoOf(state.spell?.span.from),
      isoOf(state.spell?.span.to),
      isoOf(state.clearedAt),
      alarm.waits,
      state.relatedAlarms,
      state.correlationIds,
      alarm.incidentId,
      alarm.refersTo,
      JSON.stringify(state),
      JSON.stringify(heard.event),
      alarm.flags,
      toIso(now),
      heard.inboxEventN,
      heard.event.happening,
      heard.wasLate,
    ]);
    if (!row) throw new Error('The alarm was not kept.');
    return row.n;
  }

  /** They belong to this incident from now on. */
  async join(tx: Tx, ns: readonly string[], incidentId: IncidentId, now: Instant): Promise<void> {
    await tx.query(
      `with joined as (update incident.alarm set incident_id = $2::uuid where n = any($1::bigint[]) returning n)
       insert into incident.incident_alarm (incident_id, alarm_n, joined_at) select $2::uuid, n, $3 from joined on conflict do nothing`,
      [ns, incidentId, toIso(now)],
    );
  }

  /** All alarms of one incident belong to another from now on. @returns their numbers */
  async move(tx: Tx, from: IncidentId, to: IncidentId, now: Instant): Promise<readonly string[]> {
    const rows = await tx.query<{ n: string }>(
      `select n from incident.alarm where incident_id = $1`,
      [from],
    );
    const ns = rows.map((row) => row.n);
    await this.join(tx, ns, to, now);
    return ns;
  }

  /** The alarms of one or several incidents in figures. */
  async tally(tx: Tx, incidentIds: readonly IncidentId[]): Promise<AlarmTally> {
    const [row] = await tx.query<{ n: string; active: string; cleared_at: Date | null }>(
      `select count(*) as n, count(*) filter (where condition = 'active') as active, max(cleared_at) as cleared_at
         from incident.alarm where incident_id = any($1)`,
      [incidentIds],
    );
    const activeCount = Number(row?.active ?? 0);
    const cleared = row?.cleared_at ? instant(row.cleared_at.getTime()) : null;
    return {
      count: Number(row?.n ?? 0),
      activeCount,
      lastClearedAt: activeCount > 0 ? null : cleared,
    };
  }

  /** Those of these alarms that were heard, and in other countries only: an id is unique within its source alone. */
  async abroad(tx: Tx, country: Country, alarmIds: readonly string[]): Promise<readonly string[]> {
    if (alarmIds.length === 0) return [];
    const rows = await tx.query<{ alarm_id: string }>(
      `select alarm_id from incident.alarm where alarm_id = any($1) group by alarm_id having not bool_or(country = $2) order by alarm_id`,
      [alarmIds, country],
    );
    return rows.map((row) => row.alarm_id);
  }

  /** Elements of the alarms of an incident that are still active. */
  async activeElements(tx: Tx, incidentId: IncidentId): Promise<readonly string[]> {
    const rows = await tx.query<{ element_id: string }>(
      `select distinct element_id from incident.alarm where incident_id = $1 and condition = 'active' and element_id is not null`,
      [incidentId],
    );
    return rows.map((row) => row.element_id);
  }
}

const keeping = `
  with kept as (insert into incident.alarm as a (source_id, alarm_id, country, mode, condition, element_id, parent_id, ancestors, area_path, services,
    span_from, span_to, cleared_at, waits, related_alarms, correlation_ids, incident_id, refers_to, state, latest, flags, heard_at, event_count)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)
  on conflict (source_id, alarm_id, mode) do update set condition = excluded.condition, element_id = excluded.element_id,
    parent_id = excluded.parent_id, ancestors = excluded.ancestors, area_path = excluded.area_path, services = excluded.services,
    span_from = excluded.span_from, span_to = excluded.span_to, cleared_at = excluded.cleared_at, waits = excluded.waits,
    related_alarms = excluded.related_alarms, correlation_ids = excluded.correlation_ids, incident_id = excluded.incident_id,
    refers_to = excluded.refers_to, state = excluded.state, latest = excluded.latest, flags = excluded.flags,
    heard_at = excluded.heard_at, event_count = a.event_count + 1
  returning n)
  insert into incident.alarm_event (alarm_n, inbox_event_n, happening, was_late, flags, event)
  select n, $23::bigint, $24, $25::boolean, $21::text[], $20::jsonb from kept returning alarm_n as n`;

const isoOf = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : toIso(at);

/** A row as an alarm. */
export const alarmOf = (row: AlarmRow): AlarmRecord => ({
  n: row.n,
  sourceId: row.source_id,
  alarmId: row.alarm_id,
  country: row.country,
  mode: row.mode,
  state: row.state,
  place:
    row.element_id === null
      ? null
      : {
          elementId: row.element_id,
          parentId: row.parent_id,
          ancestors: row.ancestors,
          areaPath: row.area_path,
        },
  services: row.services,
  waits: row.waits,
  incidentId: row.incident_id,
  refersTo: row.refers_to,
  flags: row.flags,
});
