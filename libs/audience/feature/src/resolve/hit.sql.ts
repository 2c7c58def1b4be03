import { everyService, internetMask, accessMask, smsMask } from '@varde/audience-domain';
import { dayIn, isLiving, isValid } from './scratch.sql';

/** Areas `$1` and all below them. */
export const fillHitAreas = `
with recursive within as (
  select code from audience.area where code = any ($1::text[])
  union
  select a.code from within w join audience.area a on a.parent = w.code)
insert into pg_temp.hit_area select code from within`;

/**
 * What each element has lost of the services `$2`: below the elements `$3` what it and the named one carry, in a hit area all.
 */
export const fillHitElements = `
with recursive below (n, mask) as (
  select n, services from audience.element where element_id = any ($3::text[])
  union
  select e.n, b.mask from below b join audience.element e on e.parent_n = b.n)
insert into pg_temp.hit_element (element_n, mask)
select h.n, bit_or(h.mask) & $2
  from (select b.n, b.mask & e.services as mask from below b join audience.element e on e.n = b.n
        union all
        select e.n, ${everyService} from pg_temp.hit_area a join audience.element e on e.area = a.code) h
  join audience.element e on e.n = h.n
  join audience.area a on a.code = e.area
 where ${isLiving('e', dayIn('a.country'))}
 group by h.n having bit_or(h.mask) & $2 <> 0`;

// Every way in which a subscription is touched; ordinal 1 makes it "out".
const touched = `
  select se.subscription_n, bit_or(he.mask) as mask, bit_or(case when se.ordinal = 1 then he.mask else 0 end) as first_mask
    from pg_temp.hit_element he join audience.subscription_element se on se.element_n = he.element_n
   group by se.subscription_n`;
const touchedInArea = `
  select t.subscription_n, bit_or(t.mask) as mask, bit_or(t.first_mask) as first_mask
    from (${touched}
          union all
          select s.n, $2, $2 from pg_temp.hit_area a join audience.subscription s on s.area = a.code) t
   group by t.subscription_n`;

/**
 * The subscriptions that have lost one of the services `$2`, or will lose it (`$4`: works that are announced before they
 * begin); exercise customers' only where `$3` says so.
 *
 * @param byArea without hit areas the join with them is left out
 */
export const fillHitSubscriptions = (byArea: boolean): string => `
insert into pg_temp.hit_subscription (subscription_n, customer_n, mask, is_out, identifier_hmac)
select s.n, s.customer_n, s.services & t.mask & $2::int, s.services & t.first_mask <> 0,
       case when s.services & t.mask & ${smsMask} <> 0 and not $4::boolean then s.identifier_hmac end
  from (${byArea ? touchedInArea : touched}) t
  join audience.subscription s on s.n = t.subscription_n
  join audience.customer c on c.n = s.customer_n
 where s.services & t.mask <> 0
   and ${isValid('s', dayIn('c.country'))}
   and ${isLiving('c', dayIn('c.country'))}
   and (not c.is_exercise or $3::boolean)`;

/** Whoever the previous snapshots \`$1\` say was told of the start and not of the end. */
export const fillStanding = (several: boolean): string => `
insert into pg_temp.standing
  (contact_id, customer_n, class, is_exercise, is_out, channel, language, country, address_hmac)
select ${several ? 'distinct on (contact_id, channel)' : ''}
       contact_id, customer_n, class, is_exercise, is_out, channel, language, country, address_hmac
  from (select snapshot_id, contact_id, customer_n, class, is_exercise, is_out, channel, language, country, address_hmac
          from audience.snapshot_member where snapshot_id = any ($1::uuid[]) and grp <> 'restored'
        union all
        select snapshot_id, contact_id, customer_n, class, is_exercise, is_out, channel, language, country, address_hmac
          from audience.snapshot_merged where snapshot_id = any ($1::uuid[]) and stands
        union all
        select snapshot_id, contact_id, customer_n, class, is_exercise, is_out, channel, language, country, address_hmac
          from audience.snapshot_carried where snapshot_id = any ($1::uuid[])) v
 ${several ? 'order by contact_id, channel, array_position($1::uuid[], snapshot_id)' : ''}`;

