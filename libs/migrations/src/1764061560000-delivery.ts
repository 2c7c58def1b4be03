import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: one row per recipient and channel, changed only through narrow doors. claim() is the only way to 'sending': halt, site,
// supersede and expiry are checked in the transaction that commits the intent (invariants §3, §10, DL-1 … DL-15).
const up = `
create schema delivery;
grant usage on schema delivery to varde_delivery, varde_courier, varde_gate, varde_reporting;
set search_path = delivery, communication, pg_temp;

create table recipient (
  id bigint primary key,
  class smallint not null check (class between 0 and 3),
  is_exercise boolean not null default false,
  unique (id, is_exercise, class));

create table delivery (
  dispatch_id uuid not null, mode text not null,
  recipient_id bigint not null, is_exercise boolean not null,
  class smallint not null,
  channel text not null,
  address_hmac bytea not null,
  state text not null default 'pending' check (state in
    ('pending', 'sending', 'ambiguous', 'accepted', 'delivered', 'failed', 'superseded', 'expired', 'suppressed')),
  attempt int not null default 0,
  handed_back int not null default 0,
  lease_until timestamptz, retry_at timestamptz, provider_ref text,
  possible_duplicate boolean not null default false,
  suppressed_because text,
  language text not null default 'en',
  failed_because text,
  settled_at timestamptz,
  primary key (dispatch_id, recipient_id, channel),
  -- the address first: with the dispatch first, a planner without statistics takes this index for the doors below
  constraint one_address_once unique (address_hmac, dispatch_id, channel),
  foreign key (dispatch_id, mode) references communication.dispatch (id, mode),
  foreign key (recipient_id, is_exercise, class) references recipient (id, is_exercise, class) on update cascade,
  constraint exercise_reaches_exercise_recipients_only check (mode = 'ACTUAL' or is_exercise));
create index delivery_pending on delivery (dispatch_id, channel, class, recipient_id) where state = 'pending';
create index delivery_lease on delivery (lease_until) where state = 'sending';
create index delivery_ambiguous on delivery (dispatch_id, channel) where state = 'ambiguous';
create index delivery_recipient on delivery (recipient_id);

create table dispatch_count (dispatch_id uuid primary key references communication.dispatch, n bigint not null);

-- Counters, never counts (DL-15). Several slots per figure, so that sixteen workers of one lane do not queue for one row.
create table lane_count (
  dispatch_id uuid not null, channel text not null, class smallint not null, state text not null, slot smallint not null,
  n bigint not null,
  primary key (dispatch_id, channel, class, state, slot));

-- How far a dispatch has become rows: resumable, so that a kill costs one piece (DL-2).
create table fan_out (
  dispatch_id uuid primary key references communication.dispatch,
  snapshot_id uuid not null, incident_id uuid not null, mode text not null,
  groups text[] not null, classes smallint[] not null,
  cursor_class smallint not null default -1, cursor_contact bigint not null default -1,
  planned bigint not null default 0,
  done_at timestamptz);
create index fan_out_open on fan_out (dispatch_id) where done_at is null;

-- Whose start was told under another incident's name, because that one was merged into this.
create table incident_merge (merged_id uuid not null, into_id uuid not null, primary key (merged_id, into_id));

-- One row per intent, committed before the provider is called. \`ref\` is the delivery id in the provider's callback URL:
-- 128 random bits (S-11).
create table attempt (
  ref uuid primary key default gen_random_uuid(),
  dispatch_id uuid not null, recipient_id bigint not null, channel text not null, attempt int not null,
  provider text not null, mode text not null, site_epoch bigint not null,
  claimed_at timestamptz not null, lease_until timestamptz not null);
create index attempt_delivery on attempt (dispatch_id, recipient_id, channel);

-- What a provider said later, in the order in which we heard it. No number, no address: \`ref\` says whose it is.
create table receipt (
  n bigint generated always as identity primary key,
  ref uuid not null, provider text not null, provider_ref text, status text not null, error_code text,
  received_at timestamptz not null default platform.clock(),
  applied boolean not null,
  known boolean not null default true);
create index receipt_ref on receipt (ref);
create index receipt_unknown on receipt (received_at) where not known;

create table gate (
  scope text not null check (scope in ('all', 'channel', 'provider', 'incident', 'dispatch')),
  id text not null,
  halted boolean not null,
  release_asked_by uuid, release_asked_at timestamptz,
  primary key (scope, id),
  check (scope <> 'all' or id = '*'));

create table gate_event (
  n bigint generated always as identity primary key,
  at timestamptz not null default platform.clock(),
  scope text not null, id text not null,
  what text not null check (what in ('halted', 'release asked', 'released')),
  by_person uuid not null, asked_by uuid, reason text not null check (length(trim(reason)) > 0),
  foreign key (scope, id) references gate,
  constraint two_people_open_a_gate check (what <> 'released' or (asked_by is not null and by_person <> asked_by)));

create table site (one boolean primary key default true check (one), epoch bigint not null);
insert into site values (true, 1);

-- UX-06: lanes that are not critical wait, with a visible stop. Changed by a migration or, in a sandbox, by its owner.
create table setting (one boolean primary key default true check (one), hold_seconds int not null check (hold_seconds between 0 and 600));
insert into setting values (true, 30);

-- Words to the operator's own people on duty: approval wanted, a promise about to be broken.
create table notice (
  id uuid primary key,
  person_id uuid not null, channel text not null check (channel in ('sms', 'email')),
  kind text not null, facts jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'accepted', 'failed', 'ambiguous')),
  attempt int not null default 0, lease_until timestamptz, retry_at timestamptz, provider_ref text,
  created_at timestamptz not null default platform.clock());
create index notice_open on notice (created_at) where state in ('pending', 'sending');

do $$
declare t text;
begin
  foreach t in array array['gate_event', 'receipt', 'attempt'] loop
    execute format('create trigger append_only before update or delete on delivery.%I for each row execute function communication.deny()', t);
    execute format('create trigger append_only_all before truncate on delivery.%I for each statement execute function communication.deny()', t);
  end loop;
end $$;

-- ── Fan-out ──
create function fan_out_guard() returns trigger language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
declare r record; lim bigint; total bigint; allowed smallint[];
begin
  for r in select dispatch_id, count(*) as k from new_rows group by 1 loop
    select case when v.approvers_needed = 2 or d.elevated then v.reach * 1.05 + 100
                else least(v.reach * 1.05 + 100, coalesce(p.max_reach, 100000)) end, p.classes
      into lim, allowed
      from dispatch d join message_version v using (message_id, version) left join dispatch_policy p on p.id = d.policy_id
     where d.id = r.dispatch_id;
    insert into dispatch_count as c values (r.dispatch_id, r.k)
      on conflict (dispatch_id) do update set n = c.n + excluded.n returning c.n into total;
    if total > lim then
      raise exception 'audience larger than approved: % > %', total, lim using errcode = '23514';
    end if;
    if allowed is not null and exists (select from new_rows n where n.dispatch_id = r.dispatch_id and n.class <> all (allowed)) then
      raise exception 'recipient class outside the policy' using errcode = '23514';
    end if;
  end loop;
  return null;
end $$;
create trigger guard after insert on delivery referencing new table as new_rows
  for each statement execute function fan_out_guard();

-- Counters move in the transaction that moves the rows.
create function add_counts(p_counts lane_count[]) returns void language sql security definer set search_path = delivery, pg_temp as $$
  insert into lane_count as l
  select c.dispatch_id, c.channel, c.class, c.state, (pg_backend_pid() % 32)::smallint, c.n
    from unnest(p_counts) c where c.n <> 0
   order by c.dispatch_id, c.channel, c.class, c.state
  on conflict (dispatch_id, channel, class, state, slot) do update set n = l.n + excluded.n $$;

create function count_inserted() returns trigger language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  perform add_counts(array(select row(dispatch_id, channel, class, state, 0, count(*))::lane_count
                             from new_rows group by dispatch_id, channel, class, state));
  return null;
end $$;
create trigger counted after insert on delivery referencing new table as new_rows
  for each statement execute function count_inserted();

create function count_updated() returns trigger language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  perform add_counts(array(
    select row(dispatch_id, channel, class, state, 0, sum(k))::lane_count
      from (select dispatch_id, channel, class, state, 1 as k from new_rows
            union all select dispatch_id, channel, class, state, -1 from old_rows) x
     group by dispatch_id, channel, class, state having sum(k) <> 0));
  return null;
end $$;
create trigger recounted after update on delivery referencing old table as old_rows new table as new_rows
  for each statement execute function count_updated();

-- ── The courier's doors ──
create function is_superseded(p_message uuid, p_version int) returns boolean language sql stable
  security definer set search_path = delivery, communication, pg_temp as $$
  select exists (select from communication.dispatch x where x.message_id = p_message and x.version > p_version)
      or exists (select from communication.supersession s join communication.dispatch x on x.message_id = s.message_id
                  where s.replaces = p_message) $$;

create function is_halted(p_channel text, p_provider text, p_incident uuid, p_dispatch uuid) returns boolean language sql volatile
  security definer set search_path = delivery, pg_temp as $$
  select exists (select from gate g where g.halted and (g.scope, g.id) in
    (('all', '*'), ('channel', p_channel), ('provider', p_provider), ('incident', p_incident::text), ('dispatch', p_dispatch::text))) $$;

-- The lock is a shared advisory one, taken first and released at commit. It queues fairly: a waiting halt blocks new claims.
-- Class 0 and 1: 20 at most, so that a worker that dies leaves few of them ambiguous. Class 2 and 3: 500 at most, one chunk.
create function claim(p_dispatch uuid, p_channel text, p_class int, p_provider text, p_n int, p_epoch bigint)
returns table (recipient_id bigint, attempt int, message_id uuid, version int, content_sha256 bytea, ref uuid, language text,
               address_hmac bytea, lease_until timestamptz)
language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
#variable_conflict use_column
declare d dispatch; m message; v message_version; t timestamptz;
begin
  perform only_read_committed();
  perform pg_advisory_xact_lock_shared(4711, 0);
  select * into d from dispatch where id = p_dispatch;               -- a new statement, a new snapshot: after the lock
  if d.id is null then raise exception 'no such dispatch' using errcode = '23503'; end if;
  perform pg_advisory_xact_lock_shared(4712, hashtext(d.message_id::text));    -- a newer dispatch waits for us, or we see it
  select * into m from message x where x.id = d.message_id;
  select * into v from message_version x where x.message_id = d.message_id and x.version = d.version;
  t := platform.clock();
  if is_halted(p_channel, p_provider, m.incident_id, p_dispatch) then return; end if;
  if not exists (select from site where epoch = p_epoch) then raise exception 'wrong site epoch' using errcode = '55000'; end if;
  if v.send_before <= t then return; end if;                         -- sweep() marks the rows, in chunks, outside this lock
  if is_superseded(d.message_id, d.version) then return; end if;
  if p_class >= 2 and t < d.dispatched_at + make_interval(secs => (select hold_seconds from setting)) then return; end if;
  -- Rows are locked first and then changed by their place (ctid): right after a fan-out there are no statistics, and a join by
  -- key may be planned as a scan of the whole dispatch for each claim.
  return query
    with b as (
      select q.ctid as place, gen_random_uuid() as ref from delivery q
       where q.dispatch_id = p_dispatch and q.channel = p_channel and q.class = p_class and q.state = 'pending'
         and (q.retry_at is null or q.retry_at <= t)
       order by q.recipient_id limit least(p_n, case when p_class <= 1 then 20 else 500 end) for update skip locked),
    u as (
      update delivery y set state = 'sending', attempt = y.attempt + 1, lease_until = t + interval '30 seconds', retry_at = null
        from b where y.ctid = b.place
      returning y.recipient_id, y.attempt, y.language, y.address_hmac, y.lease_until, b.ref),
    a as (
      insert into attempt (ref, dispatch_id, recipient_id, channel, attempt, provider, mode, site_epoch, claimed_at, lease_until)
      select u.ref, p_dispatch, u.recipient_id, p_channel, u.attempt, p_provider, d.mode, p_epoch, t, u.lease_until from u)
    select u.recipient_id, u.attempt, d.message_id, d.version, v.content_sha256, u.ref, u.language, u.address_hmac, u.lease_until
      from u order by u.recipient_id;
end $$;

create function state_rank(s text) returns int language sql immutable as $$
  select case s when 'pending' then 0 when 'sending' then 1 when 'ambiguous' then 2 when 'accepted' then 3
                when 'failed' then 4 when 'delivered' then 5 else 9 end $$;

-- Forward only. \`attempt > 0\` lets a receipt in that overtakes our own commit, or that proves a put_back() wrong.
create function settle(p_dispatch uuid, p_recipient bigint, p_channel text, p_state text, p_ref text, p_because text default null)
returns boolean language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  if coalesce(p_state, '') not in ('ambiguous', 'accepted', 'failed', 'delivered') then raise exception 'state' using errcode = '22023'; end if;
  update delivery set state = p_state, provider_ref = coalesce(p_ref, provider_ref), lease_until = null, retry_at = null,
         failed_because = case when p_state = 'failed' then p_because end, settled_at = platform.clock()
   where dispatch_id = p_dispatch and recipient_id = p_recipient and channel = p_channel
     and attempt > 0 and state_rank(state) < state_rank(p_state);
  return found;
end $$;

-- The same for a batch of one lane, in one statement and in one order of locks.
create function settle_many(p_dispatch uuid, p_channel text, p_recipients bigint[], p_states text[], p_refs text[], p_becauses text[])
returns int language plpgsql security definer set search_path = delivery, pg_temp as $$
declare n int;
begin
  if exists (select from unnest(p_states) s where s is null or s not in ('ambiguous', 'accepted', 'failed', 'delivered')) then
    raise exception 'state' using errcode = '22023';
  end if;
  with b as (
    select y.place, s.state, s.ref, s.because
      from (select * from unnest(p_recipients, p_states, p_refs, p_becauses) as g (r, state, ref, because) order by g.r) s
     cross join lateral (
       select x.ctid as place from delivery x
        where x.dispatch_id = p_dispatch and x.recipient_id = s.r and x.channel = p_channel for update) y)
  update delivery y set state = b.state, provider_ref = coalesce(b.ref, provider_ref), lease_until = null, retry_at = null,
         failed_because = case when b.state = 'failed' then b.because end, settled_at = platform.clock()
    from b
   where y.ctid = b.place and y.attempt > 0 and state_rank(y.state) < state_rank(b.state);
  get diagnostics n = row_count;
  -- A row that somebody else moved while we waited for it stands at another place now: once more by its key, which looks again.
  if n < cardinality(p_recipients) then
    perform settle(p_dispatch, s.r, p_channel, s.state, s.ref, s.because)
       from unnest(p_recipients, p_states, p_refs, p_becauses) as s (r, state, ref, because)
      cross join lateral (
        select x.state, x.attempt from delivery x
         where x.dispatch_id = p_dispatch and x.recipient_id = s.r and x.channel = p_channel) y
      where y.attempt > 0 and state_rank(y.state) < state_rank(s.state);
  end if;
  return n;
end $$;

create function put_back(p_dispatch uuid, p_recipient bigint, p_channel text, p_attempt int, p_retry_at timestamptz, p_called boolean)
returns boolean language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  update delivery set state = case when p_called is not false and attempt - handed_back >= 5 then 'failed' else 'pending' end,
         failed_because = case when p_called is not false and attempt - handed_back >= 5 then 'five-tries' end,
         handed_back = handed_back + case when p_called is false then 1 else 0 end, retry_at = p_retry_at, lease_until = null
   where dispatch_id = p_dispatch and recipient_id = p_recipient and channel = p_channel
     and state = 'sending' and attempt = p_attempt and lease_until > platform.clock();
  return found;
end $$;

create function reissue(p_dispatch uuid, p_recipient bigint, p_channel text, p_attempt int, p_proven_missing boolean)
returns boolean language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
begin
  update delivery y set retry_at = null, possible_duplicate = y.possible_duplicate or p_proven_missing is not true,
         state = case when p_proven_missing and y.attempt - y.handed_back >= 5 then 'failed' else 'pending' end,
         failed_because = case when p_proven_missing and y.attempt - y.handed_back >= 5 then 'five-tries' end
    from dispatch d, message m
   where y.dispatch_id = p_dispatch and y.recipient_id = p_recipient and y.channel = p_channel
     and y.state = 'ambiguous' and y.attempt = p_attempt
     and d.id = y.dispatch_id and m.id = d.message_id
     and (p_proven_missing or (not y.possible_duplicate and (m.safety or y.class = 0)));
  return found;
end $$;

create function suppress(p_dispatch uuid, p_recipient bigint, p_channel text, p_reason text)
returns boolean language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  update delivery set state = 'suppressed', suppressed_because = p_reason
   where dispatch_id = p_dispatch and recipient_id = p_recipient and channel = p_channel and state = 'pending' and attempt = 0;
  return found;
end $$;

create function repeat_is_harmless(channel text) returns boolean language sql immutable as
  $$ select channel in ('push', 'webhook') $$;

create function expire_leases(p_n int) returns int language plpgsql security definer set search_path = delivery, pg_temp as $$
declare n int;
begin
  with b as (select ctid as place from delivery
              where state = 'sending' and lease_until < platform.clock() limit p_n for update skip locked)
  update delivery y set lease_until = null,
         state = case when not repeat_is_harmless(y.channel) then 'ambiguous'
                      when y.attempt - y.handed_back < 5 then 'pending' else 'failed' end,
         failed_because = case when repeat_is_harmless(y.channel) and y.attempt - y.handed_back >= 5 then 'five-tries' end
    from b
   where y.ctid = b.place;
  get diagnostics n = row_count;
  return n;
end $$;

create function sweep(p_dispatch uuid, p_n int) returns int language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
declare n int; goal text;
begin
  select case when is_superseded(d.message_id, d.version) then 'superseded'
              when v.send_before <= platform.clock() then 'expired' end
    into goal from dispatch d join message_version v using (message_id, version) where d.id = p_dispatch;
  if goal is null then return 0; end if;
  with b as (select ctid as place from delivery
              where dispatch_id = p_dispatch and state = 'pending' limit p_n for update skip locked)
  update delivery y set state = goal from b where y.ctid = b.place;
  get diagnostics n = row_count;
  return n;
end $$;

-- A receipt names an intent by its 128 random bits and moves only that row, only forward (S-11, DL-3, DL-4). An unknown ref is
-- kept: it may belong to a transaction that has not committed yet. Answers 'applied', 'kept' or 'unknown'.
create function record_receipt(p_ref uuid, p_provider text, p_provider_ref text, p_status text, p_error text, p_state text)
returns text language plpgsql security definer set search_path = delivery, pg_temp as $$
declare a attempt; moved boolean := false;
begin
  select * into a from attempt where ref = p_ref;
  if a.ref is null then
    insert into receipt (ref, provider, provider_ref, status, error_code, applied, known)
      values (p_ref, p_provider, p_provider_ref, p_status, p_error, false, false);
    return 'unknown';
  end if;
  if a.provider <> p_provider then
    insert into receipt (ref, provider, provider_ref, status, error_code, applied)
      values (p_ref, p_provider, p_provider_ref, p_status, p_error, false);
    return 'kept';
  end if;
  if p_state is not null then
    moved := settle(a.dispatch_id, a.recipient_id, a.channel, p_state, p_provider_ref, p_error);
  end if;
  insert into receipt (ref, provider, provider_ref, status, error_code, applied)
    values (p_ref, p_provider, p_provider_ref, p_status, p_error, moved);
  return case when moved then 'applied' else 'kept' end;
end $$;

-- Receipts whose intent has committed since, each with the provider that it was sent by.
create function adopt_receipts(p_n int, p_map jsonb) returns int language plpgsql security definer set search_path = delivery, pg_temp as $$
declare r record; n int := 0; moved boolean;
begin
  for r in select q.n, q.provider = a.provider as is_ours, q.provider_ref, q.status, q.error_code, a.dispatch_id, a.recipient_id, a.channel
             from receipt q join attempt a on a.ref = q.ref
            where not q.known and q.received_at > (select platform.clock()) - interval '24 hours'
              -- One of each status: not what has been adopted, and of what came twice the first.
              and not exists (select from receipt o where o.ref = q.ref and o.provider = q.provider and o.status = q.status
                                and (case when o.known then o.n > q.n else o.n < q.n end))
            order by q.n limit p_n loop
    moved := false;
    if r.is_ours and p_map ->> r.status is not null then
      moved := settle(r.dispatch_id, r.recipient_id, r.channel, p_map ->> r.status, r.provider_ref, r.error_code);
    end if;
    insert into receipt (ref, provider, provider_ref, status, error_code, applied)
      select q.ref, q.provider, q.provider_ref, q.status, q.error_code, moved from receipt q where q.n = r.n;
    n := n + 1;
  end loop;
  return n;
end $$;

-- Lanes in which something waits, for the courier's sweeper: it works with Redis away (P-2, P-3).
create function open_lanes() returns table (dispatch_id uuid, channel text, class smallint, waiting bigint)
language sql stable security definer set search_path = delivery, pg_temp as $$
  select dispatch_id, channel, class, sum(n)::bigint from lane_count where state = 'pending'
   group by dispatch_id, channel, class having sum(n) > 0 order by class, dispatch_id, channel $$;

-- ── Notices to staff: the same order, intent before effect ──
create function claim_notices(p_n int) returns setof notice language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  return query
    with b as (select id from notice where state = 'pending' and (retry_at is null or retry_at <= platform.clock())
                order by created_at limit p_n for update skip locked)
    update notice y set state = 'sending', attempt = y.attempt + 1, lease_until = platform.clock() + interval '30 seconds'
      from b where y.id = b.id returning y.*;
end $$;
create function settle_notice(p_id uuid, p_attempt int, p_state text, p_ref text, p_retry_at timestamptz) returns boolean
language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  if coalesce(p_state, '') not in ('accepted', 'failed', 'ambiguous', 'pending') then raise exception 'state' using errcode = '22023'; end if;
  update notice set state = case when p_state = 'pending' and attempt >= 5 then 'failed' else p_state end,
         provider_ref = coalesce(p_ref, provider_ref), retry_at = p_retry_at, lease_until = null
   where id = p_id and attempt = p_attempt and state = 'sending';
  return found;
end $$;
create function expire_notices() returns int language plpgsql security definer set search_path = delivery, pg_temp as $$
declare n int;
begin
  update notice set state = 'ambiguous', lease_until = null where state = 'sending' and lease_until < platform.clock();
  get diagnostics n = row_count;
  return n;
end $$;

-- ── The gate's doors ──
create function halt(p_scope text, p_id text, p_person uuid, p_reason text)
returns void language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
begin
  perform only_read_committed();
  perform pg_advisory_xact_lock(4711, 0);
  insert into gate values (p_scope, p_id, true)
    on conflict (scope, id) do update set halted = true, release_asked_by = null, release_asked_at = null;
  insert into gate_event (scope, id, what, by_person, reason) values (p_scope, p_id, 'halted', p_person, p_reason);
end $$;

create function ask_release(p_scope text, p_id text, p_person uuid, p_reason text)
returns void language plpgsql security definer set search_path = delivery, pg_temp as $$
begin
  update gate set release_asked_by = p_person, release_asked_at = platform.clock() where scope = p_scope and id = p_id and halted;
  if not found then raise exception 'not halted' using errcode = '55000'; end if;
  insert into gate_event (scope, id, what, by_person, reason) values (p_scope, p_id, 'release asked', p_person, p_reason);
end $$;

create function release(p_scope text, p_id text, p_person uuid, p_reason text)
returns void language plpgsql security definer set search_path = delivery, communication, pg_temp as $$
declare g gate;
begin
  perform only_read_committed();
  perform pg_advisory_xact_lock(4711, 0);
  select * into g from gate where scope = p_scope and id = p_id for update;
  if g.halted is not true or g.release_asked_at is null or g.release_asked_at < platform.clock() - interval '15 minutes' then
    raise exception 'no live request to release' using errcode = '55000';
  end if;
  insert into gate_event (scope, id, what, by_person, asked_by, reason)
    values (p_scope, p_id, 'released', p_person, g.release_asked_by, p_reason);        -- its CHECK wants two people
  update gate set halted = false, release_asked_by = null, release_asked_at = null where scope = p_scope and id = p_id;
end $$;

-- Recipients are known from the audience's snapshot alone: the application cannot make somebody an exercise recipient or move
-- a private customer to a critical lane.
create function enrol(p_snapshot uuid, p_class int, p_after bigint, p_upto bigint) returns void
language sql security definer set search_path = delivery, pg_temp as $$
  insert into recipient as r (id, class, is_exercise)
  select distinct m.contact_id, m.class, m.is_exercise from audience_public.snapshot_member m
   where m.snapshot_id = p_snapshot and m.class = p_class and m.contact_id > p_after and m.contact_id <= p_upto
  on conflict (id) do update set class = excluded.class where r.class <> excluded.class $$;

-- ── Grants ──
revoke execute on all functions in schema delivery from public;
grant select on recipient, delivery, dispatch_count, lane_count, fan_out, gate, gate_event, site, setting, attempt, receipt, notice to varde_delivery;
grant insert (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac, language) on delivery to varde_delivery;
grant insert, update on fan_out to varde_delivery;
grant select, insert on incident_merge to varde_delivery;
grant insert (id, person_id, channel, kind, facts) on notice to varde_delivery;
grant execute on function suppress(uuid, bigint, text, text), enrol(uuid, int, bigint, bigint), open_lanes() to varde_delivery;
grant select on communication.dispatch, communication.message, communication.message_version to varde_delivery;

grant select on delivery, attempt, setting, site, lane_count, fan_out, notice, gate to varde_courier;
grant execute on function claim(uuid, text, int, text, int, bigint), settle(uuid, bigint, text, text, text, text),
  settle_many(uuid, text, bigint[], text[], text[], text[]), put_back(uuid, bigint, text, int, timestamptz, boolean),
  reissue(uuid, bigint, text, int, boolean), expire_leases(int), sweep(uuid, int), open_lanes(),
  record_receipt(uuid, text, text, text, text, text), adopt_receipts(int, jsonb), is_halted(text, text, uuid, uuid),
  claim_notices(int), settle_notice(uuid, int, text, text, timestamptz), expire_notices() to varde_courier;

grant select on gate, gate_event to varde_gate;
grant execute on function halt(text, text, uuid, text), ask_release(text, text, uuid, text), release(text, text, uuid, text) to varde_gate;
reset search_path;
`;

const down = `drop schema delivery cascade;`;

/** Delivery rows, intents, receipts, gates and the doors to them. */
export class Delivery1764061560000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
