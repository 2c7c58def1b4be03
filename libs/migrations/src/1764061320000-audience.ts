import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: the operator's network, areas, customers and agreements as its own systems deliver them (import-formats.md). Text ids are
// the operator's; the numbers beside them keep the large tables narrow. Services are bits of one integer, in the order of
// the vocabulary: mobile-voice 1, mobile-data 2, sms 4, emergency-call 8, broadband 16, fixed-voice 32, tv 64,
// hosted-switchboard 128, iot 256. Longer than a migration likes to be: what the import may do as the tables' owner is here too.
const up = `
create schema audience;
create schema audience_public;

create table audience.import_run (
  n bigint generated always as identity primary key,
  what text not null, file text not null, sha256 bytea,
  by_who text not null, dry_run boolean not null default false, full_file boolean not null default false,
  started_at timestamptz not null default platform.clock(), finished_at timestamptz,
  read_count bigint, kept_count bigint, partly_count bigint, changed_count bigint, rejected_count bigint, ended_count bigint);

create table audience.area (
  code text primary key check (code ~ '^[A-Z]{2}(-[0-9A-Z]{1,6})?$'),
  parent text references audience.area deferrable initially deferred,
  level text not null check (level in ('country', 'county', 'municipality')),
  country text not null check (country in ('NO', 'SE', 'DK')),
  names jsonb not null, in_names jsonb not null default '{}',
  valid_from date, valid_to date, successor text, geometry jsonb);
create index area_parent on audience.area (parent);

create table audience.element (
  n int generated always as identity primary key,
  element_id text not null unique,
  kind text not null check (kind in ('core', 'region', 'site', 'cell', 'access')),
  parent_n int references audience.element deferrable initially deferred,
  area text not null references audience.area,
  name text, lat double precision, lon double precision,
  services int not null,
  ended_on date);
create index element_parent on audience.element (parent_n);
create index element_area on audience.element (area);

create table audience.customer (
  n bigint generated always as identity primary key,
  customer_id text not null unique,
  kind text not null check (kind in ('private', 'business')),
  name text, country text not null check (country in ('NO', 'SE', 'DK')),
  language text not null check (language in ('nb', 'nn', 'sv', 'da', 'en')),
  society text check (society in ('emergency-service', 'hospital', 'ambulance', 'home-care', 'alarm-operator', 'power',
    'operator', 'authority')),
  kam text, is_exercise boolean not null default false,
  ended_on date);

create table audience.subscription (
  n bigint generated always as identity primary key,
  subscription_id text not null unique,
  customer_n bigint not null references audience.customer,
  services int not null,
  area text references audience.area,
  -- the number or circuit, in the same normal form and under the same key as an address: "is this SMS through the fault?"
  identifier_hmac bytea, identifier_encrypted bytea,
  valid_from date, valid_to date);
create index subscription_customer on audience.subscription (customer_n);
create index subscription_area on audience.subscription (area);
create index subscription_identifier on audience.subscription (identifier_hmac) where identifier_hmac is not null;

create table audience.subscription_element (
  subscription_n bigint not null references audience.subscription on delete cascade,
  ordinal smallint not null check (ordinal >= 1),
  element_n int not null references audience.element,
  primary key (subscription_n, ordinal));
create index subscription_element_element on audience.subscription_element (element_n) include (subscription_n, ordinal);

create table audience.contact (
  n bigint generated always as identity primary key,
  contact_id text not null unique,
  customer_n bigint not null references audience.customer,
  name text,
  language text check (language in ('nb', 'nn', 'sv', 'da', 'en')),
  role text not null check (role in ('subscriber', 'technical', 'duty', 'telephone-responsible')),
  channels text[] not null default '{}',
  sms_operator text not null default 'own' check (sms_operator in ('own', 'other')),
  quiet_from time, quiet_to time,
  opt_outs text[] not null default '{}',
  ended_on date);
create index contact_customer on audience.contact (customer_n);

-- One of the two tables that may hold an address (S-26); encrypted by the program, never by the database.
create table audience.contact_address (
  contact_n bigint not null references audience.contact on delete cascade,
  channel text not null check (channel in ('sms', 'email')),
  address_encrypted bytea not null,
  address_hmac bytea not null,
  primary key (contact_n, channel));
create index contact_address_hmac on audience.contact_address (address_hmac);

create table audience.calendar (
  calendar_id text primary key, country text not null, time_zone text not null,
  definition jsonb not null, version int not null default 1,
  ended_on date);

create table audience.agreement (
  agreement_id text primary key,
  customer_n bigint not null references audience.customer,
  level text not null check (level in ('bronze', 'silver', 'gold')),
  valid_from date, valid_to date,
  support_hours text not null,
  rest jsonb not null default '{}',      -- what "The SLA promise" reads: kept as delivered, checked for shape only
  ended_on date);
create index agreement_customer on audience.agreement (customer_n);

grant usage on schema audience to varde_audience;
grant select, insert, update, delete on all tables in schema audience to varde_audience;
grant usage on all sequences in schema audience to varde_audience;
grant temporary on database :database to varde_audience;

-- Today, as a country counts its days.
create function audience.day_in(country text) returns date language sql stable set search_path = pg_catalog, pg_temp
  as $$ select (platform.clock() at time zone case country
    when 'NO' then 'Europe/Oslo' when 'SE' then 'Europe/Stockholm' else 'Europe/Copenhagen' end)::date $$;

-- Statistics may be gathered by a table's owner only: the import asks its owner to.
create function audience.analyze_imported(what text) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  name text;
begin
  foreach name in array case what
    when 'areas' then array['area'] when 'elements' then array['element'] when 'calendars' then array['calendar']
    when 'customers' then array['customer'] when 'subscriptions' then array['subscription', 'subscription_element']
    when 'contacts' then array['contact', 'contact_address'] when 'agreements' then array['agreement'] end
  loop
    execute format('analyze audience.%I', name);
  end loop;
end $$;
revoke all on function audience.analyze_imported(text) from public;
grant execute on function audience.analyze_imported(text) to varde_audience;

-- The first filling of empty tables by the million: foreign keys are checked by one join and indexes built in one go
-- afterwards, instead of row by row. Both lists are the owner's, so nobody can smuggle in another; and a transaction that
-- does not end its filling cannot commit.
create table audience.filling (what text not null, rank int not null, ddl text not null);

create function audience.begin_filling(what text) returns boolean language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  names text[] := case begin_filling.what when 'subscriptions' then array['subscription', 'subscription_element']
    when 'contacts' then array['contact', 'contact_address'] end;
  name text;
  is_empty boolean;
  part record;
begin
  if names is null then return false; end if;
  foreach name in array names loop
    execute format('select not exists (select from audience.%I)', name) into is_empty;
    if not is_empty then return false; end if;
  end loop;
  perform set_config('lock_timeout', '2s', true);
  begin
    foreach name in array names loop
      execute format('lock table audience.%I in access exclusive mode', name);
      execute format('select not exists (select from audience.%I)', name) into is_empty;
      if not is_empty then return false; end if;
      for part in
        select 'alter table ' || c.conrelid::regclass || ' drop constraint ' || quote_ident(c.conname) as away, 2 as rank,
               'alter table ' || c.conrelid::regclass || ' add constraint ' || quote_ident(c.conname) || ' '
                 || pg_get_constraintdef(c.oid) as back
          from pg_constraint c where c.conrelid = format('audience.%I', name)::regclass and c.contype = 'f'
        union all
        select 'drop index ' || i.indexrelid::regclass, 1, pg_get_indexdef(i.indexrelid)
          from pg_index i where i.indrelid = format('audience.%I', name)::regclass and not i.indisunique
      loop
        execute part.away;
        insert into audience.filling values (begin_filling.what, part.rank, part.back);
      end loop;
    end loop;
  exception when lock_not_available then
    -- Somebody reads or writes there: row by row then.
    return false;
  end;
  perform set_config('lock_timeout', '0', true);
  return true;
end $$;

create function audience.end_filling(what text) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp set maintenance_work_mem = '128MB' as $$
declare
  part record;
begin
  for part in select ddl from audience.filling f where f.what = end_filling.what order by rank loop
    execute part.ddl;
  end loop;
  delete from audience.filling f where f.what = end_filling.what;
end $$;

create function audience.filling_must_end() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from audience.filling) then raise exception 'filling_not_ended'; end if;
  return null;
end $$;
create constraint trigger filling_must_end after insert on audience.filling deferrable initially deferred
  for each row execute function audience.filling_must_end();

revoke all on audience.filling from varde_audience;
revoke all on function audience.begin_filling(text), audience.end_filling(text) from public;
grant execute on function audience.begin_filling(text), audience.end_filling(text) to varde_audience;

-- Invented people have come in: the courier of this installation speaks to loopback from now on, for good.
create function platform.mark_sample_world() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  update platform.installation set sample_world = true where not sample_world;
  if not exists (select from platform.installation where sample_world) then
    raise exception 'installation_unknown';
  end if;
end $$;
revoke all on function platform.mark_sample_world() from public;
grant execute on function platform.mark_sample_world() to varde_audience;
`;

const down = `drop schema audience cascade; drop schema audience_public cascade;
  drop function platform.mark_sample_world();`;

/** Areas, elements, customers, subscriptions, contacts, agreements. */
export class Audience1764061320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [database] = (await runner.query('select quote_ident(current_database()) as name')) as {
      name: string;
    }[];
    await runner.query(up.replace(':database', database?.name ?? ''));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