/** Whoever they list as unreachable and may matter again; \`recovers\`: is told of the end although never told of the start. */
export const fillWaiting = `
insert into pg_temp.waiting (customer_n, contact_id, recovers)
select u.customer_n, u.contact_id, bool_or(u.reason = 'through-the-fault' and s.contact_id is null)
  from audience.snapshot_unreachable u
  left join (select distinct contact_id from pg_temp.standing) s on s.contact_id = u.contact_id
 where u.snapshot_id = any ($1::uuid[]) and (u.grp <> 'restored' or u.reason = 'through-the-fault')
 group by u.customer_n, u.contact_id`;

/**
 * The customers who are hit, and those who are not any more and wait to be told so (`$2`: unless the incident was
 * cancelled), each with its class and whether its texts and its mail run through the fault: never for `$3`, works that are
 * announced before they begin.
 */
export const fillConcerned = `
with touched as (
  select customer_n, bit_or(mask) as mask, bool_or(is_out) as is_out, true as is_hit
    from pg_temp.hit_subscription group by customer_n
  union all
  select distinct w.customer_n, 0, false, false from pg_temp.waiting w
   where w.recovers and $2::boolean
     and not exists (select from pg_temp.hit_subscription h where h.customer_n = w.customer_n)),
x as materialized (
  select t.*, c.kind, c.society, c.is_exercise, c.language, c.country, ${dayIn('c.country')} as today,
         case c.kind when 'business' then ${accessMask} else ${internetMask} end as ways
    from touched t join audience.customer c on c.n = t.customer_n
   where t.is_hit or ${isLiving('c', dayIn('c.country'))}),
sla as (
  select distinct x.customer_n from x join audience.agreement a on a.customer_n = x.customer_n
   where ${isValid('a', 'x.today')} and ${isLiving('a', 'x.today')}),
open_way as (
  select distinct x.customer_n
    from x join audience.subscription s on s.customer_n = x.customer_n
    left join pg_temp.hit_subscription h on h.subscription_n = s.n
   where x.mask & x.ways <> 0 and s.services & x.ways & ~coalesce(h.mask, 0) <> 0 and ${isValid('s', 'x.today')})
insert into pg_temp.concerned (customer_n, class, is_hit, is_out, sms_hit, mail_hit, is_exercise, has_agreement, today, kind,
                               language, country)
select x.customer_n,
       case when x.society is not null then 0 when a.customer_n is not null then 1 when x.kind = 'business' then 2 else 3 end,
       x.is_hit, x.is_out, x.mask & ${smsMask} <> 0 and not $3::boolean,
       x.mask & x.ways <> 0 and o.customer_n is null and not $3::boolean,
       x.is_exercise, a.customer_n is not null, x.today, x.kind, x.language, x.country
  from x
  left join sla a on a.customer_n = x.customer_n
  left join open_way o on o.customer_n = x.customer_n`;

/** Who is hit, in figures for the severity; \`$1\`: each country's day. */
export const readHitFigures = `
select (select count(*) from pg_temp.hit_subscription)::int as subscriptions,
       count(*)::int as customers,
       (count(*) filter (where class = 0 and is_out))::int as "class0Out",
       (count(*) filter (where class = 0 and not is_out))::int as "class0Partly",
       (count(*) filter (where class = 1))::int as class1,
       (select coalesce(array_agg(a.code order by a.code collate "C"), '{}') from audience.area a
         where a.level = 'county'
           and (exists (select from pg_temp.hit_area h where h.code = a.code)
                or (select count(*) > 0 and count(*) = count(h.code)
                      from audience.area m left join pg_temp.hit_area h on h.code = m.code
                     where m.parent = a.code and m.level = 'municipality' and ${isValid('m', dayIn('m.country'))}))
       ) as "wholeCounties"
  from pg_temp.concerned where is_hit`;
