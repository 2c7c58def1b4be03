import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: four eyes, exercise or live, and the automatic tier as rules that the database itself holds (invariants §10). What is
// stored stays right whatever the programs do. The attack list in test/attacks tries every way around.
const up = `
create schema communication;
grant usage on schema communication to varde_communication, varde_courier, varde_delivery;
set search_path = communication, pg_temp;

-- A generated column wants an IMMUTABLE expression. convert_to() is only STABLE, hence the wrapper.
create function sha(t text) returns bytea language sql immutable set search_path = communication, pg_temp
  as $$ select pg_catalog.sha256(pg_catalog.convert_to(t, 'UTF8')) $$;

-- Everything that an approver sees is in the hash: all languages and channels, the audience rule and its reach, the mode, the
-- template and its fields, the minute from which times are told, both ends of the time window.
create function content_hash(texts jsonb, audience jsonb, reach int, channels text[], mode text, template text,
                             template_version int, fields jsonb, as_of timestamptz,
                             not_before timestamptz, send_before timestamptz)
returns bytea language sql immutable set search_path = communication, pg_temp
  as $$ select sha(json_build_array(texts, audience, reach, channels, mode, template, template_version, fields,
                                    extract(epoch from as_of), extract(epoch from not_before),
                                    extract(epoch from send_before))::text) $$;

create table message (
  id uuid primary key,
  incident_id uuid not null,
  mode text not null check (mode in ('ACTUAL', 'EXERCISE', 'TEST')),
  safety boolean not null default false,
  created_by uuid not null,
  occasion int not null default 1 check (occasion >= 1),
  unique (id, mode),
  unique (id, mode, incident_id),
  unique (id, mode, incident_id, occasion));
create index message_incident on message (incident_id);

-- This message says the newer truth to everybody whom that one would still tell (DL-5 across messages of one incident).
create table supersession (
  message_id uuid not null references message,
  replaces uuid not null references message,
  primary key (message_id, replaces),
  constraint a_message_does_not_replace_itself check (message_id <> replaces));
create index supersession_replaces on supersession (replaces);

create table template_version (
  template text not null, version int not null check (version >= 1),
  texts jsonb not null check (texts not in ('{}', 'null', '[]')),
  field_types jsonb not null,
  author uuid not null,
  texts_sha256 bytea not null generated always as (sha(texts::text)) stored,
  created_at timestamptz not null default platform.clock(),
  primary key (template, version),
  unique (template, version, author),
  unique (template, version, texts_sha256));

-- A template is pre-approved once two people, neither its author, have said so.
create table template_approval (
  template text not null, version int not null, author uuid not null, approver uuid not null,
  approved_at timestamptz not null default platform.clock(),
  primary key (template, version, approver),
  foreign key (template, version, author) references template_version (template, version, author),
  constraint template_approver_is_not_author check (approver <> author));

create table message_version (
  message_id uuid not null, version int not null, mode text not null,
  texts jsonb not null check (texts not in ('{}', 'null', '[]')),
  audience jsonb not null check (audience not in ('{}', 'null', '[]')),
  reach int not null check (reach > 0),
  channels text[] not null check (cardinality(channels) > 0),
  template text, template_version int,
  fields jsonb not null default '{}',
  author uuid not null,
  not_before timestamptz,
  send_before timestamptz not null,
  as_of timestamptz not null default date_trunc('minute', platform.clock()),
  created_at timestamptz not null default platform.clock(),
  texts_sha256 bytea not null generated always as (sha(texts::text)) stored,
  content_sha256 bytea not null generated always as
    (content_hash(texts, audience, reach, channels, mode, template, template_version, fields, as_of, not_before, send_before)) stored,
  approvers_needed smallint not null generated always as
    (case when reach > 100000 or audience @> '{"whole_country": true}' or channels && array['press', 'social'] then 2 else 1 end) stored,
  primary key (message_id, version),
  foreign key (message_id, mode) references message (id, mode),
  foreign key (template, template_version, texts_sha256) references template_version (template, version, texts_sha256),
  check ((template is null) = (template_version is null)),
  unique (message_id, version, mode, content_sha256, author, reach),
  unique (message_id, version, mode, approvers_needed),
  unique (message_id, version, template, template_version));

create table approval (
  message_id uuid not null, version int not null, mode text not null,
  content_sha256 bytea not null, author uuid not null,
  confirmed_reach int not null,
  ordinal smallint not null default 0 check (ordinal in (1, 2)),
  approver uuid not null,
  approved_at timestamptz not null default platform.clock(),
  expires_at timestamptz not null,
  primary key (message_id, version, ordinal),
  constraint two_approvers_are_two_people unique (message_id, version, approver),
  unique (message_id, version, mode, ordinal),
  foreign key (message_id, version, mode, content_sha256, author, confirmed_reach)
    references message_version (message_id, version, mode, content_sha256, author, reach),
  constraint approver_is_not_author check (approver <> author));

create table dispatch_policy (
  id uuid primary key,
  template text not null, template_version int not null, template_author uuid not null,
  classes smallint[] not null check (cardinality(classes) > 0),
  channels text[] not null check (cardinality(channels) > 0),
  max_reach int not null check (max_reach between 1 and 100000),
  author uuid not null, expires_at timestamptz not null,
  created_at timestamptz not null default platform.clock(),
  foreign key (template, template_version, template_author) references template_version (template, version, author),
  unique (id, author, template_author),
  unique (id, template, template_version));

create table policy_approval (
  policy_id uuid not null, author uuid not null, template_author uuid not null, approver uuid not null,
  approved_at timestamptz not null default platform.clock(),
  primary key (policy_id, approver),
  foreign key (policy_id, author, template_author) references dispatch_policy (id, author, template_author),
  constraint policy_approver_wrote_neither check (approver <> author and approver <> template_author));

create table dispatch (
  id uuid primary key,
  message_id uuid not null, version int not null, mode text not null, incident_id uuid not null,
  approvers_needed smallint not null,
  first_approval smallint, second_approval smallint,
  policy_id uuid, template text, template_version int,
  started_by uuid not null,
  occasion int not null default 1,
  -- set by the guard: with what the incident's other one-approver messages reached in the last hour, this one needs a second person
  elevated boolean not null default false,
  dispatched_at timestamptz not null default platform.clock(),
  unique (message_id, version),
  unique (id, mode),
  constraint a_policy_fires_once unique (policy_id, incident_id, mode, occasion),
  foreign key (message_id, mode, incident_id, occasion) references message (id, mode, incident_id, occasion),
  foreign key (message_id, version, mode, approvers_needed)
    references message_version (message_id, version, mode, approvers_needed),
  foreign key (message_id, version, mode, first_approval) references approval (message_id, version, mode, ordinal),
  foreign key (message_id, version, mode, second_approval) references approval (message_id, version, mode, ordinal),
  foreign key (policy_id, template, template_version) references dispatch_policy (id, template, template_version),
  foreign key (message_id, version, template, template_version)
    references message_version (message_id, version, template, template_version),
  -- A CHECK that comes out NULL passes, so every comparison here is made null-proof.
  check (case when policy_id is null
              then template is null and template_version is null
                   and coalesce(first_approval, 0) = 1
                   and coalesce(second_approval, 0) = case when approvers_needed = 2 or elevated then 2 else 0 end
              else template is not null and template_version is not null
                   and first_approval is null and second_approval is null
                   and approvers_needed = 1 and not elevated end));
create index dispatch_incident on dispatch (incident_id);

-- What is not law but work: which draft waits for whom.
create table draft (
  message_id uuid primary key references message,
  incident_id uuid not null,
  snapshot_id uuid,
  stage text not null,
  groups text[] not null, classes smallint[] not null,
  state text not null check (state in ('drafted', 'submitted', 'returned', 'rejected', 'withdrawn', 'dispatched')),
  version int not null default 1,
  submitted_by uuid, submitted_at timestamptz, asked_rank smallint,
  note text, problem text,
  created_at timestamptz not null default platform.clock(),
  changed_at timestamptz not null default platform.clock());
create index draft_incident on draft (incident_id);
create index draft_waiting on draft (submitted_at) where state = 'submitted';

create table draft_event (
  n bigint generated always as identity primary key,
  message_id uuid not null references message,
  version int not null,
  what text not null check (what in ('drafted', 'edited', 'submitted', 'approved', 'returned', 'rejected', 'withdrawn',
    'dispatched', 'asked')),
  by_person uuid,
  reason text,
  at timestamptz not null default platform.clock());
create index draft_event_message on draft_event (message_id);

-- One set of facts per incident, a row per version; the highest is what is true.
create table fact_sheet (
  incident_id uuid not null, version int not null,
  facts jsonb not null, hit jsonb,
  at timestamptz not null default platform.clock(),
  primary key (incident_id, version));

create table incident_link (
  incident_id uuid primary key,
  token text not null unique check (token ~ '^[A-Za-z0-9]{4,22}$'));

create table audience_seen (
  incident_id uuid not null, snapshot_version int not null,
  snapshot_id uuid not null unique,
  occasion text not null,
  counts jsonb not null, unreachable jsonb not null,
  at timestamptz not null default platform.clock(),
  primary key (incident_id, snapshot_version));

create table area_name (
  code text primary key, parent text, level text not null, country text not null,
  names jsonb not null, in_names jsonb not null default '{}');

create table timer (
  id uuid primary key,
  kind text not null check (kind in ('approval-unanswered', 'next-update-soon', 'first-statement-soon', 'first-statement-due')),
  incident_id uuid not null, message_id uuid,
  data jsonb not null default '{}',
  due_at timestamptz not null,
  done_at timestamptz,
  unique (kind, incident_id, message_id, due_at));
create index timer_open on timer (due_at) where done_at is null;

-- ── Append-only ──
create function deny() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on %', tg_op, tg_table_name using errcode = '42501';
end $$;

do $$
declare t text;
begin
  foreach t in array array['message', 'supersession', 'template_version', 'template_approval', 'message_version', 'approval',
                           'dispatch_policy', 'policy_approval', 'dispatch', 'draft_event', 'fact_sheet'] loop
    execute format('create trigger append_only before update or delete on communication.%I for each row execute function communication.deny()', t);
    execute format('create trigger append_only_all before truncate on communication.%I for each statement execute function communication.deny()', t);
  end loop;
end $$;

-- ── Guards ──
create function only_read_committed() returns void language plpgsql set search_path = communication, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'guards work under READ COMMITTED only' using errcode = '25000';
  end if;
end $$;

-- The closed types of facts; the same table as fieldTypes in the communication domain (a test compares them). No kind of
-- field can hold prose or the address of a page.
create function field_pattern(type text) returns text language sql immutable set search_path = communication, pg_temp as $$
  select case type
:patterns
  end $$;

create function fields_fit(fields jsonb, types jsonb) returns boolean language sql immutable set search_path = communication, pg_temp as $$
  select jsonb_typeof(fields) = 'object'
     and not exists (select from jsonb_object_keys(types) k where k !~ '[?]$' and not fields ? k)
     and not exists (
       select from jsonb_each(fields) f
        where jsonb_typeof(f.value) <> 'string' or f.key ~ '[?]$'
           or not coalesce(f.value #>> '{}' ~ field_pattern(coalesce(types ->> f.key, types ->> (f.key || '?'))), false)) $$;

create function version_guard() returns trigger language plpgsql security definer set search_path = communication, pg_temp as $$
declare types jsonb := '{}';
begin
  perform only_read_committed();
  perform 1 from message where id = new.message_id for update;      -- serialises edit, approve and dispatch of one message
  if new.version <> coalesce((select max(version) from message_version where message_id = new.message_id), 0) + 1 then
    raise exception 'version must be the last one plus 1' using errcode = '23514';
  end if;
  if new.template is not null then
    select field_types into types from template_version where template = new.template and version = new.template_version;
  end if;
  if not fields_fit(new.fields, coalesce(types, '{}')) then
    raise exception 'fields do not fit the template' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger guard before insert on message_version for each row execute function version_guard();

-- Who replaces whom is settled before the newer one goes: its dispatch waits for the claims of those that it replaces. Never
-- across incidents or modes: an exercise would silence a real message.
create function supersession_guard() returns trigger language plpgsql security definer set search_path = communication, pg_temp as $$
begin
  perform only_read_committed();
  perform 1 from message where id = new.message_id for update;
  if not exists (select from message a join message b on b.incident_id = a.incident_id and b.mode = a.mode
                  where a.id = new.message_id and b.id = new.replaces) then
    raise exception 'a message replaces those of its own incident and mode' using errcode = '23514';
  end if;
  if exists (select from dispatch where message_id = new.message_id) then
    raise exception 'dispatched already: too late to replace' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger guard before insert on supersession for each row execute function supersession_guard();

create function approval_guard() returns trigger language plpgsql security definer set search_path = communication, pg_temp as $$
begin
  perform only_read_committed();
  perform 1 from message where id = new.message_id for update;
  if exists (select from message_version where message_id = new.message_id and author = new.approver) then
    raise exception 'approver wrote a version of this message' using errcode = '23514';
  end if;
  if new.version <> (select max(version) from message_version where message_id = new.message_id) then
    raise exception 'not the latest version' using errcode = '23514';
  end if;
  new.ordinal := 1 + (select count(*) from approval where message_id = new.message_id and version = new.version);
  new.approved_at := platform.clock();
  if new.expires_at > new.approved_at + interval '4 hours' then
    raise exception 'an approval lives 4 hours at most' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger guard before insert on approval for each row execute function approval_guard();

create function dispatch_guard() returns trigger language plpgsql security definer set search_path = communication, pg_temp as $$
declare v message_version; p dispatch_policy; t timestamptz; needed int; recent bigint; r uuid;
begin
  perform only_read_committed();
  perform pg_advisory_xact_lock(4713, hashtext(new.incident_id::text));        -- one incident's reach is added up one at a time
  perform 1 from message where id = new.message_id for update;
  -- Claims of this message's older version, and of the messages that it replaces, finish first. Always in one order.
  for r in select x.id from (select new.message_id as id union select s.replaces from supersession s where s.message_id = new.message_id) x
            order by hashtext(x.id::text), x.id loop
    perform pg_advisory_xact_lock(4712, hashtext(r::text));
  end loop;
  t := platform.clock();
  new.dispatched_at := t;
  new.elevated := false;
  select * into v from message_version where message_id = new.message_id and version = new.version;
  if v.version is distinct from (select max(version) from message_version where message_id = new.message_id) then
    raise exception 'a newer version exists' using errcode = '23514';
  end if;
  if exists (select from supersession s join dispatch x on x.message_id = s.message_id where s.replaces = new.message_id) then
    raise exception 'a newer message replaces this one' using errcode = '23514';
  end if;
  if v.send_before <= t then raise exception 'the message has expired' using errcode = '23514'; end if;
  if v.not_before > t then raise exception 'embargo until %', v.not_before using errcode = '23514'; end if;
  if new.policy_id is null then
    select coalesce(sum(w.reach), 0) into recent
      from dispatch d join message_version w on w.message_id = d.message_id and w.version = d.version
     where d.incident_id = new.incident_id and d.mode = new.mode and d.policy_id is null and d.second_approval is null
       and d.message_id <> new.message_id and d.dispatched_at > t - interval '60 minutes';
    new.elevated := v.approvers_needed = 1 and recent + v.reach > 100000;
    needed := case when new.elevated then 2 else v.approvers_needed end;
    if (select count(*) from approval a where a.message_id = new.message_id and a.version = new.version and a.expires_at > t) < needed then
      raise exception 'approvals missing: % needed', needed using errcode = '23514';
    end if;
  else
    select * into p from dispatch_policy where id = new.policy_id;
    if p.expires_at is null or p.expires_at <= t then raise exception 'policy has expired' using errcode = '23514'; end if;
    if (select count(*) from policy_approval a where a.policy_id = p.id) < 2 then
      raise exception 'policy is not approved by two people' using errcode = '23514';
    end if;
    if v.reach > p.max_reach or not v.channels <@ p.channels then
      raise exception 'outside the policy' using errcode = '23514';
    end if;
  end if;
  return new;
end $$;
create trigger guard before insert on dispatch for each row execute function dispatch_guard();

-- ── Grants ──
revoke execute on all functions in schema communication from public;
grant execute on function sha(text), field_pattern(text), fields_fit(jsonb, jsonb),
  content_hash(jsonb, jsonb, int, text[], text, text, int, jsonb, timestamptz, timestamptz, timestamptz) to varde_communication, varde_courier;
grant select on all tables in schema communication to varde_communication;
grant insert on message, supersession, template_version, template_approval, message_version, dispatch_policy, policy_approval,
  draft_event, fact_sheet, incident_link, audience_seen, draft, area_name, timer to varde_communication;
grant insert (id, message_id, version, mode, incident_id, approvers_needed, first_approval, second_approval, policy_id, template,
  template_version, started_by, occasion) on dispatch to varde_communication;
grant insert (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at) on approval to varde_communication;
grant update on draft, area_name to varde_communication;
grant update (done_at) on timer to varde_communication;
grant select on message, message_version, approval, dispatch, supersession, template_version, area_name, fact_sheet, incident_link to varde_courier;
reset search_path;
`;

