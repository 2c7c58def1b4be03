/**
 * SQL that gives a sandbox installation a clock that moves: a row with a shift, a clock function that reads it, a
 * notification, and the programs' acknowledgements. Run by the owner; a production installation never has it, and a
 * production program refuses to start where it is.
 *
 * @source `recipes.md` §4
 */
export const movableClockSql = `
do $$ begin
  if (select kind from platform.installation) is distinct from 'sandbox' then
    raise exception 'only a sandbox installation has a movable clock' using errcode = '42501';
  end if;
end $$;
create table if not exists platform.test_clock (
  one boolean primary key default true check (one),
  shift interval not null default '0', frozen_at timestamptz, version bigint not null default 0);
insert into platform.test_clock default values on conflict do nothing;
create table if not exists platform.test_clock_ack (program text primary key, version bigint not null);
create or replace function platform.clock() returns timestamptz language sql volatile security definer
  set search_path = platform, pg_temp
  as $f$ select coalesce(frozen_at, pg_catalog.clock_timestamp()) + shift from test_clock $f$;
create or replace function platform.tell_clock() returns trigger language plpgsql as $f$
begin perform pg_notify('test_clock', new.version::text); return new; end $f$;
create or replace trigger told after update on platform.test_clock for each row execute function platform.tell_clock();
grant select on platform.test_clock to varde_api, varde_engine, varde_courier, varde_gate, varde_import;
grant select, insert, update, delete on platform.test_clock_ack to varde_api, varde_engine, varde_courier;
do $$ begin
  if exists (select from pg_roles where rolname = 'varde_sandbox') then
    grant usage on schema platform to varde_sandbox;
    grant select, update on platform.test_clock to varde_sandbox;
    grant select on platform.test_clock_ack to varde_sandbox;
  end if;
end $$;
`;

/** Takes the movable clock away again. */
export const dropMovableClock = `
create or replace function platform.clock() returns timestamptz language sql volatile
  as $$ select pg_catalog.clock_timestamp() $$;
drop table if exists platform.test_clock, platform.test_clock_ack;
drop function if exists platform.tell_clock();
`;
