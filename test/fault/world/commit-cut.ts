import type { FaultWorld } from './fault-world';

const longMs = 600_000;
// A claim is known by the lock that it holds (invariants §1 rule 7).
const holdsClaimLock = `and exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.classid = 4711)`;

/**
 * Ends sessions of our programs while they commit, a claim first. For that a commit waits for a standby that does not exist:
 * what is ended there is committed all the same, and its client never hears of it. Ended at the flush to disk it would hear.
 *
 * @source PostgreSQL, `SyncRepWaitForLSN`: "the transaction has already committed locally"
 */
export async function cutDuringCommit({ superuser }: FaultWorld, times: number): Promise<void> {
  const end = performance.now() + longMs;
  for (let cut = 0; cut < times;) {
    // Held for a moment only: whoever waits for one commit may be on the way to the next.
    await setting(superuser, `synchronous_standby_names = 'nobody'`);
    try {
      if (await within(holdMs, superuser, commitOf(cut === 0))) cut += 1;
    } finally {
      await setting(superuser, `synchronous_standby_names = ''`);
    }
    if (performance.now() > end) throw new Error(`Only ${cut} sessions were ended during COMMIT.`);
  }
}

const holdMs = 300;

const commitOf = (isClaim: boolean): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity a
    where usename in ('varde_engine', 'varde_courier') and wait_event = 'SyncRep'
      ${isClaim ? holdsClaimLock : ''} limit 1`;

/** Ends all sessions of our programs while the courier writes how its calls have ended: sent, and not yet settled. */
export async function cutDuringSettle({ superuser }: FaultWorld): Promise<void> {
  const isCut = await within(
    longMs,
    superuser,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where usename like 'varde_%' and pid <> pg_backend_pid() and exists (
        select from pg_stat_activity
         where usename = 'varde_courier' and state = 'active' and query like '%settle_many%')`,
  );
  if (!isCut) throw new Error('The courier never settled.');
}

// Without a pause between two looks: what is waited for lasts some milliseconds. Answers whether it came.
async function within(
  ms: number,
  superuser: FaultWorld['superuser'],
  strike: string,
): Promise<boolean> {
  const end = performance.now() + ms;
  while (performance.now() < end) if ((await superuser.query(strike)).rowCount !== 0) return true;
  return false;
}

async function setting(superuser: FaultWorld['superuser'], value: string): Promise<void> {
  await superuser.query(`alter system set ${value}`);
  await superuser.query('select pg_reload_conf()');
}
