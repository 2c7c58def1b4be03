import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

/** The facts of an incident as this context knows them: a row per version, of which the highest is what is true. */
export class FactSheetRepository {
  /** The newest version, if any was heard of. */
  async newest(tx: Tx, incidentId: string): Promise<IncidentFacts | undefined> {
    const [row] = await tx.query<{ facts: IncidentFacts }>(
      `select facts from communication.fact_sheet where incident_id = $1 order by version desc limit 1`,
      [incidentId],
    );
    return row?.facts;
  }

  /** Keeps a version. A repeat changes nothing. */
  async store(tx: Tx, incident: IncidentFacts, hit?: AudienceResolved['hit']): Promise<void> {
    await tx.query(
      `insert into communication.fact_sheet (incident_id, version, facts, hit) values ($1, $2, $3, $4) on conflict do nothing`,
      [
        incident.incidentId,
        incident.version,
        JSON.stringify(incident),
        hit === undefined ? null : JSON.stringify(hit),
      ],
    );
  }

  /** Areas of the version before that are not hit any more; all of `named` where none fell away whole. */
  async areasLeft(
    tx: Tx,
    incident: IncidentFacts,
    named: readonly string[],
  ): Promise<readonly string[]> {
    const [before] = await tx.query<{ areas: string[] }>(
      `select f.facts -> 'areas' as areas from communication.fact_sheet f where f.incident_id = $1 and f.version < $2 order by f.version desc limit 1`,
      [incident.incidentId, incident.version],
    );
    const left = (before?.areas ?? []).filter((area) => !named.includes(area));
    return left.length > 0 ? left : named;
  }
}
