import type { Occasion } from '@varde/audience-domain';
import type { AudienceResolved } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

/** What a snapshot says of itself, as kept. */
export interface KeptSnapshot {
  readonly id: string;
  readonly incidentVersion: number;
  readonly version: number;
  readonly occasion: Occasion;
  readonly counts: AudienceResolved['counts'];
  readonly unreachable: AudienceResolved['unreachable'];
  readonly hit: AudienceResolved['hit'];
}

const columns = `id, incident_version as "incidentVersion", version, occasion, counts, unreachable, hit`;

/**
 * Lets one resolution of an incident run at a time, and none while incidents are merged. Held until the transaction ends;
 * every statement after it sees what the one before has committed (READ COMMITTED).
 */
export async function lockIncident(tx: Tx, incidentId: string): Promise<void> {
  await tx.query(
    'select pg_advisory_xact_lock_shared(4714, 0), pg_advisory_xact_lock(4715, hashtext($1))',
    [incidentId],
  );
}

/** Waits for every running resolution, and keeps new ones waiting. */
export async function lockMerges(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(4714, 0)');
}

/** The newest snapshot of an incident. */
export async function lastSnapshot(tx: Tx, incidentId: string): Promise<KeptSnapshot | undefined> {
  const [row] = await tx.query<KeptSnapshot>(
    `select ${columns} from audience.snapshot where incident_id = $1 order by version desc limit 1`,
    [incidentId],
  );
  return row;
}

/** The snapshot that an occasion of one incident version became, where it was resolved already. */
export async function snapshotOfOccasion(
  tx: Tx,
  incidentId: string,
  incidentVersion: number,
  occasion: Occasion,
): Promise<KeptSnapshot | undefined> {
  const [row] = await tx.query<KeptSnapshot>(
    `select ${columns} from audience.snapshot where incident_id = $1 and incident_version = $2 and occasion = $3`,
    [incidentId, incidentVersion, occasion],
  );
  return row;
}

/** An incident whose people another one takes over. */
export interface Predecessor {
  readonly incidentId: string;
  readonly snapshotId: string | null;
}

/** Every incident that was merged into this one, or into one of those, and whose people no snapshot has taken in yet. */
export function predecessors(tx: Tx, incidentId: string): Promise<Predecessor[]> {
  return tx.query<Predecessor>(
    `with recursive merged as (
       select m.incident_id from audience.incident_merge m where m.into_id = $1 and m.taken_in is null
       union
       select m.incident_id from merged d join audience.incident_merge m on m.into_id = d.incident_id and m.taken_in is null)
     select d.incident_id as "incidentId",
            (select s.id from audience.snapshot s where s.incident_id = d.incident_id order by s.version desc limit 1) as "snapshotId"
       from merged d order by d.incident_id`,
    [incidentId],
  );
}

/** Stands for the version of a merge that another incident was first to tell of: above every true one. */
export const untilTold = 2_147_483_647;

/**
 * Notes what an incident says that it has absorbed, where the fact of the merge itself has not come yet: the two may come in
 * either order. Nothing that those say counts any more; when it comes, the true version takes the place of {@link untilTold}.
 */
export async function noteAbsorbed(
  tx: Tx,
  incidentId: string,
  absorbed: readonly string[],
): Promise<void> {
  if (absorbed.length === 0) return;
  await tx.query(
    `insert into audience.incident_merge (incident_id, incident_version, into_id)
     select unnest($1::uuid[]), $3::int, $2::uuid on conflict do nothing`,
    [absorbed, incidentId, untilTold],
  );
}

/** The people of these incidents are in that snapshot now. */
export async function markTakenIn(
  tx: Tx,
  incidents: readonly Predecessor[],
  snapshotId: string,
): Promise<void> {
  if (incidents.length === 0) return;
  await tx.query(
    'update audience.incident_merge set taken_in = $2 where incident_id = any ($1::uuid[])',
    [incidents.map((one) => one.incidentId), snapshotId],
  );
}

/** The incident version at which an incident gave its people away and that it has not outgrown; else undefined. */
export async function mergedAt(tx: Tx, incidentId: string): Promise<number | undefined> {
  const [row] = await tx.query<{ incidentVersion: number }>(
    'select incident_version as "incidentVersion" from audience.incident_merge where incident_id = $1',
    [incidentId],
  );
  return row?.incidentVersion;
}
