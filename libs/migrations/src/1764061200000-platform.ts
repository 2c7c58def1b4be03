import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: what every context stands on: one clock that tests can move, what kind of installation this is (a sandbox must never
// reach a real provider), the outbox that loses nothing, the offsets that Kafka is not trusted with.
const up = `
create schema platform;
revoke create on schema public from public;

-- The only clock that SQL may read. In scans write \`<= (select platform.clock())\`: the function is not inlined.
create function platform.clock() returns timestamptz language sql volatile
  as $$ select pg_catalog.clock_timestamp() $$;

create table platform.installation (
  one boolean primary key default true check (one),
  kind text not null check (kind in ('production', 'sandbox')),
  name text not null check (length(name) > 0),
  sample_world boolean not null default false,
  created_at timestamptz not null default platform.clock(),
  constraint production_holds_no_sample_world check (kind = 'sandbox' or not sample_world));

create table platform.outbox (
  n bigint generated always as identity primary key,
  id uuid not null unique,
  topic text not null,
  key text not null,
  type text not null,
  payload jsonb not null,
  headers jsonb not null default '{}',
  at timestamptz not null default platform.clock(),
  published_at timestamptz);
create index outbox_unpublished on platform.outbox (n) where published_at is null;
create index outbox_published on platform.outbox (published_at) where published_at is not null;

create table platform.job_request (
  n bigint generated always as identity primary key,
  queue text not null,
  job_id text not null unique,
  data jsonb not null,
  due_at timestamptz,
  at timestamptz not null default platform.clock(),
  added_at timestamptz);
create index job_request_open on platform.job_request (n) where added_at is null;
create index job_request_added on platform.job_request (added_at) where added_at is not null;

create table platform.consumer_offset (
  consumer text not null,
  topic text not null,
  partition int not null,
  next_offset bigint not null check (next_offset >= 0),
  moved_at timestamptz not null default platform.clock(),
  primary key (consumer, topic, partition));

create table platform.handled_event (
  consumer text not null,
  event_id text not null,
  at timestamptz not null default platform.clock(),
  primary key (consumer, event_id));

create table platform.gap (
  n bigint generated always as identity primary key,
  consumer text not null, topic text not null, partition int not null,
  expected_offset bigint not null, low_water_mark bigint not null,
  noticed_at timestamptz not null default platform.clock(),
  unique (consumer, topic, partition, expected_offset, low_water_mark));

create table platform.failed_event (
  n bigint generated always as identity primary key,
  consumer text not null, topic text not null, partition int not null, record_offset bigint not null,
  event_id text, type text, reason text not null,
  key bytea, value bytea, headers jsonb not null,
  failed_at timestamptz not null default platform.clock(),
  replayed_at timestamptz,
  unique (consumer, topic, partition, record_offset));

grant usage on schema platform to varde_identity, varde_incident, varde_audience, varde_communication, varde_delivery,
  varde_api, varde_engine, varde_courier, varde_gate, varde_import, varde_reporting, varde_retention;
grant execute on function platform.clock() to public;
grant select on platform.installation to varde_api, varde_engine, varde_courier, varde_gate, varde_import, varde_incident,
  varde_audience, varde_communication, varde_delivery;
grant insert (id, topic, key, type, payload, headers) on platform.outbox to varde_incident, varde_audience,
  varde_communication, varde_delivery, varde_identity;
grant insert (queue, job_id, data, due_at) on platform.job_request to varde_incident, varde_audience,
  varde_communication, varde_delivery;
grant select on platform.job_request to varde_incident, varde_audience, varde_communication, varde_delivery;
grant select, update (published_at) on platform.outbox to varde_engine;
grant delete on platform.outbox, platform.job_request to varde_engine;
grant select, update (added_at) on platform.job_request to varde_engine;
grant select, insert, update on platform.consumer_offset to varde_engine, varde_incident, varde_audience,
  varde_communication, varde_delivery;
grant select, insert on platform.handled_event to varde_engine, varde_incident, varde_audience, varde_communication,
  varde_delivery;
grant select, insert on platform.gap to varde_engine;
grant select on platform.consumer_offset to varde_engine;
grant select on platform.gap to varde_incident, varde_api;
grant select, insert, update (replayed_at) on platform.failed_event to varde_engine;
grant select on platform.failed_event to varde_api, varde_incident;
`;

const down = `drop schema platform cascade;`;

/** Clock, installation, outbox, job requests, consumer offsets. */
export class Platform1764061200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
