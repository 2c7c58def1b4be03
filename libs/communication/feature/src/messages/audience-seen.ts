import type { AudienceView } from '@varde/contracts';
import type { Database } from '@varde/platform-database';

interface SeenRow {
  readonly snapshot_version: number;
  readonly occasion: AudienceView['occasion'];
  readonly counts: AudienceView['counts'];
  readonly unreachable: AudienceView['unreachable'];
  readonly at: Date;
}

/** Whom an incident hits, as this context last heard it; null until somebody was found. */
export async function audienceSeenOf(
  database: Database,
  incidentId: string,
): Promise<AudienceView | null> {
  const [row] = await database.unitOfWork('varde_communication', (tx) =>
    tx.query<SeenRow>(
      `select snapshot_version, occasion, counts, unreachable, at from communication.audience_seen
        where incident_id = $1 order by snapshot_version desc limit 1`,
      [incidentId],
    ),
  );
  return row
    ? {
        snapshotVersion: row.snapshot_version,
        occasion: row.occasion,
        at: row.at.toISOString(),
        reachableCount: sumOf(row.counts),
        unreachableCount: sumOf(row.unreachable),
        counts: row.counts,
        unreachable: row.unreachable,
      }
    : null;
}

const sumOf = (entries: readonly { readonly count: number }[]): number =>
  entries.reduce((sum, { count }) => sum + count, 0);
