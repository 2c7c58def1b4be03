import type { Tx } from '@varde/platform-database';

/** An incident and what was merged into it, as delivery knows it. */
export interface Family {
  readonly incidents: readonly string[];
  /** Has another message of theirs become rows? */
  readonly hasSpoken: boolean;
}

/** Notes what was merged into an incident, by whichever fact says it first. A repeat changes nothing. */
export async function noteMerged(tx: Tx, merged: readonly string[], into: string): Promise<void> {
  if (merged.length === 0) return;
  await tx.query(
    `insert into delivery.incident_merge (merged_id, into_id)
     select unnest($1::uuid[]), $2::uuid
     union select x.merged_id, $2::uuid from delivery.incident_merge x where x.into_id = any ($1::uuid[])
     on conflict do nothing`,
    [merged, into],
  );
}

/** Whose messages count as told when this one's rows are made. */
export async function familyOf(
  tx: Tx,
  { incident_id, dispatch_id }: { readonly incident_id: string; readonly dispatch_id: string },
): Promise<Family> {
  const [family] = await tx.query<Family>(
    `with family as (select $1::uuid as id union select x.merged_id from delivery.incident_merge x where x.into_id = $1)
     select (select array_agg(id) from family) as incidents,
            exists (select from delivery.fan_out f where f.incident_id in (select id from family) and f.dispatch_id <> $2) as "hasSpoken"`,
    [incident_id, dispatch_id],
  );
  return family ?? { incidents: [incident_id], hasSpoken: false };
}
