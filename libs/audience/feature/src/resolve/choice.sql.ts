import { dayIn, isLiving, isValid } from './scratch.sql';

// Is the number that of a living subscription? Asked only of those few whom no lost number answered: the limit keeps the
// planner from reading every subscription first.
const numberIsKnown = `
  coalesce((select true from audience.subscription x join audience.customer xc on xc.n = x.customer_n
             where x.identifier_hmac = s.address_hmac and ${isValid('x', dayIn('xc.country'))} limit 1), false)`;

const whom = `
  case k.role
    when 'telephone-responsible' then c.has_agreement
    when 'subscriber' then c.kind = 'private' or not exists (
      select from audience.contact t
       where t.customer_n = c.customer_n and t.role in ('technical', 'duty') and ${isLiving('t', 'c.today')})
    else c.kind = 'business'
  end`;

const columns = `k.n as contact_id, k.customer_n, c.class, c.is_exercise, c.is_out, c.is_hit, c.sms_hit, c.mail_hit,
         coalesce(k.language, c.language) as language, c.country, k.channels, k.sms_operator, k.opt_outs,
         cardinality(k.channels) = 0 or 'sms' = any (k.channels) as wants_sms,
         cardinality(k.channels) = 0 or 'email' = any (k.channels) as wants_email,
         coalesce(array_position(k.channels, 'email') < array_position(k.channels, 'sms'), false) as email_first`;

const recovering = `
  union all
  select ${columns}
    from pg_temp.concerned c
    join pg_temp.waiting w on w.customer_n = c.customer_n and w.recovers
    join audience.contact k on k.n = w.contact_id and k.customer_n = c.customer_n
   where not c.is_hit and ${isLiving('k', 'c.today')}`;

/**
 * Whom of the concerned customers to tell, and on what, or why on nothing: the law of \`chooseChannels\` and
 * \`isSmsThroughTheFault\` for a million at a time. \`$1\` days, \`$2\` is it about life and health, \`$3\` the topic.
 *
 * @param hasPrevious without a previous snapshot nobody stands, and the joins with it are left out
 * @source invariants §2.5
 */
export const fillChoice = (hasPrevious: boolean): string => `
with candidate as (
  select ${columns}
    from pg_temp.concerned c join audience.contact k on k.customer_n = c.customer_n
   where c.is_hit and ${isLiving('k', 'c.today')} and ${whom}
  ${hasPrevious ? recovering : ''}),
lost_number as (
  select distinct identifier_hmac from pg_temp.hit_subscription where identifier_hmac is not null),
way as (
  select d.*, s.address_hmac as sms, m.address_hmac as email,
         s.address_hmac is not null and not case
           when d.sms_operator = 'other' then false
           when l.identifier_hmac is not null then true
           when not d.sms_hit then false
           else not ${numberIsKnown} end as sms_ok,
         m.address_hmac is not null and not d.mail_hit as email_ok
    from candidate d
    left join audience.contact_address s on s.contact_n = d.contact_id and s.channel = 'sms' and d.wants_sms
    left join audience.contact_address m on m.contact_n = d.contact_id and m.channel = 'email' and d.wants_email
    left join lost_number l on l.identifier_hmac = s.address_hmac
  offset 0), -- not inlined: each way would be worked out anew wherever it is named
chosen as (
  select w.*,
         case when w.class >= 2 and not $2::boolean and $3::text = any (w.opt_outs) then 'opted-out'
              when not w.wants_sms and not w.wants_email then 'no-channel'
              when w.sms is null and w.email is null then 'no-address'
              when not w.sms_ok and not w.email_ok then 'through-the-fault' end as reason
    from way w
  offset 0)
insert into pg_temp.choice
  (contact_id, customer_n, class, is_exercise, is_out, is_hit, stood, known, language, country, reason, sms, email)
select q.contact_id, q.customer_n, q.class, q.is_exercise, q.is_out, q.is_hit,
       ${hasPrevious ? 't.contact_id is not null, t.contact_id is not null or k.contact_id is not null' : 'false, false'},
       q.language, q.country, q.reason,
       case when q.reason is null and q.sms_ok and ($2::boolean or not q.email_ok or not q.email_first) then q.sms end,
       case when q.reason is null and q.email_ok and ($2::boolean or not q.sms_ok or q.email_first) then q.email end
  from chosen q
  ${
    hasPrevious
      ? `left join (select distinct contact_id from pg_temp.standing) t on t.contact_id = q.contact_id
  left join (select distinct contact_id from pg_temp.waiting where contact_id is not null) k on k.contact_id = q.contact_id`
      : ''
  }`;
