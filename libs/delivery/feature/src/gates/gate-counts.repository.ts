import type { MovedGate } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import type { Gate } from './gate.service';

/**
 * How many rows behind a gate stand in which state, from the counters: how many had left when it shut, how many are unknown.
 *
 * @returns null for a provider, whose rows have no counter of their own
 * @source UX-06
 */
export async function countsBehind(tx: Tx, { scope, id }: Gate): Promise<MovedGate['counts']> {
  if (scope === 'provider') return null;
  const rows = await tx.query<{ state: keyof NonNullable<MovedGate['counts']>; n: string }>(
    `select l.state, sum(l.n) as n from delivery.lane_count l join communication.dispatch d on d.id = l.dispatch_id
      where case $1 when 'channel' then l.channel = $2 when 'incident' then d.incident_id::text = $2
                    when 'dispatch' then d.id::text = $2 else true end
      group by l.state having sum(l.n) <> 0`,
    [scope, id],
  );
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}
