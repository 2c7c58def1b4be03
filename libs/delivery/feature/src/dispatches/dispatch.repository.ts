import type { DispatchView } from '@varde/contracts';
import type { DeliveryState } from '@varde/delivery-domain';
import type { Tx } from '@varde/platform-database';

interface DispatchRow {
  readonly id: string;
  readonly message_id: string;
  readonly version: number;
  readonly incident_id: string;
  readonly mode: DispatchView['mode'];
  readonly reach: number;
  readonly policy_id: string | null;
  readonly started_by: string;
  readonly dispatched_at: Date;
  readonly held_until: Date;
  readonly send_before: Date;
  readonly planned: string | null;
  readonly is_planned: boolean;
  readonly lanes: readonly Lane[];
  readonly halts: DispatchView['halts'];
}

interface Lane {
  readonly channel: DispatchView['lanes'][number]['channel'];
  readonly class: number;
  readonly state: DeliveryState;
  readonly n: number;
}

/** One dispatch; undefined where there is none with this id. */
export async function dispatchOf(tx: Tx, dispatchId: string): Promise<DispatchView | undefined> {
  return (await read(tx, `d.id = $1`, [dispatchId]))[0];
}

/** Dispatches, newest first. @param incidentId of one incident; of all, unless said */
export function dispatchesOf(
  tx: Tx,
  incidentId: string | undefined,
  limit: number,
): Promise<DispatchView[]> {
  return read(
    tx,
    `($1::uuid is null or d.incident_id = $1) order by d.dispatched_at desc, d.id limit $2`,
    [incidentId ?? null, limit],
  );
}

async function read(tx: Tx, rest: string, parameters: readonly unknown[]): Promise<DispatchView[]> {
  const rows = await tx.query<DispatchRow>(
    `select d.id, d.message_id, d.version, d.incident_id, d.mode, v.reach, d.policy_id, d.started_by, d.dispatched_at,
            d.dispatched_at + make_interval(secs => s.hold_seconds) as held_until, v.send_before, f.planned,
            coalesce(f.done_at is not null, false) as is_planned,
            coalesce((select json_agg(l order by l.channel, l.class) from (
              select c.channel, c.class, c.state, sum(c.n)::int as n from delivery.lane_count c where c.dispatch_id = d.id
               group by c.channel, c.class, c.state having sum(c.n) <> 0) l), '[]') as lanes,
            coalesce((select json_agg(json_build_object('scope', g.scope, 'id', g.id) order by g.scope, g.id) from delivery.gate g
              where g.halted and (g.scope = 'all' or (g.scope = 'channel' and g.id = any(v.channels))
                or (g.scope = 'incident' and g.id = d.incident_id::text) or (g.scope = 'dispatch' and g.id = d.id::text))), '[]') as halts
       from communication.dispatch d
       join communication.message_version v on v.message_id = d.message_id and v.version = d.version
       cross join delivery.setting s
       left join delivery.fan_out f on f.dispatch_id = d.id
      where ${rest}`,
    parameters,
  );
  return rows.map(viewOf);
}

const viewOf = (row: DispatchRow): DispatchView => ({
  dispatchId: row.id,
  messageId: row.message_id,
  version: row.version,
  incidentId: row.incident_id,
  mode: row.mode,
  reach: row.reach,
  policyId: row.policy_id,
  startedBy: row.started_by,
  dispatchedAt: row.dispatched_at.toISOString(),
  heldUntil: row.held_until.toISOString(),
  sendBefore: row.send_before.toISOString(),
  plannedCount: Number(row.planned ?? 0),
  isPlanned: row.is_planned,
  lanes: lanesOf(row.lanes),
  halts: row.halts,
});

function lanesOf(counts: readonly Lane[]): DispatchView['lanes'] {
  const lanes = new Map<string, DispatchView['lanes'][number]>();
  for (const { channel, class: recipientClass, state, n } of counts) {
    const key = `${channel} ${recipientClass}`;
    const before = lanes.get(key) ?? { channel, class: recipientClass, states: {} };
    lanes.set(key, { ...before, states: { ...before.states, [state]: n } });
  }
  return [...lanes.values()];
}
