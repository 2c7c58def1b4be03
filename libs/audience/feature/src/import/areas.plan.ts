import { randomUUID } from 'node:crypto';
import { readArea, type AreaRow } from '@varde/audience-domain';
import type { EventPayload } from '@varde/contracts';
import type { ImportPlan, Stage, StagedRow } from './import-plan';
import { FeatureSource, type RawRow } from './row-source';
import { rejectUnhung } from './tree-check';

const areasInOneFact = 100;

/** `areas.geojson` → `audience.area`, and the facts by which others learn the names. */
export const areasPlan = (file: string): ImportPlan => ({
  what: 'areas',
  source: new FeatureSource(file),
  fields: [
    ['parent', 'text'],
    ['level', 'text'],
    ['country', 'text'],
    ['names', 'jsonb'],
    ['in_names', 'jsonb'],
    ['valid_from', 'date'],
    ['valid_to', 'date'],
    ['successor', 'text'],
    ['geometry', 'jsonb'],
  ],
  stage: stageArea,
  check: checkAreas,
  write: writeAreas,
  ending: {
    from: 'audience.area t',
    idColumn: 'code',
    isStanding: '(t.valid_to is null or t.valid_to > audience.day_in(t.country))',
    update: `update audience.area t set valid_to = audience.day_in(t.country) from import_ended x where t.code = x.id`,
  },
});

function stageArea(raw: RawRow): StagedRow {
  const { row, problems } = readArea(raw.value);
  return row
    ? { id: row.code, problems, values: valuesOf(row) }
    : { id: raw.cells[0] ?? '', problems };
}

const valuesOf = (row: AreaRow): NonNullable<StagedRow['values']> => [
  row.parent,
  row.level,
  row.country,
  JSON.stringify(row.names),
  JSON.stringify(row.inNames),
  row.validFrom,
  row.validTo,
  row.successor,
  row.geometry && JSON.stringify(row.geometry),
];

async function checkAreas(stage: Stage): Promise<void> {
  await rejectUnhung(stage, {
    existing: 'select code as id, parent from audience.area',
    column: 'parent',
  });
  const rank = (level: string): string =>
    `array_position('{country,county,municipality}', ${level})`;
  const parents = `(select code, level from audience.area a where not exists (select from :stage o where o.id = a.code and not o.rejected)
    union all select id, level from :stage where not rejected) p`;
  // A rejected area takes those below it along: they hang on nothing, or on its earlier version.
  const narrow = {
    column: 'parent',
    reason: 'parent-level',
    value: 's.parent',
    from: parents,
  } as const;
  const where = `p.code = s.parent and ${rank('p.level')} >= ${rank('s.level')}`;
  if (
    (await stage.reject({ ...narrow, from: parents.replaceAll(':stage', stage.table), where })) > 0
  )
    await checkAreas(stage);
}

async function writeAreas(stage: Stage): Promise<number> {
  const columns =
    'parent, level, country, names, in_names, valid_from, valid_to, successor, geometry';
  const of = (alias: string): string => columns.replace(/\w+/g, (name) => `${alias}.${name}`);
  const changed = await stage.rows<ChangedArea>(`
    insert into audience.area (code, ${columns})
    select s.id, ${of('s')} from :stage s left join audience.area t on t.code = s.id
     where not s.rejected and (t.code is null or (${of('t')}) is distinct from (${of('s')}))
    on conflict (code) do update set (${columns}) = (${of('excluded')})
    returning code, parent, level, country, names, in_names as "inNames"`);
  const sorted = changed.sort((a, b) => (a.code < b.code ? -1 : 1));
  for (let from = 0; from < sorted.length; from += areasInOneFact) {
    await tellNames(stage, sorted.slice(from, from + areasInOneFact));
  }
  // Wakes the relay, which is another program (architecture §7).
  if (sorted.length > 0) await stage.run(`select pg_notify('varde_outbox', '')`);
  return changed.length;
}

type ChangedArea = EventPayload<'audience.areas-named.v1'>['areas'][number];

async function tellNames(stage: Stage, areas: readonly ChangedArea[]): Promise<void> {
  await stage.client.query(
    `insert into platform.outbox (id, topic, key, type, payload, headers)
     values ($1, 'audience.events', $2, 'audience.areas-named.v1', $3, '{"ce_source":"/varde/audience"}')`,
    [randomUUID(), areas[0]?.code ?? '', JSON.stringify({ areas })],
  );
}
