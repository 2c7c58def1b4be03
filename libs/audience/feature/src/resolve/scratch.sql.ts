/**
 * The tables of one resolution, in the session's own temporary schema: they survive for the next resolution on the same
 * connection, so that an event a second does not swell the catalog; their rows do not. The registers are read all day and lie in
 * memory, so a look-up is hardly dearer than a scan; just-in-time compilation costs more than it gives here, and statistics
 * from few rows are enough to choose a join.
 */
export const prepareScratch = `
set local client_min_messages = warning;
set local jit = off;
set local random_page_cost = 1.1;
set local work_mem = '64MB';
set local default_statistics_target = 10;
create temp table if not exists hit_area (code text not null) on commit delete rows;
create temp table if not exists hit_element (element_n int not null, mask int not null) on commit delete rows;
create temp table if not exists hit_subscription (
  subscription_n bigint not null, customer_n bigint not null, mask int not null, is_out boolean not null,
  identifier_hmac bytea) on commit delete rows;
create temp table if not exists standing (
  contact_id bigint not null, customer_n bigint not null, class smallint not null, is_exercise boolean not null,
  is_out boolean not null, channel text not null, language text not null, country text not null,
  address_hmac bytea not null) on commit delete rows;
create temp table if not exists waiting (
  customer_n bigint not null, contact_id bigint, recovers boolean not null) on commit delete rows;
create temp table if not exists concerned (
  customer_n bigint not null, class smallint not null, is_hit boolean not null, is_out boolean not null,
  sms_hit boolean not null, mail_hit boolean not null, is_exercise boolean not null, has_agreement boolean not null,
  today date not null, kind text not null, language text not null, country text not null) on commit delete rows;
create temp table if not exists choice (
  contact_id bigint not null, customer_n bigint not null, class smallint not null, is_exercise boolean not null,
  is_out boolean not null, is_hit boolean not null, stood boolean not null, known boolean not null,
  language text not null, country text not null, reason text, sms bytea, email bytea) on commit delete rows;
delete from pg_temp.hit_area; delete from pg_temp.hit_element; delete from pg_temp.hit_subscription;
delete from pg_temp.standing; delete from pg_temp.waiting; delete from pg_temp.concerned; delete from pg_temp.choice;
`;

/**
 * The day it is in a country, as SQL. `$1` is the list of {@link today}: Norway, Sweden, Denmark.
 *
 * @param country an SQL expression
 */
export const dayIn = (country: string): string =>
  `($1::date[])[case ${country} when 'NO' then 1 when 'SE' then 2 else 3 end]`;

/** Does the row hold on the day? `valid_to` is its last day. @source reference/import-formats.md, *Validity* */
export const isValid = (row: string, day: string): string =>
  `(${row}.valid_from is null or ${row}.valid_from <= ${day}) and (${row}.valid_to is null or ${row}.valid_to >= ${day})`;

/** What ended on a day is gone on that day. @source reference/import-formats.md, *Idempotent* */
export const isLiving = (row: string, day: string): string =>
  `(${row}.ended_on is null or ${row}.ended_on > ${day})`;

/** Each country's own day by the database's clock, in the order that {@link dayIn} reads. */
export const today = `
select array[(t at time zone 'Europe/Oslo')::date, (t at time zone 'Europe/Stockholm')::date,
             (t at time zone 'Europe/Copenhagen')::date]::text[] as days
  from (select platform.clock() as t) c`;