const down = `drop schema communication cascade;`;

// Frozen with this migration. A new closed type is a new migration that replaces the function.
const words = {
  service:
    '(?:mobile-voice|mobile-data|sms|emergency-call|broadband|fixed-voice|tv|hosted-switchboard|iot)',
  country: '(?:NO|SE|DK)',
  day: '20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])',
};
const area = `${words.country}(?:-[0-9A-Z]{1,20})?`;
const patterns: Readonly<Record<string, string>> = {
  services: `^${words.service}(?:[|]${words.service})*$`,
  areas: `^${area}(?:[|]${area})*$`,
  country: `^${words.country}$`,
  instant: `^${words.day}T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z$`,
  date: `^${words.day}$`,
  number: '^[0-9]{1,7}$',
  'yes-no': '^(?:yes|no)$',
  effect: '^(?:outage|degradation)$',
  'estimate-state': '^(?:none|estimated|confirmed|changed|withdrawn)$',
  'cause-group': '^(?:power|transmission|equipment|software|capacity|environment|technical)$',
  'work-state': '^(?:locating|on-the-way|repairing)$',
  reference: '^[A-Za-z0-9-]{1,20}$',
  'link-token': '^[A-Za-z0-9]{4,22}$',
};

/** Messages, versions, approvals, policies, dispatches and their guards. */
export class Communication1764061500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const cases = Object.entries(patterns).map(
      ([name, source]) => `    when '${name}' then '${source}'`,
    );
    await runner.query(up.replace(':patterns', () => cases.join('\n')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
