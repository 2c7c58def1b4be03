import type { MigrationInterface, QueryRunner } from 'typeorm';

// Why: authors and approvers are persons, not accounts (S-3); rights are read from the database at the moment of the act, not
// from a token (S-7); somebody is on duty, and somebody takes over (D-03).
const up = `
create schema identity;

create table identity.person (
  id uuid primary key,
  name text not null check (length(trim(name)) > 0),
  created_at timestamptz not null default platform.clock());

create table identity.account (
  issuer text not null, subject text not null,
  person_id uuid not null references identity.person,
  primary key (issuer, subject));

create table identity.person_role (
  person_id uuid not null references identity.person,
  role text not null check (role in ('operations-centre', 'communications-author', 'approver', 'crisis-manager', 'agent',
    'administrator', 'viewer')),
  country text check (country in ('NO', 'SE', 'DK')),
  granted_at timestamptz not null default platform.clock());
create unique index person_role_once on identity.person_role (person_id, role, coalesce(country, ''));

-- One of the two tables that may hold an address (S-26); the other is audience.contact_address. Both are encrypted.
create table identity.person_address (
  person_id uuid not null references identity.person,
  channel text not null check (channel in ('sms', 'email')),
  address_encrypted bytea not null,
  primary key (person_id, channel));

create table identity.duty (
  id uuid primary key,
  role text not null, person_id uuid not null references identity.person,
  country text check (country in ('NO', 'SE', 'DK')),
  rank smallint not null check (rank >= 1),
  from_at timestamptz not null, to_at timestamptz not null,
  constraint duty_ends_after_it_begins check (to_at > from_at));

grant usage on schema identity to varde_identity, varde_courier;
grant select, insert, update, delete on all tables in schema identity to varde_identity;
grant select on identity.person_address to varde_courier;

-- Who is on duty, asked by the engine without reading the persons' table: ids and order only.
create function identity.on_duty(p_role text, p_country text) returns table (person_id uuid, rank smallint)
language sql stable security definer set search_path = identity, pg_temp as $$
  select d.person_id, d.rank from duty d
   where d.role = p_role and (d.country is null or p_country is null or d.country = p_country)
     and d.from_at <= platform.clock() and d.to_at > platform.clock()
     and exists (select from person_role r where r.person_id = d.person_id and r.role = p_role)
   order by d.rank, d.person_id $$;
revoke execute on function identity.on_duty(text, text) from public;
grant usage on schema identity to varde_communication, varde_incident;
grant execute on function identity.on_duty(text, text) to varde_communication, varde_incident;
`;

const down = `drop schema identity cascade;`;

/** Persons, accounts, roles, duty roster. */
export class Identity1764061260000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
