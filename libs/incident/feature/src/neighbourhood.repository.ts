import { instant, toIso, type Instant } from '@varde/kernel';
import type { IncidentId, JoinTarget, Span } from '@varde/incident-domain';
import type { Country, Mode, Service } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import { alarmOf, type AlarmRecord, type AlarmRow } from './alarm.repository';
import type { Around } from './around';
import { alarmsBeside, incidentsBeside } from './neighbourhood.sql';

/** Says of two things how the network and their names relate them. */
export interface Relation {
  readonly near: boolean;
  readonly covered: boolean;
  readonly named: boolean;
}

/** An incident beside something. */
export type NearIncident = JoinTarget & {
  readonly incidentId: IncidentId;
  readonly isReported: boolean;
  readonly declaredAt: Instant;
  /** Of one that is over: when it was called so. */
  readonly endedAt: Instant;
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
  /** Alarms without an incident beside these; these themselves may be among them. */
  async waitingAlarms(tx: Tx, around: Around): Promise<readonly (AlarmRecord & Relation)[]> {
    const { sql, values } = alarmsBeside(around);
    const rows = await tx.query<AlarmRow & Relation>(sql, values);
    return rows.map((row) => ({
      ...alarmOf(row),
      near: row.near,
      covered: row.covered,
      named: row.named,
    }));
  }

  /**
   * Incidents beside these, oldest first: open ones, and those that ended only after these began. One that was merged is found as
   * the other.
   */
  async incidents(tx: Tx, around: Around): Promise<readonly NearIncident[]> {
    const { sql, values } = incidentsBeside(around);
    const rows = await tx.query<NearIncidentRow>(sql, values);
    return rows.map(nearOf);
  }

  /** Does planned work explain trouble on this element at this time? */
  async isPlanned(
    tx: Tx,
    at: {
      country: Country;
      mode: Mode;
      span: Span;
      elements: readonly string[];
      areaPath: readonly string[];
    },
  ): Promise<boolean> {
    const rows = await tx.query(
      `select 1 as one from incident.incident i
        where i.kind = 'planned' and i.country = $1 and i.mode = $2 and i.phase in ('acknowledged', 'inProgress', 'held', 'pending')
          and i.window_from <= $3 and i.window_to > $3
          and (exists (select from incident.incident_element e where e.incident_id = i.id and e.element_id = any($4))
            or exists (select from incident.incident_area a where a.incident_id = i.id and a.code = any($5)))
        limit 1`,
      [at.country, at.mode, toIso(at.span.from), at.elements, at.areaPath],
    );
    return rows.length > 0;
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
  endedAt: instant(row.changed_at.getTime()),
  span: { from: instant(row.span_from.getTime()), to: instant(row.span_to.getTime()) },
  near: row.near,
  covered: row.covered,
  named: row.named,
});
