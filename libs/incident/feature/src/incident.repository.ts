import { instant, toIso, type Instant } from '@varde/kernel';
import {
  nameOf,
  scopeOf,
  severityInForce,
  type Incident,
  type IncidentEvent,
  type IncidentId,
} from '@varde/incident-domain';
import type { Country, Mode, Phase } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { PlacedElement } from './topology.repository';

/** Which incidents a list shows. */
export interface IncidentFilter {
  readonly country?: Country | undefined;
  readonly mode?: Mode | undefined;
  readonly phases?: readonly Phase[] | undefined;
  /** At most this many, newest first. */
  readonly limit: number;
}

/** One line of an incident's timeline. */
export interface TimelineLine {
  readonly at: Instant;
  readonly version: number;
  readonly type: IncidentEvent['type'];
  readonly by: IncidentEvent['by'];
  readonly data: Readonly<Record<string, unknown>>;
}

/** Incidents, what they cover, and what happened to them. */
export class IncidentRepository {
  /** One incident, locked for this transaction. */
  async locked(tx: Tx, id: IncidentId): Promise<Incident | undefined> {
    return (await this.states(tx, `where id = $1 for update`, [id]))[0];
  }

  /** One incident as it stands. */
  async byId(tx: Tx, id: string): Promise<Incident | undefined> {
    return (await this.states(tx, `where id = $1`, [id]))[0];
  }

  /** By what people call it. */
  async byNumber(tx: Tx, number: string): Promise<Incident | undefined> {
    return (await this.states(tx, `where number = $1`, [number]))[0];
  }

  /** The incident that a desk's reference stands for, locked. */
  async byReference(
    tx: Tx,
    sourceId: string,
    reference: string,
    mode: Mode,
  ): Promise<Incident | undefined> {
    return (
      await this.states(tx, `where source_id = $1 and reference = $2 and mode = $3 for update`, [
        sourceId,
        reference,
        mode,
      ])
    )[0];
  }

  /** The incidents of a list, newest first. */
  list(tx: Tx, filter: IncidentFilter): Promise<readonly Incident[]> {
    return this.states(
      tx,
      `where ($1::text is null or country = $1) and ($2::text is null or mode = $2) and ($3::text[] is null or phase = any($3))
       order by declared_at desc, id limit $4`,
      [filter.country ?? null, filter.mode ?? null, filter.phases ?? null, filter.limit],
    );
  }

  /** The next number of a country's year, counted in the country's own time: `NO-2026-0042`. */
  async nextNumber(tx: Tx, country: Country, now: Instant): Promise<string> {
    const [row] = await tx.query<{ year: number; last: number }>(
      `insert into incident.number_counter as c (country, year, last)
       values ($1, extract(year from $2::timestamptz at time zone $3), 1)
       on conflict (country, year) do update set last = c.last + 1 returning year, last`,
      [country, toIso(now), zones[country]],
    );
    if (!row) throw new Error('No number was given.');
    return `${country}-${row.year}-${String(row.last).padStart(4, '0')}`;
  }

  /** Keeps an incident as it stands now. */
  async keep(tx: Tx, incident: Incident): Promise<void> {
    await tx.query(keeping, [
      incident.incidentId,
      incident.number,
      incident.version,
      incident.country,
      incident.mode,
      incident.kind,
      incident.phase,
      incident.origin,
      severityInForce(incident.derived, incident.stated),
      scopeOf(incident).services,
      toIso(incident.startedAt),
      toIso(incident.declaredAt),
      isoOf(incident.restoredAt),
      toIso(incident.changedAt),
      toIso(incident.span.from),
      toIso(incident.span.to),
      isoOf(incident.window?.from),
      isoOf(incident.window?.to),
      incident.report?.sourceId ?? null,
      incident.report?.reference ?? null,
      incident.mergedInto,
      incident.refersTo,
      JSON.stringify(incident),
    ]);
  }

  /** An incident covers these, too: kept with everything above the elements, so that an alarm finds it. */
  async cover(
    tx: Tx,
    id: IncidentId,
    elements: readonly string[],
    areas: readonly string[],
    placed: ReadonlyMap<string, PlacedElement>,
  ): Promise<void> {
    if (areas.length > 0)
      await tx.query(
        `insert into incident.incident_area (incident_id, code) select $1, code from unnest($2::text[]) as code on conflict do nothing`,
        [id, areas],
      );
    await tx.query(
      `insert into incident.incident_element (incident_id, element_id, parent_id, ancestors, area_path)
       select $1, r->>'elementId', r->>'parentId', array(select jsonb_array_elements_text(r->'ancestors')),
              array(select jsonb_array_elements_text(r->'areaPath'))
         from jsonb_array_elements($2::jsonb) as r on conflict do nothing`,
      [
        id,
        JSON.stringify(
          elements.map((elementId) => placed.get(elementId) ?? unknownPlace(elementId)),
        ),
      ],
    );
  }

