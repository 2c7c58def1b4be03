import { Client } from 'pg';
import { until } from '../../../tools/system/until';
import type { FaultWorld } from './fault-world';

/** A fan-out that stands still at one row. */
export interface Hold {
  /** The session that makes rows has come to the row, and waits. @returns its process id */
  reached(): Promise<number>;
  /** Takes the obstacle away. */
  release(): Promise<void>;
}

/**
 * Holds the fan-out of a dispatch at one of its rows, without a sleep: a row with the same key, not committed, stands in the way,
 * and whoever inserts it waits to learn how that ends.
 *
 * @param share which row, in the order of the fan-out: 0.4 is 40 % of the way
 */
export async function holdAt(world: FaultWorld, dispatchId: string, share: number): Promise<Hold> {
  const client = new Client({
    connectionString: world.system.stack.postgres.superuserUrl('varde'),
  });
  await client.connect();
  // Neither guards nor counters shall see a row that never will be.
  await client.query(`set session_replication_role = replica`);
  await client.query('begin');
  const { rows } = await client.query<{ pid: number }>(
    `with place as (
       select m.*, d.mode from communication.dispatch d
         join communication.draft using (message_id)
         join audience_public.snapshot_member m using (snapshot_id)
        where d.id = $1 order by m.class, m.contact_id
       offset (select floor(v.reach * $2::float8) from communication.message_version v
                 join communication.dispatch d using (message_id, version) where d.id = $1) limit 1)
     insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac)
     select $1, mode, contact_id, is_exercise, class, channel, address_hmac from place
     returning pg_backend_pid() as pid`,
    [dispatchId, share],
  );
  const own = rows[0]?.pid;
  if (own === undefined) throw new Error(`dispatch ${dispatchId} has no row at ${share}`);
  return {
    reached: () =>
      until(`the fan-out to come to ${share * 100} %`, async () => {
        const { rows: waiting } = await world.superuser.query<{ pid: number }>(
          `select pid from pg_stat_activity where $1 = any (pg_blocking_pids(pid))`,
          [own],
        );
        return waiting[0]?.pid;
      }),
    release: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}
