import type { ClientBase } from 'pg';
import type { Fault, ImportPlan, Stage } from './import-plan';

/** Makes the staging table of a file: temporary, gone when the transaction ends, never in the log of the database. */
export async function createStage(client: ClientBase, plan: ImportPlan): Promise<Stage> {
  const table = `import_${plan.what}`;
  const columns = plan.fields.map(([name, type]) => `${name} ${type}`).join(', ');
  await client.query(`create temp table ${table} (line bigint not null, rejected boolean not null, problems jsonb, id text, ${columns})
    on commit drop`);
  return stageOn(client, table);
}

function stageOn(client: ClientBase, table: string): Stage {
  const run: Stage['run'] = async (sql, parameters = []) =>
    (await client.query(sql.replaceAll(':stage', table), [...parameters])).rowCount ?? 0;
  const note = (fault: Fault, kept: boolean): Promise<number> =>
    run(
      `update :stage s set rejected = s.rejected or ${!kept},
         problems = coalesce(s.problems, '[]') || jsonb_build_array(jsonb_build_object(
           'column', $1::text, 'reason', $2::text, 'value', left(${fault.value}, 80), 'kept', ${kept}))
       ${fault.from ? `from ${fault.from}` : ''} where not s.rejected and (${fault.where})`,
      [fault.column, fault.reason],
    );
  return {
    client,
    table,
    run,
    rows: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql.replaceAll(':stage', table), [...parameters])).rows as Row[],
    reject: (fault) => note(fault, false),
    keep: (fault) => note(fault, true),
  };
}

/** Rejects every row whose id stands in an earlier row of the same file. */
export async function rejectRepeated(stage: Stage, idColumn: string): Promise<void> {
  const repeated = await stage.run(
    `create temp table import_repeated on commit drop as
       select id, min(line) as first_line from :stage where not rejected group by id having count(*) > 1`,
  );
  if (repeated > 0) {
    await stage.reject({
      column: idColumn,
      reason: 'duplicate-id',
      value: 's.id',
      from: 'import_repeated r',
      where: 's.id = r.id and s.line > r.first_line',
    });
  }
  await stage.run('drop table import_repeated');
}
