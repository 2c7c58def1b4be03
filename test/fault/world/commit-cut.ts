import { until } from '../../../tools/system/until';
import type { FaultWorld } from './fault-world';

/**
 * Ends sessions of our programs while they commit. For that a commit is held for a moment between its last change and the
 * disk: what is ended there is committed all the same, and its client never hears of it.
 */
export async function cutDuringCommit({ superuser }: FaultWorld, times: number): Promise<void> {
  await settings(superuser, [`commit_delay = 50000`, `commit_siblings = 0`]);
  let cut = 0;
  try {
    await until(
      `${times} sessions to be ended during COMMIT`,
      async () => {
        const { rowCount } = await superuser.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where usename in ('varde_engine', 'varde_courier') and state = 'active' and query ilike 'commit%'
            limit $1`,
          [Math.min(1, times - cut)],
        );
        cut += rowCount ?? 0;
        return cut >= times;
      },
      600_000,
    );
  } finally {
    await settings(superuser, [`commit_delay = 0`, `commit_siblings = 5`]);
  }
}

async function settings(
  superuser: FaultWorld['superuser'],
  values: readonly string[],
): Promise<void> {
  for (const value of values) await superuser.query(`alter system set ${value}`);
  await superuser.query('select pg_reload_conf()');
}
