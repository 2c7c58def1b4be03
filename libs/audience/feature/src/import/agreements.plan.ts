import { agreementColumns, readAgreement } from '@varde/audience-domain';
import type { AddressCipher } from '@varde/platform-secrets';
import { rejectUnknownCustomers } from './customer-check';
import type { ImportPlan, Stage } from './import-plan';
import { rowGrammar, sealed } from './row-grammar';
import { CsvSource } from './row-source';

/** `agreements.csv` → `audience.agreement`. What makes class 1 has columns; the rest is kept as delivered. */
export function agreementsPlan(file: string, cipher: AddressCipher): ImportPlan {
  const source = new CsvSource(agreementColumns, file);
  return {
    what: 'agreements',
    source,
    fields: [
      ['customer_id', 'text'],
      ['level', 'text'],
      ['valid_from', 'date'],
      ['valid_to', 'date'],
      ['support_hours', 'text'],
      ['responsible', 'text'],
      ['zones', 'text'],
      ['report_email_encrypted', 'bytea'],
      ['report_email_hmac', 'bytea'],
      ['rest', 'jsonb'],
    ],
    stage(raw) {
      const cells = source.cellsOf(raw);
      const { row, problems } = readAgreement(cells, rowGrammar);
      if (!row) return { id: cells('agreement_id'), problems };
      const values = [
        ...[row.customerId, row.level, row.validFrom, row.validTo, row.supportHours],
        ...[row.responsible.join('|'), row.zones.join('|')],
        ...sealed(cipher, row.reportEmail),
        JSON.stringify(row.rest),
      ];
      return { id: row.agreementId, problems, values };
    },
    check: checkAgreements,
    write: writeAgreements,
    ending: {
      from: 'audience.agreement t join audience.customer c on c.n = t.customer_n',
      idColumn: 'agreement_id',
      isStanding: 't.ended_on is null',
      update: `update audience.agreement t set ended_on = audience.day_in(c.country)
        from import_ended x, audience.customer c where t.agreement_id = x.id and c.n = t.customer_n`,
    },
  };
}

const columns = 'customer_n, level, valid_from, valid_to, support_hours, rest';
const isZone = `(exists (select from audience.area a where a.code = u.id)
  or exists (select from audience.element e where e.element_id = u.id and e.ended_on is null))`;

async function checkAgreements(stage: Stage): Promise<void> {
  await stage.keep({
    column: 'support_hours',
    reason: 'unknown-calendar',
    value: 's.support_hours',
    where:
      'not exists (select from audience.calendar c where c.calendar_id = s.support_hours and c.ended_on is null)',
  });
  await keepUnknownParts(
    stage,
    'responsible',
    'unknown-contact',
    `exists (select from audience.contact c where c.contact_id = u.id)`,
  );
  await keepUnknownParts(stage, 'zones', 'unknown-zone', isZone);
  await findDue(stage);
  await rejectUnknownCustomers(stage, 'due_agreements');
}

/** One line for each row names all parts of its list that are unknown. */
function keepUnknownParts(
  stage: Stage,
  column: 'responsible' | 'zones',
  reason: 'unknown-contact' | 'unknown-zone',
  isKnown: string,
): Promise<number> {
  return stage.keep({
    column,
    reason,
    value: 'x.ids',
    from: `(select o.line, string_agg(u.id, ' ') as ids
              from ${stage.table} o cross join lateral unnest(string_to_array(o.${column}, '|')) as u(id)
             where not o.rejected and not ${isKnown} group by o.line) x`,
    where: 'x.line = s.line',
  });
}

// The address where reports go is encrypted like any other; its fingerprint tells whether it is still the same.
async function findDue(stage: Stage): Promise<void> {
  await stage.run(`
    create temp table due_agreements on commit drop as
    select s.line, s.id, c.n as customer_n, s.level, s.valid_from, s.valid_to, s.support_hours,
           s.rest || jsonb_strip_nulls(jsonb_build_object(
             'responsible', to_jsonb(string_to_array(s.responsible, '|')),
             'zones', to_jsonb(z.ids),
             'report_email_hmac', encode(s.report_email_hmac, 'hex'),
             'report_email_encrypted', encode(s.report_email_encrypted, 'hex'))) as rest
      from :stage s
      left join audience.customer c on c.customer_id = s.customer_id and c.ended_on is null
      cross join lateral (select array_agg(u.id order by u.place) as ids
        from unnest(string_to_array(s.zones, '|')) with ordinality as u(id, place) where ${isZone}) z
     where not s.rejected`);
  await stage.run(`
    delete from due_agreements d using audience.agreement t
     where t.agreement_id = d.id and t.ended_on is null
       and (t.customer_n, t.level, t.valid_from, t.valid_to, t.support_hours, t.rest - 'report_email_encrypted')
           is not distinct from
           (d.customer_n, d.level, d.valid_from, d.valid_to, d.support_hours, d.rest - 'report_email_encrypted')`);
}

async function writeAgreements(stage: Stage): Promise<number> {
  const changed = await stage.run(`
    insert into audience.agreement (agreement_id, ${columns}) select id, ${columns} from due_agreements
    on conflict (agreement_id) do update
      set (${columns}) = (${columns.replace(/\w+/g, (name) => `excluded.${name}`)}), ended_on = null`);
  await stage.run('drop table due_agreements');
  return changed;
}
