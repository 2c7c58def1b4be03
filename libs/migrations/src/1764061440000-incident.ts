import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: what the network and the operations centre told us, byte for byte (I-1), what became of it (I-3, I-4), and the incidents that
// it amounts to. Beside them the context's own copy of the network's shape: correlation asks who hangs on whom, and no join across
// schemas may answer it. Services are bits in the order of the vocabulary, as in schema audience.
const up = `
create schema incident;

create function incident.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create table incident.area (
  code text primary key,
  parent text,
  level text not null check (level in ('country', 'county', 'municipality')));

create table incident.element (
  element_id text primary key,
  parent_id text,
  kind text not null check (kind in ('core', 'region', 'site', 'cell', 'access')),
  area text not null,
  services int not null);

-- Where elements stand: nearest ancestors first, and every area around them. Asked for each event, so it is a function whose plan
-- is kept. Depth is bounded: the import refuses loops, but a half-imported file must not make a query run for ever.
create function incident.place(p_elements text[])
  returns table (element_id text, parent_id text, services int, ancestors text[], area_path text[])
  language plpgsql stable set search_path = incident, pg_temp as $$
declare
  id text; up text; around text;
begin
  foreach id in array p_elements loop
    select e.element_id, e.parent_id, e.services, e.area into element_id, parent_id, services, around from element e where e.element_id = id;
    continue when not found;
    ancestors := '{}'; area_path := array[split_part(around, '-', 1)]; up := parent_id;
    while up is not null and cardinality(ancestors) < 16 loop
      ancestors := ancestors || up;
      up := (select e.parent_id from element e where e.element_id = up);
    end loop;
    while around is not null and cardinality(area_path) < 8 loop
      area_path := area_path || around;
      around := (select a.parent from area a where a.code = around);
    end loop;
    return next;
  end loop;
end $$;
revoke execute on function incident.place(text[]) from public;

create table incident.source (
  id text primary key check (length(id) between 1 and 200),
  topic text not null check (length(topic) between 1 and 249),
  dialect text not null check (dialect in ('cloudevents-tmf642', 'tmf642-bare', 'ves-7', '3gpp-notify')),
  country text not null check (country in ('NO', 'SE', 'DK')),
  mode text not null default 'ACTUAL' check (mode in ('ACTUAL', 'EXERCISE', 'TEST')),
  rights text[] not null check (rights <@ array['alarms', 'reports'] and cardinality(rights) > 0),
  active boolean not null default true,
  cause_numbers jsonb,
  registered_by text not null,
  registered_at timestamptz not null default platform.clock());
-- A topic holds one dialect without headers, and one source that speaks it: nothing else could tell whose record it is.
create unique index one_source_per_topic_without_headers on incident.source (topic)
  where dialect <> 'cloudevents-tmf642' and active;

create table incident.source_history (
  n bigint generated always as identity primary key,
  source_id text not null, was jsonb, became jsonb not null,
  by_who text not null,
  at timestamptz not null default platform.clock());

create table incident.inbox_record (
  n bigint generated always as identity primary key,
  topic text not null, partition int not null, record_offset bigint not null,
  key bytea,
  value bytea,                            -- null where nothing of it was taken: a dead letter keeps its own copy
  headers jsonb not null,                 -- [[name, base64 or null], …]: repeated ones too
  received_at timestamptz not null,
  unique (topic, partition, record_offset));

create table incident.inbox_event (
  n bigint generated always as identity primary key,
  record_n bigint not null references incident.inbox_record,
  part int not null check (part >= 0),
  source_id text not null, event_id text not null,
  kind text not null check (kind in ('alarm', 'report', 'list-rebuilt', 'counted')),
  flags text[] not null default '{}',
  at timestamptz not null default platform.clock(),
  unique (record_n, part),
  unique (source_id, event_id));

create table incident.counted (
  source_id text not null, what text not null, n bigint not null default 1,
  last_at timestamptz not null,
  primary key (source_id, what));

create table incident.dead_letter (
  n bigint generated always as identity primary key,
  topic text not null, partition int not null, record_offset bigint not null, part int not null,
  source_id text, event_id text,
  reason text not null check (reason in ('envelope-invalid', 'value-missing', 'too-large', 'encoding-invalid', 'type-unknown',
    'mode-unknown', 'source-unknown', 'identity-mismatch', 'schema-invalid', 'raise-missing', 'handler-failed')),
  detail text not null,
  key bytea, value bytea, headers jsonb not null,
  received_at timestamptz not null,
  at timestamptz not null default platform.clock(),
  published_at timestamptz,
  replayed_at timestamptz,
  unique (topic, partition, record_offset, part));
create index dead_letter_unpublished on incident.dead_letter (n) where published_at is null;
create index dead_letter_open on incident.dead_letter (n) where replayed_at is null;

create table incident.number_counter (
  country text not null, year int not null, last int not null,
  primary key (country, year));

-- The row of an incident: what lists and correlation ask for in columns, the rest of its state beside it.
create table incident.incident (
  id uuid primary key,
  number text not null unique,
  version int not null check (version >= 1),
  country text not null check (country in ('NO', 'SE', 'DK')),
  mode text not null check (mode in ('ACTUAL', 'EXERCISE', 'TEST')),
  kind text not null check (kind in ('outage', 'degradation', 'security', 'planned')),
  phase text not null check (phase in ('acknowledged', 'inProgress', 'held', 'pending', 'resolved', 'closed', 'rejected', 'cancelled')),
  origin text not null check (origin in ('alarm', 'reported')),
  severity text not null check (severity in ('critical', 'major', 'minor')),
  services text[] not null,
  started_at timestamptz not null,
  declared_at timestamptz not null,
  restored_at timestamptz,
  changed_at timestamptz not null,
  span_from timestamptz not null, span_to timestamptz not null,
  window_from timestamptz, window_to timestamptz,
  source_id text, reference text,
  merged_into uuid references incident.incident,
  refers_to uuid references incident.incident,
  state jsonb not null,
  constraint a_reference_is_one_incident unique (source_id, reference, mode),
  constraint planned_has_a_window check (kind <> 'planned' or window_from < window_to),
  constraint not_merged_into_itself check (merged_into is distinct from id));
create index incident_open on incident.incident (country, mode, span_to)
  where phase in ('acknowledged', 'inProgress', 'held', 'pending');
-- What ended of late still takes in what came late.
create index incident_ended on incident.incident (country, mode, changed_at) where phase not in ('acknowledged', 'inProgress', 'held', 'pending');
create index incident_latest on incident.incident (declared_at desc, id);

create table incident.incident_element (
  incident_id uuid not null references incident.incident,
  element_id text not null,
  parent_id text,
  ancestors text[] not null default '{}',
  area_path text[] not null default '{}',
  primary key (incident_id, element_id));
create index incident_element_element on incident.incident_element (element_id);
create index incident_element_parent on incident.incident_element (parent_id);
create index incident_element_ancestors on incident.incident_element using gin (ancestors);

create table incident.incident_area (
  incident_id uuid not null references incident.incident,
  code text not null,
  primary key (incident_id, code));

-- Alarms that a report names: they join whenever they come.
create table incident.incident_named_alarm (
  incident_id uuid not null references incident.incident,
  alarm_id text not null,
  primary key (incident_id, alarm_id));
create index incident_named_alarm_alarm on incident.incident_named_alarm (alarm_id);

create table incident.alarm (
  n bigint generated always as identity primary key,
  source_id text not null, alarm_id text not null,
  country text not null, mode text not null,
  condition text not null check (condition in ('noted', 'active', 'cleared')),
  element_id text, parent_id text,
  ancestors text[] not null default '{}',
  area_path text[] not null default '{}',
  services text[] not null default '{}',
  span_from timestamptz, span_to timestamptz,
  cleared_at timestamptz,
  waits text,
  related_alarms text[] not null default '{}',
  correlation_ids text[] not null default '{}',
  incident_id uuid references incident.incident,
  refers_to uuid references incident.incident,
  state jsonb not null,
  latest jsonb not null,
  flags text[] not null default '{}',
  event_count int not null,
  heard_at timestamptz not null,
  unique (source_id, alarm_id, mode));    -- an exercise never clears a real alarm
create index alarm_waiting on incident.alarm (country, mode, span_to) where incident_id is null and span_to is not null;
create index alarm_waiting_element on incident.alarm (element_id) where incident_id is null and span_to is not null;
create index alarm_waiting_parent on incident.alarm (parent_id) where incident_id is null and span_to is not null;
create index alarm_waiting_ancestors on incident.alarm using gin (ancestors) where incident_id is null and span_to is not null;
create index alarm_correlation on incident.alarm using gin (correlation_ids);
create index alarm_related on incident.alarm using gin (related_alarms);
create index alarm_incident on incident.alarm (incident_id) include (condition, cleared_at) where incident_id is not null;
create index alarm_alarm_id on incident.alarm (alarm_id);

create table incident.alarm_event (
  n bigint generated always as identity primary key,
  alarm_n bigint not null references incident.alarm,
  inbox_event_n bigint not null references incident.inbox_event,
  happening text not null check (happening in ('raised', 'changed', 'cleared', 'noted', 'deleted')),
  was_late boolean not null,              -- older than what had been applied: stored, not applied over it (I-3)
  flags text[] not null,
  event jsonb not null);
create index alarm_event_alarm on incident.alarm_event (alarm_n, n);

-- Every joining of an alarm to an incident, also those that ended by a merge or a relapse.
create table incident.incident_alarm (
  incident_id uuid not null references incident.incident,
  alarm_n bigint not null references incident.alarm,
  joined_at timestamptz not null,
  primary key (incident_id, alarm_n));

create table incident.timeline (
  n bigint generated always as identity primary key,
  incident_id uuid not null references incident.incident,
  version int not null,
  type text not null,
  by_who jsonb not null,
  data jsonb not null,
  at timestamptz not null);
create index timeline_incident on incident.timeline (incident_id, n);

create table incident.parked_report (
  n bigint generated always as identity primary key,
  source_id text not null, reference text not null, sequence bigint not null,
  inbox_event_n bigint not null unique references incident.inbox_event,
  report jsonb not null,
  parked_at timestamptz not null,
  done_at timestamptz, outcome text,
  constraint parked_outcome_is_known check ((done_at is null) = (outcome is null)));
create index parked_report_open on incident.parked_report (source_id, reference, sequence) where done_at is null;

create table incident.timer (
  id uuid primary key,
  kind text not null check (kind in ('hold-down-ended', 'resolve-by-rule', 'raise-missing')),
  incident_id uuid references incident.incident,
  parked_n bigint references incident.parked_report,
  due_at timestamptz not null,
  done_at timestamptz,
  withdrawn boolean not null default false,   -- done without having rung: it may be set for the same instant again
  constraint timer_is_about_one_thing check (num_nonnulls(incident_id, parked_n) = 1));
create index timer_due on incident.timer (due_at) where done_at is null;
create unique index one_timer_of_a_kind on incident.timer (incident_id, kind) where done_at is null;

create table incident.exercise (
  id uuid primary key,
  country text not null check (country in ('NO', 'SE', 'DK')),
  started_by uuid not null, started_at timestamptz not null,
  ended_by uuid, ended_at timestamptz,
  constraint exercise_ends_after_it_begins check (ended_at >= started_at),
  constraint exercise_end_has_a_person check ((ended_at is null) = (ended_by is null)));
create unique index one_exercise_per_country on incident.exercise (country) where ended_at is null;

create trigger append_only before update or delete on incident.timeline for each row execute function incident.refuse_change();
create trigger append_only_truncate before truncate on incident.timeline for each statement execute function incident.refuse_change();
create trigger append_only before update or delete on incident.source_history for each row execute function incident.refuse_change();
create trigger append_only_truncate before truncate on incident.source_history for each statement execute function incident.refuse_change();
create trigger append_only before update on incident.alarm_event for each row execute function incident.refuse_change();
create trigger append_only before update on incident.inbox_event for each row when (old.flags is not distinct from new.flags)
  execute function incident.refuse_change();

grant usage on schema incident to varde_incident;
grant execute on function incident.place(text[]) to varde_incident;
grant select on all tables in schema incident to varde_incident;
grant insert on incident.source_history, incident.inbox_record, incident.inbox_event, incident.dead_letter, incident.alarm_event,
  incident.incident_alarm, incident.timeline, incident.incident_named_alarm to varde_incident;
grant insert, update on incident.source, incident.counted, incident.number_counter, incident.incident, incident.alarm,
  incident.parked_report, incident.timer, incident.exercise to varde_incident;
grant update (flags) on incident.inbox_event to varde_incident;
grant update (value) on incident.inbox_record to varde_incident;
grant update (published_at, replayed_at) on incident.dead_letter to varde_incident;
grant insert, update, delete on incident.area, incident.element, incident.incident_element, incident.incident_area to varde_incident;
`;

const down = `drop schema incident cascade;`;

/** Sources, inbox, dead letters, alarms, incidents, timeline, timers, and the network's shape. */
export class Incident1764061440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
