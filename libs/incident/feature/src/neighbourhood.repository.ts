import { instant, plus, toIso, type Instant } from '@varde/kernel';
import { joinWindow, type IncidentId, type JoinTarget, type Span } from '@varde/incident-domain';
import type { Country, Mode, Service } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import { alarmColumns, alarmOf, type AlarmRecord, type AlarmRow } from './alarm.repository';

/** What looks for neighbours: some elements, areas and names of one trouble, at one time. */
export interface Around {
  readonly country: Country;
  readonly mode: Mode;
  readonly span: Span;
  readonly elements: readonly string[];
  readonly parents: readonly string[];
  readonly ancestors: readonly string[];
  /** Areas in which the elements stand. */
  readonly areaPath: readonly string[];
  /** Areas that are hit as such, beside those of the incidents that grew. */
  readonly areas: readonly string[];
  /** Services of all of the trouble, those of the incidents that grew included. */
  readonly services: readonly Service[];
  readonly alarmIds: readonly string[];
  readonly relatedAlarms: readonly string[];
  readonly sourceIds: readonly string[];
  readonly correlationIds: readonly string[];
  /** Alarms that a report names, of any source. */
  readonly namedAlarms: readonly string[];
  /** Incidents of the same trouble whose elements look for neighbours too: where only its time has grown. */
  readonly grown: readonly IncidentId[];
}

/** Says of two things how the network and their names relate them. */
export interface Relation {
  readonly near: boolean;
  readonly covered: boolean;
  readonly named: boolean;
}

/** An open incident beside something. */
export type NearIncident = JoinTarget & {
  readonly incidentId: IncidentId;
  readonly isReported: boolean;
  readonly declaredAt: Instant;
  readonly services: readonly Service[];
};

interface NearIncidentRow {
  readonly id: IncidentId;
  readonly country: Country;
  readonly mode: Mode;
  readonly kind: NearIncident['kind'];
  readonly phase: NearIncident['phase'];
  readonly origin: 'alarm' | 'reported';
  readonly declared_at: Date;
  readonly changed_at: Date;
  readonly services: Service[];
  readonly span_from: Date;
  readonly span_to: Date;
  readonly near: boolean;
  readonly covered: boolean;
  readonly named: boolean;
}

/**
 * Asks the database who is beside whom. It answers with facts; whether two belong together is the domain's decision. Everything is
 * bounded by time or by name, so the answer stays small however much is open.
 */
export class NeighbourhoodRepository {
  /** Alarms without an incident beside these, themselves left out. */
  async waitingAlarms(tx: Tx, around: Around): Promise<readonly (AlarmRecord & Relation)[]> {
    const rows = await tx.query<AlarmRow & Relation>(waitingAlarms, parametersOf(around));
    return rows.map((row) => ({ ...alarmOf(row), near: row.near, covered: row.covered, named: row.named }));
  }

  /** Open incidents beside these. */
  async openIncidents(tx: Tx, around: Around): Promise<readonly NearIncident[]> {
    const rows = await tx.query<NearIncidentRow>(incidentsWhere(isOpen), [...parametersOf(around), around.areaPath, around.areas]);
    return rows.map(nearOf);
  }

  /** Incidents beside these that are over, but went on at some time after `since`. One that was merged is found as the other. */
  async overIncidents(tx: Tx, around: Around, since: Instant): Promise<readonly (NearIncident & { readonly endedAt: Instant })[]> {
    const rows = await tx.query<NearIncidentRow>(incidentsWhere(isOver), [...parametersOf(around), around.areaPath, around.areas, toIso(since)]);
    return rows.map((row) => ({ ...nearOf(row), endedAt: instant(row.changed_at.getTime()) }));
  }

  /** Does planned work explain trouble on this element at this time? */
  async isPlanned(tx: Tx, at: { country: Country; mode: Mode; span: Span; elements: readonly string[]; areaPath: readonly string[] }): Promise<boolean> {
    const [row] = await tx.query(
      `select from incident.incident i
        where i.kind = 'planned' and i.country = $1 and i.mode = $2 and i.phase in ('acknowledged', 'inProgress', 'held', 'pending')
          and i.window_from <= $3 and i.window_to > $3
          and (exists (select from incident.incident_element e where e.incident_id = i.id and e.element_id = any($4))
            or exists (select from incident.incident_area a where a.incident_id = i.id and a.code = any($5)))
        limit 1`,
      [at.country, at.mode, toIso(at.span.from), at.elements, at.areaPath],
    );
    return row !== undefined;
  }
}

const nearOf = (row: NearIncidentRow): NearIncident => ({
  incidentId: row.id,
  country: row.country,
  mode: row.mode,
  kind: row.kind,
  phase: row.phase,
  services: row.services,
  isReported: row.origin === 'reported',
  declaredAt: instant(row.declared_at.getTime()),
  span: { from: instant(row.span_from.getTime()), to: instant(row.span_to.getTime()) },
  near: row.near,
  covered: row.covered,
  named: row.named,
});

