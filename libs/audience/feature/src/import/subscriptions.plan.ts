import {
  readSubscription,
  subscriptionColumns,
  subscriptionNeedsCountry,
} from '@varde/audience-domain';
import type { AddressCipher } from '@varde/platform-secrets';
import { rejectUnknownCustomers } from './customer-check';
import type { ImportPlan, OnConflict, Stage } from './import-plan';
import { rowGrammar, understanding } from './row-grammar';
import { CsvSource } from './row-source';

/** `subscriptions.csv` → `audience.subscription` and its elements. Of a number only the fingerprint leaves the program. */
export function subscriptionsPlan(file: string, cipher: AddressCipher): ImportPlan {
  const source = new CsvSource(subscriptionColumns, file);
  return {
    what: 'subscriptions',
    source,
    fields: [
      ['customer_id', 'text'],
      ['services', 'int'],
      ['elements', 'text'],
      ['area', 'text'],
      ['identifier_hmac', 'bytea'],
      ['valid_from', 'date'],
      ['valid_to', 'date'],
    ],
    needsCountryOf(raw) {
      const cells = source.cellsOf(raw);
      return subscriptionNeedsCountry(cells) ? cells('customer_id') : undefined;
    },
    stage(raw, country) {
      const cells = source.cellsOf(raw);
      const { row, problems } = readSubscription(cells, rowGrammar, country);
      if (!row) return { id: cells('subscription_id'), problems };
      const elements = row.elements.length === 0 ? undefined : row.elements.join('|');
      const values = [
        row.customerId,
        row.services,
        elements,
        row.area,
        row.identifier === undefined ? undefined : cipher.fingerprint(row.identifier),
        row.validFrom,
        row.validTo,
      ];
      const understood = understanding(cells('identifier'), country, row.identifier);
      return {
        id: row.subscriptionId,
        problems,
        values,
        ...(understood === undefined ? {} : { understood }),
      };
    },
    check: checkSubscriptions,
    write: writeSubscriptions,
    ending: {
      from: 'audience.subscription t join audience.customer c on c.n = t.customer_n',
      idColumn: 'subscription_id',
      isStanding: '(t.valid_to is null or t.valid_to > audience.day_in(c.country))',
      update: `update audience.subscription t set valid_to = audience.day_in(c.country)
        from import_ended x, audience.customer c where t.subscription_id = x.id and c.n = t.customer_n`,
    },
  };
}

async function checkSubscriptions(stage: Stage): Promise<void> {
  await stage.reject({
    column: 'area',
    reason: 'unknown-area',
    value: 's.area',
    where: 's.area is not null and not exists (select from audience.area a where a.code = s.area)',
  });
  await findElements(stage);
  await findDue(stage);
  await rejectUnknownCustomers(stage, 'due_subscriptions');
  await stage.keep({
    column: 'elements',
    reason: 'unknown-element',
    value: `array_to_string(f.unknown, ' ')`,
    from: 'import_elements f',
    where: 'f.elements = s.elements and f.unknown is not null',
  });
  await stage.keep({
    column: 'elements',
    reason: 'placed-nowhere',
    value: `''`,
    where: `s.area is null and (s.elements is null
      or exists (select from import_elements f where f.elements = s.elements and f.numbers is null))`,
  });
}

/** Many subscriptions are at home in the same cells: each combination is looked up once. */
async function findElements(stage: Stage): Promise<void> {
  await stage.run(`
    create temp table import_elements on commit drop as
    select d.elements, f.numbers, f.unknown
      from (select distinct elements from :stage where elements is not null and not rejected) d
     cross join lateral (
       select array_agg(e.n order by u.place) filter (where e.n is not null) as numbers,
              array_agg(u.id order by u.place) filter (where e.n is null) as unknown
         from unnest(string_to_array(d.elements, '|')) with ordinality as u(id, place)
         left join audience.element e on e.element_id = u.id and e.ended_on is null) f`);
  await stage.run('analyze import_elements');
}

/** What is new or differs, with its number and its customer's: everything after this touches these rows only. */
async function findDue(stage: Stage): Promise<void> {
  await stage.run(`
    create temp table due_subscriptions on commit drop as
    select s.line, s.id, coalesce(t.n, nextval('audience.subscription_n_seq')) as n, t.n is not null as is_known,
           c.n as customer_n, s.services, s.area, s.identifier_hmac, s.valid_from, s.valid_to, f.numbers
      from :stage s
      left join audience.customer c on c.customer_id = s.customer_id and c.ended_on is null
      left join import_elements f on f.elements = s.elements
      left join audience.subscription t on t.subscription_id = s.id
      left join (select subscription_n, array_agg(element_n order by ordinal) as numbers
                   from audience.subscription_element group by subscription_n) o on o.subscription_n = t.n
     where not s.rejected and (t.n is null or c.n is null or o.numbers is distinct from f.numbers
       or (t.customer_n, t.services, t.area, t.identifier_hmac, t.valid_from, t.valid_to)
          is distinct from (c.n, s.services, s.area, s.identifier_hmac, s.valid_from, s.valid_to))`);
}

async function writeSubscriptions(stage: Stage, onConflict: OnConflict): Promise<number> {
  const columns = 'customer_n, services, area, identifier_hmac, valid_from, valid_to';
  const excluded = columns.replace(/\w+/g, (name) => `excluded.${name}`);
  const changed = await stage.run(`
    insert into audience.subscription (n, subscription_id, ${columns}) overriding system value
    select n, id, ${columns} from due_subscriptions
    ${onConflict(`on conflict (subscription_id) do update set (${columns}) = (${excluded})`)}`);
  await stage.run(`
    delete from audience.subscription_element o using due_subscriptions d
     where d.is_known and o.subscription_n = d.n and o.ordinal > coalesce(cardinality(d.numbers), 0)`);
  await stage.run(`
    insert into audience.subscription_element (subscription_n, ordinal, element_n)
    select d.n, u.place, u.n from due_subscriptions d cross join lateral unnest(d.numbers) with ordinality as u(n, place)
    ${onConflict(`on conflict (subscription_n, ordinal) do update set element_n = excluded.element_n
     where subscription_element.element_n <> excluded.element_n`)}`);
  await stage.run('drop table due_subscriptions, import_elements');
  return changed;
}
