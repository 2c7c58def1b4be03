/** Cells of an invented country: each is the first or second home of 75 mobile subscriptions. */
export const cellCount = (customers: number): number =>
  3 * Math.max(10, Math.ceil((customers * 2) / 75 / 3));

/**
 * An invented country for the benchmark, made in the database: `customers` of them over 3 cores, 30 regions, and cells; nine
 * in ten private; every third has broadband beside the mobile subscription; one number in a hundred is shared by two; a
 * quarter has no mail. The rows stand in no order of place, as a register delivers them. Run as superuser.
 */
export function worldSql(customers: number): string[] {
  const cells = cellCount(customers);
  const sites = cells / 3;
  const siteOf = (i: string): string => `(1 + (${i})::bigint * 7919 % ${sites})`;
  const cellOf = (i: string, home = 0): string =>
    `(3 * (1 + (${i})::bigint * 7919 % ${sites}) - (${i} + ${home}) % 3)`;
  const hmac = (what: string, n: string): string => `sha256(('${what}' || ${n})::bytea)`;
  return [
    `set session_replication_role = replica`,
    `insert into audience.area (code, parent, level, country, names) values ('NO', null, 'country', 'NO', '{"nb": "Norge"}')`,
    `insert into audience.area (code, parent, level, country, names)
       select 'NO-' || c, 'NO', 'county', 'NO', '{}' from generate_series(10, 39) c`,
    `insert into audience.area (code, parent, level, country, names)
       select 'NO-' || m, 'NO-' || m / 100, 'municipality', 'NO', '{}' from generate_series(1000, 3999) m where m % 100 < 10`,
    `insert into audience.element (element_id, kind, area, services)
       select 'core/' || c, 'core', 'NO', 511 from generate_series(1, 3) c`,
    `insert into audience.element (element_id, kind, parent_n, area, services)
       select 'region/' || r, 'region', 1 + r % 3, 'NO-' || 10 + r, 511 from generate_series(0, 29) r`,
    `insert into audience.element (element_id, kind, parent_n, area, services)
       select 'site/' || s, 'site', 4 + s % 30, 'NO-' || (10 + s % 30) * 100 + s % 10, 511 from generate_series(1, ${sites}) s`,
    `insert into audience.element (element_id, kind, parent_n, area, services)
       select 'cell/' || c, 'cell', 34 + (c - 1) / 3, s.area, 15
         from generate_series(1, ${cells}) c join audience.element s on s.element_id = 'site/' || 1 + (c - 1) / 3`,
    `insert into audience.element (element_id, kind, parent_n, area, services)
       select 'access/' || s, 'access', 33 + s, p.area, 112
         from generate_series(1, ${sites}) s join audience.element p on p.element_id = 'site/' || s`,
    `insert into audience.customer (customer_id, kind, country, language, society, is_exercise)
       select 'C' || lpad(i::text, 8, '0'), case when i % 10 = 0 then 'business' else 'private' end, 'NO',
              (array['nb', 'nb', 'nb', 'nn', 'en'])[1 + i % 5],
              case when i % 1000 = 0 then 'hospital' end, i % 1000 = 7
         from generate_series(1, ${customers}) i`,
    `insert into audience.agreement (agreement_id, customer_n, level, support_hours)
       select 'A' || n, n, 'gold', 'always' from audience.customer where n % 100 = 10`,
    `insert into audience.subscription (subscription_id, customer_n, services, area, identifier_hmac)
       select 'M' || c.n, c.n, 15, e.area, ${hmac('sms', 'c.n')}
         from audience.customer c join audience.element e on e.element_id = 'cell/' || ${cellOf('c.n')}`,
    `insert into audience.subscription (subscription_id, customer_n, services, area)
       select 'B' || c.n, c.n, 80, e.area from audience.customer c join audience.element e on e.element_id = 'cell/' || ${cellOf('c.n')}
        where c.n % 3 = 0`,
    `insert into audience.subscription_element (subscription_n, ordinal, element_n)
       select s.n, o, e.n from audience.subscription s cross join generate_series(1, 2) o
         join audience.element e on e.element_id = 'cell/' || ${cellOf('s.customer_n', 1).replace('+ 1)', '+ o)')} where s.services = 15`,
    `insert into audience.subscription_element (subscription_n, ordinal, element_n)
       select s.n, 1, e.n from audience.subscription s
         join audience.element e on e.element_id = 'access/' || ${siteOf('s.customer_n')} where s.services = 80`,
    `insert into audience.contact (contact_id, customer_n, role, channels, opt_outs)
       select 'K' || n, n, 'subscriber', case when n % 20 = 3 then '{email,sms}' else '{sms,email}' end::text[],
              case when n % 50 = 1 then '{outage}' else '{}' end::text[] from audience.customer`,
    `insert into audience.contact (contact_id, customer_n, role, channels)
       select 'T' || n, n, 'technical', '{email,sms}' from audience.customer where n % 20 = 0`,
    `insert into audience.contact_address (contact_n, channel, address_encrypted, address_hmac)
       select n, 'sms', sha512(n::text::bytea), ${hmac('sms', 'case when n % 100 = 99 then n - 1 else n end')} from audience.contact`,
    `insert into audience.contact_address (contact_n, channel, address_encrypted, address_hmac)
       select n, 'email', sha512(n::text::bytea), ${hmac('mail', 'n')} from audience.contact where n % 4 <> 0`,
    `set session_replication_role = default`,
    `vacuum analyze audience.area, audience.element, audience.customer, audience.agreement, audience.subscription,
       audience.subscription_element, audience.contact, audience.contact_address`,
  ];
}
