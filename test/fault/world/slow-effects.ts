import type { FaultWorld } from './fault-world';

const effectMs = 400;

/**
 * What the engine does about a fact takes a while: its transaction stands still in the middle of the effect, so that a kill finds
 * it half done. As fast as it really is, a kill at random hardly ever does.
 */
export async function slowEffects({ superuser }: FaultWorld): Promise<void> {
  await superuser.query(`
    create function platform.planted_slowness() returns trigger language plpgsql as $$
    begin
      if session_user = 'varde_engine' then perform pg_sleep(${effectMs / 1_000}); end if;
      return null;
    end $$;
    create trigger planted_slowness after insert on platform.outbox execute function platform.planted_slowness();
    create trigger planted_slowness after insert on delivery.fan_out execute function platform.planted_slowness()`);
}

/** As fast as before. */
export const quickEffects = ({ superuser }: FaultWorld): Promise<unknown> =>
  superuser.query('drop function platform.planted_slowness() cascade');

/** Resolves when the engine stands in the middle of an effect, or when so long nothing has happened. @returns whether it does */
export async function halfDone({ superuser }: FaultWorld, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    const { rowCount } = await superuser.query(
      `select from pg_stat_activity where usename = 'varde_engine' and wait_event = 'PgSleep'`,
    );
    if (rowCount !== 0) return true;
    await new Promise((go) => setTimeout(go, 20));
  }
  return false;
}
