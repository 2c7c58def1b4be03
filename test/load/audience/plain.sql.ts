/**
 * What a colleague with psql would write for the same questions, by hand and in one statement each: the baselines. `plain`
 * keeps neither a previous snapshot nor its delta, names nobody who shares an address, lists nobody who cannot be told and
 * counts nothing. Same predicates, same columns, same indexes.
 */
export const plainTables = `
create schema plain;
create table plain.member (like audience.snapshot_member including all);
grant usage on schema plain to varde_audience;
grant select, insert on plain.member to varde_audience;`;

const day = `(select (platform.clock() at time zone 'Europe/Oslo')::date)`;

// $1 services, $2 elements, $3 areas
const hit = (byArea: boolean): string => `
  with recursive area as (
    select code from audience.area where code = any ($3::text[])
    union select a.code from area w join audience.area a on a.parent = w.code),
  below (n, mask) as (
    select n, services from audience.element where element_id = any ($2::text[])
    union select e.n, b.mask from below b join audience.element e on e.parent_n = b.n),
  element as (
    select n, bit_or(mask) as mask
      from (select b.n, b.mask & e.services as mask from below b join audience.element e using (n)
            union all select e.n, 511 from area a join audience.element e on e.area = a.code) x
     group by n),
  hit as (
    select s.n, s.customer_n, s.services & x.mask & $1::int as mask, s.services & x.first_mask & $1::int <> 0 as is_out, s.identifier_hmac
      from (select n, bit_or(mask) as mask, bit_or(first_mask) as first_mask
              from (select se.subscription_n as n, e.mask, case when se.ordinal = 1 then e.mask else 0 end as first_mask
                      from element e join audience.subscription_element se on se.element_n = e.n
                    ${byArea ? `union all select s.n, 511, 511 from area a join audience.subscription s on s.area = a.code` : ''}) t
             group by n) x
      join audience.subscription s on s.n = x.n
     where s.services & x.mask & $1::int <> 0
       and (s.valid_from is null or s.valid_from <= ${day}) and (s.valid_to is null or s.valid_to >= ${day}))`;

/** How many subscriptions are hit, and of how many customers. `$1` services, `$2` elements, `$3` areas. */
export const plainCount = (byArea: boolean): string => `${hit(byArea)}
select count(*)::int as subscriptions, count(distinct h.customer_n)::int as customers
  from hit h join audience.customer c on c.n = h.customer_n
 where (c.ended_on is null or c.ended_on > ${day}) and not c.is_exercise`;

/** Whom to tell, on what, one row per address. `$1` services, `$2` elements, `$3` areas, `$4` the snapshot. */
export const plainSnapshot = (byArea: boolean): string => `${hit(byArea)},
  customer as (
    select c.n, c.customer_id, c.kind, c.language, c.country, c.is_exercise, h.mask, h.is_out, h.mask & 4 <> 0 as sms_hit,
           case when c.kind = 'business' then 16 else 18 end as ways,
           case when c.society is not null then 0 when a.customer_n is not null then 1 when c.kind = 'business' then 2 else 3 end as class,
           a.customer_n is not null as sla
      from (select customer_n, bit_or(mask) as mask, bool_or(is_out) as is_out from hit group by customer_n) h
      join audience.customer c on c.n = h.customer_n
      left join (select distinct customer_n from audience.agreement
                  where (valid_from is null or valid_from <= ${day}) and (valid_to is null or valid_to >= ${day})) a on a.customer_n = c.n
     where (c.ended_on is null or c.ended_on > ${day}) and not c.is_exercise),
  online as (
    select distinct c.n from customer c join audience.subscription s on s.customer_n = c.n left join hit h on h.n = s.n
     where c.mask & c.ways <> 0 and s.services & c.ways & ~coalesce(h.mask, 0) <> 0),
  number as (select distinct identifier_hmac from hit where mask & 4 <> 0 and identifier_hmac is not null),
  way as (
    select k.n as contact_id, c.*, coalesce(k.language, c.language) as reads, s.address_hmac as sms, m.address_hmac as email, k.channels,
           s.address_hmac is not null and (k.sms_operator = 'other' or (x.identifier_hmac is null and (not c.sms_hit or exists (
             select from audience.subscription o where o.identifier_hmac = s.address_hmac limit 1)))) as sms_ok,
           m.address_hmac is not null and (c.mask & c.ways = 0 or o.n is not null) as email_ok
      from customer c
      join audience.contact k on k.customer_n = c.n
      left join audience.contact_address s on s.contact_n = k.n and s.channel = 'sms' and 'sms' = any (k.channels)
      left join audience.contact_address m on m.contact_n = k.n and m.channel = 'email' and 'email' = any (k.channels)
      left join number x on x.identifier_hmac = s.address_hmac
      left join online o on o.n = c.n
     where (k.ended_on is null or k.ended_on > ${day})
       and case k.role when 'telephone-responsible' then c.sla
             when 'subscriber' then c.kind = 'private' or not exists (
               select from audience.contact t where t.customer_n = c.n and t.role in ('technical', 'duty'))
             else c.kind = 'business' end
       and (c.class < 2 or not 'outage' = any (k.opt_outs))
    offset 0),
  chosen as (
    select *, case when sms_ok and (not email_ok or channels[1] = 'sms') then 'sms' when email_ok then 'email' end as channel from way)
insert into plain.member
  (snapshot_id, contact_id, customer_n, class, is_exercise, is_out, on_recovery, channel, language, country, grp, address_hmac)
select distinct on (channel, address)
       $4::uuid, contact_id, n, class, is_exercise, is_out, false, channel, reads, country, 'newly-hit', address
  from (select *, case channel when 'sms' then sms else email end as address from chosen where channel is not null) c
 order by channel, address, class, customer_id, contact_id`;
