import type { AudienceResolved } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

/** A snapshot of an incident's audience, as far as words need it. */
export interface AudienceSeen {
  readonly snapshotId: string;
  readonly snapshotVersion: number;
  readonly occasion: AudienceResolved['occasion'];
  readonly counts: AudienceResolved['counts'];
  /** Codes of the areas that a text names; empty where it was resolved before they were kept. */
  readonly namedAreas: readonly string[];
}

/** The audiences that this context has heard of, in figures. */
export class AudienceSeenRepository {
  /** Keeps a snapshot. @returns false when it was known: a repeat */
  async store(tx: Tx, resolved: AudienceResolved): Promise<boolean> {
    const rows = await tx.query(
      `insert into communication.audience_seen (incident_id, snapshot_version, snapshot_id, occasion, counts, unreachable, named_areas)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
      [
        resolved.incident.incidentId,
        resolved.snapshotVersion,
        resolved.snapshotId,
        resolved.occasion,
        JSON.stringify(resolved.counts),
        JSON.stringify(resolved.unreachable),
        resolved.namedAreas,
      ],
    );
    return rows.length > 0;
  }

  /** The newest snapshot of an incident. */
  async newest(tx: Tx, incidentId: string): Promise<AudienceSeen | undefined> {
    const [row] = await tx.query<AudienceSeen>(
      `select snapshot_id as "snapshotId", snapshot_version as "snapshotVersion", occasion, counts, named_areas as "namedAreas"
         from communication.audience_seen where incident_id = $1 order by snapshot_version desc limit 1`,
      [incidentId],
    );
    return row;
  }
}