  /** An incident covers these no longer; but the elements of its alarms still find their neighbours. */
  async uncover(
    tx: Tx,
    id: IncidentId,
    elements: readonly string[],
    areas: readonly string[],
  ): Promise<void> {
    await tx.query(
      `delete from incident.incident_element e where incident_id = $1 and element_id = any($2)
          and not exists (select from incident.alarm a where a.incident_id = e.incident_id and a.element_id = e.element_id)`,
      [id, elements],
    );
    await tx.query(`delete from incident.incident_area where incident_id = $1 and code = any($2)`, [
      id,
      areas,
    ]);
  }

  /** Lets the elements of alarms that joined an incident find their neighbours. */
  async coverAlarms(tx: Tx, incidentId: IncidentId, alarmNs: readonly string[]): Promise<void> {
    await tx.query(
      `insert into incident.incident_element (incident_id, element_id, parent_id, ancestors, area_path)
       select distinct on (element_id) $1::uuid, element_id, parent_id, ancestors, area_path from incident.alarm
        where n = any($2) and element_id is not null on conflict do nothing`,
      [incidentId, alarmNs],
    );
  }

  /** Alarms that a report names: they join whenever they come. */
  async nameAlarms(tx: Tx, incidentId: IncidentId, alarmIds: readonly string[]): Promise<void> {
    await tx.query(
      `insert into incident.incident_named_alarm (incident_id, alarm_id) select $1, id from unnest($2::text[]) as id on conflict do nothing`,
      [incidentId, alarmIds],
    );
  }

  /** What a merged incident had been named goes over to the other. */
  async moveNamedAlarms(tx: Tx, from: IncidentId, to: IncidentId): Promise<void> {
    await tx.query(
      `insert into incident.incident_named_alarm (incident_id, alarm_id)
       select $2, alarm_id from incident.incident_named_alarm where incident_id = $1 on conflict do nothing`,
      [from, to],
    );
  }

  /** Writes events to the timeline. It is append-only. */
  async log(tx: Tx, incident: Incident, events: readonly IncidentEvent[]): Promise<void> {
    const lines = events.map(({ type, at, by, ...data }) => ({
      type,
      at: toIso(at),
      by: { ...by, name: nameOf(by) },
      data: loggable(data),
    }));
    await tx.query(
      `insert into incident.timeline (incident_id, version, type, by_who, data, at)
       select $1, $2, l->>'type', l->'by', l->'data', (l->>'at')::timestamptz from jsonb_array_elements($3::jsonb) with ordinality as x (l, n) order by n`,
      [incident.incidentId, incident.version, JSON.stringify(lines)],
    );
  }

  /** What happened to an incident, oldest first. */
  async timeline(tx: Tx, id: IncidentId): Promise<readonly TimelineLine[]> {
    const rows = await tx.query<{
      at: Date;
      version: number;
      type: TimelineLine['type'];
      by_who: TimelineLine['by'];
      data: TimelineLine['data'];
    }>(
      `select at, version, type, by_who, data from incident.timeline where incident_id = $1 order by n`,
      [id],
    );
    return rows.map(({ by_who: by, at, ...row }) => ({ ...row, by, at: instant(at.getTime()) }));
  }

  private async states(
    tx: Tx,
    rest: string,
    parameters: readonly unknown[],
  ): Promise<readonly Incident[]> {
    const rows = await tx.query<{ state: Incident }>(
      `select state from incident.incident ${rest}`,
      parameters,
    );
    return rows.map((row) => row.state);
  }
}

// The zone in whose year an incident is numbered.
const zones = {
  NO: 'Europe/Oslo',
  SE: 'Europe/Stockholm',
  DK: 'Europe/Copenhagen',
} as const satisfies Record<Country, string>;

const keeping = `
  insert into incident.incident (id, number, version, country, mode, kind, phase, origin, severity, services, started_at, declared_at,
    restored_at, changed_at, span_from, span_to, window_from, window_to, source_id, reference, merged_into, refers_to, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
  on conflict (id) do update set version = excluded.version, kind = excluded.kind, phase = excluded.phase, origin = excluded.origin,
    severity = excluded.severity, services = excluded.services, started_at = excluded.started_at, restored_at = excluded.restored_at,
    changed_at = excluded.changed_at, span_from = excluded.span_from, span_to = excluded.span_to, window_from = excluded.window_from,
    window_to = excluded.window_to, source_id = excluded.source_id, reference = excluded.reference, merged_into = excluded.merged_into,
    state = excluded.state`;

const isoOf = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : toIso(at);

const unknownPlace = (elementId: string) => ({
  elementId,
  parentId: null,
  ancestors: [],
  areaPath: [],
});

// The whole incident stands in its row; the line of its declaration need not repeat it.
const loggable = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  'incident' in data ? {} : data;