const parametersOf = (around: Around): readonly unknown[] => [
  around.country,
  around.mode,
  toIso(plus(around.span.from, (-joinWindow) as typeof joinWindow)),
  toIso(plus(around.span.to, joinWindow)),
  around.elements,
  around.parents,
  around.ancestors,
  around.services,
  around.alarmIds,
  around.relatedAlarms,
  around.sourceIds,
  around.correlationIds,
  around.namedAlarms,
  around.grown,
];

// Parameters: $3 and $4 the time, $5 elements, $6 parents, $7 ancestors, $8 services, $9 alarm ids, $10 related alarms, $11 sources,
// $12 correlation ids, $13 alarms named by a report, $14 incidents that grew, $15 areas around the elements, $16 areas hit,
// $17 since when.
const waitingAlarms = `
  with named as (
    select a.n from incident.alarm a where a.source_id = any($11) and (a.alarm_id = any($10) or a.related_alarms && $9)
    union select a.n from incident.alarm a where a.correlation_ids && $12
    union select a.n from incident.alarm a where a.alarm_id = any($13)),
  candidate as (
    select a.*,
      (a.element_id = any($5) or a.element_id = any($7) or a.parent_id = any($6) or a.ancestors && $5
        or exists (select from incident.incident_element e where e.incident_id = any($14) and e.element_id = a.element_id)
        or exists (select from incident.incident_element e where e.incident_id = any($14) and e.element_id = any(a.ancestors))
        or exists (select from incident.incident_element e where e.incident_id = any($14) and e.parent_id = a.parent_id)
        or exists (select from incident.incident_element e where e.incident_id = any($14) and e.ancestors @> array[a.element_id])) as near,
      (a.services && $8 and (exists (select from incident.incident_area r where r.incident_id = any($14) and r.code = any(a.area_path)))) as covered,
      a.n in (select n from named) as named
      from incident.alarm a
     where a.incident_id is null and a.span_to is not null and a.country = $1 and a.mode = $2
       and ((a.span_to >= $3 and a.span_from <= $4) or a.n in (select n from named))
       and a.waits is distinct from 'no-exercise' and a.waits is distinct from 'is-test')
  select ${alarmColumns}, coalesce(near, false) as near, coalesce(covered, false) as covered, named
    from candidate a where near or covered or named`;

const isOpen = `i.phase in ('acknowledged', 'inProgress', 'held', 'pending')`;
const isOver = `i.phase in ('resolved', 'closed', 'cancelled', 'rejected') and i.merged_into is null and i.changed_at >= $17`;

const incidentsWhere = (condition: string): string => `
  with named as (
    select a.incident_id as id from incident.alarm a
     where a.source_id = any($11) and (a.alarm_id = any($10) or a.related_alarms && $9)
    union select a.incident_id from incident.alarm a where a.correlation_ids && $12
    union select a.incident_id from incident.alarm a where a.alarm_id = any($13)
    union select n.incident_id from incident.incident_named_alarm n where n.alarm_id = any($9)),
  candidate as (
    select i.*,
      (exists (select from incident.incident_element e where e.incident_id = i.id and (e.element_id = any($5) or e.element_id = any($7)))
        or exists (select from incident.incident_element e where e.incident_id = i.id and e.parent_id = any($6))
        or exists (select from incident.incident_element e where e.incident_id = i.id and e.ancestors && $5)
        or exists (select from incident.incident_element e join incident.incident_element g on g.incident_id = any($14)
                     and g.element_id = e.element_id where e.incident_id = i.id)
        or exists (select from incident.incident_element e join incident.incident_element g on g.incident_id = any($14)
                     and g.parent_id = e.parent_id where e.incident_id = i.id)
        or exists (select from incident.incident_element e cross join unnest(e.ancestors) as up join incident.incident_element g
                     on g.incident_id = any($14) and g.element_id = up where e.incident_id = i.id)
        or exists (select from incident.incident_element g cross join unnest(g.ancestors) as up join incident.incident_element e
                     on e.incident_id = i.id and e.element_id = up where g.incident_id = any($14))) as near,
      (i.services && $8 and (
          exists (select from incident.incident_area r where r.incident_id = i.id and r.code = any($15))
        or exists (select from incident.incident_element e where e.incident_id = i.id and e.area_path && $16)
        or exists (select from incident.incident_area r join incident.incident_element g on g.incident_id = any($14)
                     and r.code = any(g.area_path) where r.incident_id = i.id)
        or exists (select from incident.incident_area r join incident.incident_element e on e.incident_id = i.id
                     and r.code = any(e.area_path) where r.incident_id = any($14)))) as covered,
      i.id in (select id from named where id is not null) as named
      from incident.incident i
     where i.country = $1 and i.mode = $2 and ${condition} and i.id <> all($14)
       and ((i.span_to >= $3 and i.span_from <= $4) or i.id in (select id from named where id is not null)))
  select id, country, mode, kind, phase, origin, services, declared_at, changed_at, span_from, span_to, near, covered, named
    from candidate where near or covered or named order by declared_at, id`;
