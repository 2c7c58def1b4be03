import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A counter's slot belongs to one transaction at a time. Slots went by process id alone, so two connections could share one, and
 * transactions that settled several rows one by one could wait for each other in a circle (DL-15): PostgreSQL ended one of
 * them. Now a transaction takes the first free slot and keeps it until its end.
 */
export class ASlotOfOnesOwn1764147000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create or replace function delivery.add_counts(p_counts delivery.lane_count[]) returns void language plpgsql security definer
  set search_path = delivery, pg_temp as $$
declare
  mine int := pg_backend_pid() % 32;
begin
  -- More than 32 at once share slots as before: they wait, at worst one of them is told to try again.
  for i in 0..31 loop
    if pg_try_advisory_xact_lock(4717, (mine + i) % 32) then
      mine := (mine + i) % 32;
      exit;
    end if;
  end loop;
  insert into lane_count as l
  select c.dispatch_id, c.channel, c.class, c.state, mine, c.n
    from unnest(p_counts) c where c.n <> 0
   order by c.dispatch_id, c.channel, c.class, c.state
  on conflict on constraint lane_count_pkey do update set n = l.n + excluded.n;
end $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
create or replace function delivery.add_counts(p_counts delivery.lane_count[]) returns void language sql security definer
  set search_path = delivery, pg_temp as $$
  insert into lane_count as l
  select c.dispatch_id, c.channel, c.class, c.state, (pg_backend_pid() % 32)::smallint, c.n
    from unnest(p_counts) c where c.n <> 0
   order by c.dispatch_id, c.channel, c.class, c.state
  on conflict (dispatch_id, channel, class, state, slot) do update set n = l.n + excluded.n $$;`);
  }
}
