import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { lastSnapshot, lockMerges, untilTold } from './previous-snapshots';
import { resolveAudience } from './resolve-audience';

/**
 * Hands the people of a merged incident over: those who stand with it stand with the other one from that one's next
 * snapshot on. A repeat changes nothing.
 *
 * @returns the snapshot that tells the merged incident's people of the end, where the other incident is over already and
 *          would never tell them; else undefined
 * @source  invariants §2.5
 */
export async function mergeAudience(
  tx: Tx,
  incident: IncidentFacts,
): Promise<AudienceResolved | undefined> {
  const into = incident.mergedInto;
  if (into === null || incident.mode === 'TEST') return undefined;
  await lockMerges(tx);
  if (await isTakenIn(tx, incident)) return undefined;
  const target = await survivor(tx, into);
  const last = target === undefined ? undefined : await lastSnapshot(tx, target);
  if (target === undefined || (last && last.occasion !== 'hit')) {
    return resolveAudience(tx, { incident, occasion: 'end', changed: ['phase'] });
  }
  await tx.query(
    `insert into audience.incident_merge as m (incident_id, incident_version, into_id) values ($1, $2, $3)
     on conflict (incident_id) do update
       set incident_version = excluded.incident_version, into_id = excluded.into_id, taken_in = null
     where m.incident_version < excluded.incident_version`,
    [incident.incidentId, incident.version, into],
  );
  return undefined;
}

/** Was the other incident first to say it, and are the people in a snapshot of it? Then only the true version is put in. */
async function isTakenIn(tx: Tx, { incidentId, version }: IncidentFacts): Promise<boolean> {
  const rows = await tx.query(
    `update audience.incident_merge set incident_version = $2
      where incident_id = $1 and incident_version = $3 and taken_in is not null returning 1`,
    [incidentId, version, untilTold],
  );
  return rows.length > 0;
}

/** The incident at the end of a chain of merges; undefined where the chain comes back to where it began. */
async function survivor(tx: Tx, into: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `with recursive chain (id) as (
       select $1::uuid
       union
       select m.into_id from chain c join audience.incident_merge m on m.incident_id = c.id)
     select c.id from chain c where not exists (select from audience.incident_merge m where m.incident_id = c.id)`,
    [into],
  );
  return row?.id;
}
