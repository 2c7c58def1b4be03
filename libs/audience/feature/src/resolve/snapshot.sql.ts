/**
 * Keeps whoever was told before, is hit still and has no way left; and whoever shares the address of one of those: an address
 * that still waits for somebody is not told the end. \`$1\` the new snapshot.
 */
export const insertCarried = `
with cut as (
  select s.* from pg_temp.standing s join pg_temp.concerned c on c.customer_n = s.customer_n and c.is_hit
   where not exists (select from pg_temp.choice q where q.contact_id = s.contact_id and q.is_hit and q.reason is null))
insert into audience.snapshot_carried
  (snapshot_id, contact_id, channel, customer_n, class, is_exercise, is_out, language, country, address_hmac)
select $1::uuid, contact_id, channel, customer_n, class, is_exercise, is_out, language, country, address_hmac from cut
union all
select $1::uuid, s.contact_id, s.channel, s.customer_n, s.class, s.is_exercise, s.is_out, s.language, s.country, s.address_hmac
  from pg_temp.standing s
 where not exists (select from pg_temp.concerned c where c.customer_n = s.customer_n and c.is_hit)
   and exists (select from cut where cut.channel = s.channel and cut.address_hmac = s.address_hmac)`;

/** Lists whoever is hit and cannot be told, and answers their counts. \`$1\` the new snapshot. @source DL-14 */
export const insertUnreachable = `
with written as (
  insert into audience.snapshot_unreachable (snapshot_id, customer_n, contact_id, class, is_exercise, grp, reason)
  select $1::uuid, q.customer_n, q.contact_id, q.class, q.is_exercise,
         case when not q.is_hit then 'restored' when q.known then 'still-hit' else 'newly-hit' end, q.reason
    from pg_temp.choice q where q.reason is not null
  union all
  select $1::uuid, c.customer_n, null, c.class, c.is_exercise,
         case when exists (select from pg_temp.waiting w where w.customer_n = c.customer_n and w.contact_id is null)
              then 'still-hit' else 'newly-hit' end, 'no-contact'
    from pg_temp.concerned c
   where c.is_hit and not exists (select from pg_temp.choice q where q.customer_n = c.customer_n)
  union all
  -- Somebody who was told and is no contact of the customer any more: they wait for the end all the same.
  select distinct on (k.contact_id) $1::uuid, k.customer_n, k.contact_id, c.class, k.is_exercise, 'still-hit', 'no-contact'
    from audience.snapshot_carried k join pg_temp.concerned c on c.customer_n = k.customer_n and c.is_hit
   where k.snapshot_id = $1::uuid and not exists (select from pg_temp.choice q where q.contact_id = k.contact_id)
  returning grp, class, reason)
select coalesce(jsonb_agg(to_jsonb(g) order by g."group", g.class, g.reason), '[]') as unreachable
  from (select grp as "group", class, reason, count(*) from written group by 1, 2, 3) g`;

const told = (channel: 'sms' | 'email'): string => `
  select contact_id, '${channel}' as channel, customer_n, class, language, country, is_out, is_hit, stood, ${channel} as address_hmac,
         case when is_exercise then not exists (
           -- A-8: an address that a real customer has too is no exercise address.
           select from audience.contact_address o join audience.contact ok on ok.n = o.contact_n
             join audience.customer oc on oc.n = ok.customer_n
            where o.channel = '${channel}' and o.address_hmac = choice.${channel} and not oc.is_exercise)
         else false end as is_exercise
    from pg_temp.choice where ${channel} is not null`;

const restored = `
  union all
  select contact_id, channel, customer_n, class, language, country, is_out, false, true, address_hmac, is_exercise
    from pg_temp.standing s
   where not exists (select from pg_temp.concerned c where c.customer_n = s.customer_n and c.is_hit)
     and not exists (select from audience.snapshot_carried k
                      where k.snapshot_id = $1::uuid and k.contact_id = s.contact_id and k.channel = s.channel)`;

const group = (isHit: string, stood: string): string =>
  `case when not ${isHit} then 'restored' when ${stood} then 'still-hit' else 'newly-hit' end`;

/**
 * One row per address and channel, the shared ones merged, and the snapshot with its counts: the law of \`mergeAddresses\`.
 * \`$1\` the new snapshot, \`$2\` incident, \`$3\` its version, \`$4\` the snapshot's, \`$5\` mode, \`$6\` occasion, \`$7\` unreachable,
 * \`$8\` hit.
 *
 * @source invariants §2.5, DL-2
 */
export const insertSnapshot = (hasPrevious: boolean): string => `
with voice as (${told('sms')} union all ${told('email')} ${hasPrevious ? restored : ''}),
shared as (select channel, address_hmac from voice group by channel, address_hmac having count(*) > 1),
ranked as (
  select v.*, row_number() over closest as place, first_value(v.contact_id) over closest as told_as,
         bool_or(v.is_hit) over everybody as any_hit, bool_or(v.stood) over everybody as any_stood,
         bool_or(v.is_out) over everybody as any_out, bool_and(v.is_exercise) over everybody as all_exercise
    from voice v join shared using (channel, address_hmac)
    join audience.customer c on c.n = v.customer_n
  window everybody as (partition by v.channel, v.address_hmac),
         closest as (partition by v.channel, v.address_hmac
                     order by v.is_hit desc, v.class, c.customer_id collate "C", v.contact_id)),
written as (
  insert into audience.snapshot_member
    (snapshot_id, contact_id, customer_n, class, is_exercise, is_out, on_recovery, channel, language, country, grp, address_hmac)
  select $1::uuid, v.contact_id, v.customer_n, v.class, v.is_exercise, v.is_out, not v.is_hit and not v.stood, v.channel,
         v.language, v.country, ${group('v.is_hit', 'v.stood')}, v.address_hmac
    from voice v
   where not exists (select from shared s where s.channel = v.channel and s.address_hmac = v.address_hmac)
  union all
  select $1::uuid, r.contact_id, r.customer_n, r.class, r.all_exercise, r.any_out, not r.any_hit and not r.any_stood, r.channel,
         r.language, r.country, ${group('r.any_hit', 'r.any_stood')}, r.address_hmac
    from ranked r where r.place = 1
  returning grp, class, language, channel, country, is_exercise),
merged as (
  insert into audience.snapshot_merged
    (snapshot_id, contact_id, channel, told_as, customer_n, class, is_exercise, is_out, stands, language, country, address_hmac)
  select $1::uuid, contact_id, channel, told_as, customer_n, class, is_exercise, is_out, any_hit, language, country, address_hmac
    from ranked where place > 1)
insert into audience.snapshot (id, incident_id, incident_version, version, mode, occasion, unreachable, hit, counts)
select $1::uuid, $2::uuid, $3::int, $4::int, $5::text, $6::text, $7::jsonb, $8::jsonb,
       coalesce(jsonb_agg(to_jsonb(g) order by g."group", g.class, g.language, g.channel, g.country), '[]')
  from (select grp as "group", class, language, channel, country, count(*),
               count(*) filter (where is_exercise) as "exerciseCount"
          from written group by 1, 2, 3, 4, 5) g
returning counts`;
