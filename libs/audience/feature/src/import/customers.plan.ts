import { customerColumns, readCustomer } from '@varde/audience-domain';
import type { ImportPlan, OnConflict, Stage } from './import-plan';
import { CsvSource } from './row-source';

/** `customers.csv` → `audience.customer`. */
export function customersPlan(file: string): ImportPlan {
  const source = new CsvSource(customerColumns, file);
  return {
    what: 'customers',
    source,
    fields: [
      ['kind', 'text'],
      ['name', 'text'],
      ['country', 'text'],
      ['language', 'text'],
      ['society', 'text'],
      ['kam', 'text'],
      ['is_exercise', 'boolean'],
    ],
    stage(raw) {
      const cells = source.cellsOf(raw);
      const { row, problems } = readCustomer(cells);
      if (!row) return { id: cells('customer_id'), problems };
      const values = [
        row.kind,
        row.name,
        row.country,
        row.language,
        row.society,
        row.kam,
        row.isExercise,
      ];
      return { id: row.customerId, problems, values };
    },
    check: async () => undefined,
    write: writeCustomers,
    ending: {
      from: 'audience.customer t',
      idColumn: 'customer_id',
      isStanding: 't.ended_on is null',
      update: `update audience.customer t set ended_on = audience.day_in(t.country) from import_ended x where t.customer_id = x.id`,
    },
  };
}

function writeCustomers(stage: Stage, onConflict: OnConflict): Promise<number> {
  const columns = 'kind, name, country, language, society, kam, is_exercise';
  const of = (alias: string): string => columns.replace(/\w+/g, (name) => `${alias}.${name}`);
  return stage.run(`
    insert into audience.customer (customer_id, ${columns})
    select s.id, ${of('s')} from :stage s left join audience.customer t on t.customer_id = s.id
     where not s.rejected and (t.n is null or t.ended_on is not null or (${of('t')}) is distinct from (${of('s')}))
    ${onConflict(`on conflict (customer_id) do update set (${columns}) = (${of('excluded')}), ended_on = null`)}`);
}
