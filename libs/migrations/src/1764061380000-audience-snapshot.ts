import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: who was to be told, frozen (invariants §2.5). A snapshot never changes, and the next one is compared with it alone: what
// it lists is what stands, so there is no second table of "who knows" that could drift away from it. The members' tables have
// no foreign key to the snapshot: a trigger per row would cost more than the whole resolution, only the resolution writes
// here, in one transaction, and nothing is ever deleted.
const up = `
create function audience.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'a snapshot never changes: % of % refused', lower(tg_op), tg_table_name using errcode = '42501';
end $$;

create table audience.snapshot (
  id uuid primary key,
  incident_id uuid not null,
  incident_version int not null check (incident_version >= 1),
  version int not null check (version >= 1),
  mode text not null check (mode in ('ACTUAL', 'EXERCISE')),
  occasion text not null check (occasion in ('hit', 'end', 'cancelled')),
  counts jsonb not null, unreachable jsonb not null, hit jsonb not null,
  created_at timestamptz not null default platform.clock(),
  unique (incident_id, version),
  constraint an_occasion_is_resolved_once unique (incident_id, incident_version, occasion));

-- One row is one address to be told on one channel. The contact is the one whose address it is.
create table audience.snapshot_member (
  snapshot_id uuid not null,
  contact_id bigint not null,
  customer_n bigint not null,
  class smallint not null check (class between 0 and 3),
  is_exercise boolean not null,
  is_out boolean not null,               -- everything that they bought of the incident's services, or a part of it
  on_recovery boolean not null,
  channel text not null check (channel in ('sms', 'email')),
  language text not null,
  country text not null,
  grp text not null check (grp in ('newly-hit', 'still-hit', 'restored')),
  address_hmac bytea not null,
  primary key (snapshot_id, contact_id, channel));
-- The fan-out's cursor, most critical first. The channel ends it: a safety message has two rows for one contact.
create index snapshot_member_cursor on audience.snapshot_member (snapshot_id, class, contact_id, channel);

-- The others whom an address stands for: told by the same message, named here, found by customer service.
create table audience.snapshot_merged (
  snapshot_id uuid not null,
  contact_id bigint not null,
  channel text not null check (channel in ('sms', 'email')),
  told_as bigint not null,               -- contact of the row in snapshot_member
  customer_n bigint not null,
  class smallint not null,
  is_exercise boolean not null, is_out boolean not null, stands boolean not null,
  language text not null, country text not null, address_hmac bytea not null,
  primary key (snapshot_id, contact_id, channel));

-- Were told, are hit still, and have no usable way now: they wait for the end on the channel that they were told on.
create table audience.snapshot_carried (
  snapshot_id uuid not null,
  contact_id bigint not null,
  channel text not null check (channel in ('sms', 'email')),
  customer_n bigint not null,
  class smallint not null,
  is_exercise boolean not null, is_out boolean not null,
  language text not null, country text not null, address_hmac bytea not null,
  primary key (snapshot_id, contact_id, channel));

-- Hit, and cannot be told now (DL-14). Without a contact: the customer has nobody to tell.
create table audience.snapshot_unreachable (
  snapshot_id uuid not null,
  customer_n bigint not null,
  contact_id bigint,
  class smallint not null,
  is_exercise boolean not null,
  grp text not null check (grp in ('newly-hit', 'still-hit', 'restored')),
  reason text not null check (reason in ('through-the-fault', 'no-address', 'no-channel', 'opted-out', 'no-contact')));
create unique index snapshot_unreachable_once on audience.snapshot_unreachable (snapshot_id, customer_n, (coalesce(contact_id, 0)));

-- Whose people another incident takes over with its next snapshot.
create table audience.incident_merge (
  incident_id uuid primary key,
  incident_version int not null,
  into_id uuid not null check (into_id <> incident_id),
  taken_in uuid,                         -- the snapshot that they are in
  at timestamptz not null default platform.clock());
create index incident_merge_into on audience.incident_merge (into_id) where taken_in is null;

do $$
declare t text;
begin
  foreach t in array array['snapshot', 'snapshot_member', 'snapshot_merged', 'snapshot_carried', 'snapshot_unreachable'] loop
    execute format('create trigger append_only before update or delete on audience.%I for each row execute function audience.append_only()', t);
    execute format('create trigger append_only_all before truncate on audience.%I for each statement execute function audience.append_only()', t);
  end loop;
end $$;

grant select, insert on audience.snapshot, audience.snapshot_member, audience.snapshot_merged, audience.snapshot_carried,
  audience.snapshot_unreachable to varde_audience;
grant select, insert, update (incident_version, into_id, taken_in) on audience.incident_merge to varde_audience;

-- The two doors (architecture §6).
create view audience_public.snapshot_member as
  select snapshot_id, contact_id, channel, class, language, country, is_exercise, grp, address_hmac, on_recovery
    from audience.snapshot_member;

create function audience_public.reveal(contact_ids bigint[])
returns table (contact_id bigint, channel text, address_encrypted bytea, address_hmac bytea)
language sql stable security definer set search_path = audience, pg_temp as $$
  select a.contact_n, a.channel, a.address_encrypted, a.address_hmac
    from contact_address a where a.contact_n = any (contact_ids) $$;

revoke execute on function audience_public.reveal(bigint[]) from public;
grant usage on schema audience_public to varde_delivery, varde_courier;
grant select on audience_public.snapshot_member to varde_delivery;
grant execute on function audience_public.reveal(bigint[]) to varde_courier;
`;

const down = `
drop function audience_public.reveal(bigint[]);
drop view audience_public.snapshot_member;
revoke usage on schema audience_public from varde_delivery, varde_courier;
drop table audience.incident_merge, audience.snapshot_unreachable, audience.snapshot_carried, audience.snapshot_merged,
  audience.snapshot_member, audience.snapshot;
drop function audience.append_only();
`;

/** Snapshots of who is told, what stands between two of them, and the doors to them. */
export class AudienceSnapshot1764061380000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
