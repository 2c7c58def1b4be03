import { elementColumns, readElement } from '@varde/audience-domain';
import type { ImportPlan, Stage } from './import-plan';
import { CsvSource } from './row-source';
import { rejectUnhung } from './tree-check';

/** `elements.csv` → `audience.element`. */
export function elementsPlan(file: string): ImportPlan {
  const source = new CsvSource(elementColumns, file);
  return {
    what: 'elements',
    source,
    fields: [
      ['kind', 'text'],
      ['parent', 'text'],
      ['area', 'text'],
      ['name', 'text'],
      ['lat', 'double precision'],
      ['lon', 'double precision'],
      ['services', 'int'],
    ],
    stage(raw) {
      const cells = source.cellsOf(raw);
      const { row, problems } = readElement(cells);
      if (!row) return { id: cells('element_id'), problems };
      const values = [row.kind, row.parentId, row.area, row.name, row.lat, row.lon, row.services];
      return { id: row.elementId, problems, values };
    },
    check: checkElements,
    write: writeElements,
    ending: {
      from: 'audience.element t join audience.area a on a.code = t.area',
      idColumn: 'element_id',
      isStanding: 't.ended_on is null',
      update: `update audience.element t set ended_on = audience.day_in(a.country) from import_ended x, audience.area a
        where t.element_id = x.id and a.code = t.area`,
    },
  };
}

async function checkElements(stage: Stage): Promise<void> {
  await stage.reject({
    column: 'area',
    reason: 'unknown-area',
    value: 's.area',
    where: 'not exists (select from audience.area a where a.code = s.area)',
  });
  const existing = `select e.element_id as id, p.element_id as parent
    from audience.element e left join audience.element p on p.n = e.parent_n`;
  await rejectUnhung(stage, { existing, column: 'parent_id' });
}

async function writeElements(stage: Stage): Promise<number> {
  const columns = 'kind, area, name, lat, lon, services';
  const of = (alias: string): string => columns.replace(/\w+/g, (name) => `${alias}.${name}`);
  await stage.run('create temp table import_changed (id text) on commit drop');
  await stage.run(`
    with written as (
      insert into audience.element (element_id, ${columns})
      select s.id, ${of('s')} from :stage s left join audience.element t on t.element_id = s.id
       where not s.rejected and (t.n is null or t.ended_on is not null or (${of('t')}) is distinct from (${of('s')}))
       order by s.line
      on conflict (element_id) do update set (${columns}) = (${of('excluded')}), ended_on = null
      returning element_id)
    insert into import_changed select element_id from written`);
  // The parent may stand further down in the same file, so its number is known only now.
  await stage.run(`
    with hung as (
      update audience.element t set parent_n = p.n
        from :stage s left join audience.element p on p.element_id = s.parent
       where t.element_id = s.id and not s.rejected and t.parent_n is distinct from p.n
      returning t.element_id)
    insert into import_changed select element_id from hung`);
  const [count] = await stage.rows<{ changed: string }>(
    'select count(distinct id) as changed from import_changed',
  );
  await stage.run('drop table import_changed');
  return Number(count?.changed ?? 0);
}
