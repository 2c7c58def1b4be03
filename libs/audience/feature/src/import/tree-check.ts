import type { Stage } from './import-plan';

/** Which existing rows the new ones hang on: SQL that answers `id`, `parent`. */
export interface Forest {
  readonly existing: string;
  /** The column at fault in a problem. */
  readonly column: string;
}

const longestLoopShown = 12;

/**
 * Rejects staged rows that do not hang, by `parent`, on anything that we know, and rows that form a loop, together. A rejected
 * row leaves its earlier version standing, so that what hangs on it may still be right.
 */
export async function rejectUnhung(stage: Stage, forest: Forest): Promise<void> {
  // Each round rejects one storey: those whose parent is missing, and loops; their children lose their parent in the next.
  while ((await findUnhung(stage, forest)) > 0) {
    const orphans = await stage.reject({
      column: forest.column,
      reason: 'unknown-parent',
      value: 's.parent',
      from: 'import_unhung u',
      where: 's.id = u.id and u.is_orphan',
    });
    const loops = await rejectLoops(stage, forest.column);
    await stage.run('drop table import_unhung');
    // What is left then is a loop among existing rows, which no import makes: nothing of this file can be blamed.
    if (orphans + loops === 0) return;
  }
  await stage.run('drop table import_unhung');
}

function findUnhung(stage: Stage, { existing }: Forest): Promise<number> {
  return stage.run(`
    create temp table import_unhung on commit drop as
    with recursive forest as materialized (
      select id, parent from :stage where not rejected
      union all
      select e.id, e.parent from (${existing}) e
       where not exists (select from :stage s where s.id = e.id and not s.rejected)),
    hung as (
      select id from forest where parent is null
      union all
      select f.id from forest f join hung h on f.parent = h.id)
    select f.id, f.parent, not exists (select from forest p where p.id = f.parent) as is_orphan
      from forest f where f.id not in (select id from hung)`);
}

async function rejectLoops(stage: Stage, column: string): Promise<number> {
  await stage.run(
    `create temp table import_loop on commit drop as select id, parent from import_unhung where not is_orphan`,
  );
  // What nobody hangs on is no part of a loop: taken off again and again, only loops remain.
  while (
    (await stage.run(
      `delete from import_loop l where not exists (select from import_loop c where c.parent = l.id)
          or not exists (select from import_loop p where p.id = l.parent)`,
    )) > 0
  );
  const rejected = await stage.reject({
    column,
    reason: 'loop',
    value: loopPath,
    from: 'import_loop l',
    where: 's.id = l.id',
  });
  await stage.run('drop table import_loop');
  return rejected;
}

const loopPath = `(with recursive path as (
    select l.id as start, l.parent as at, l.id || ' > ' || l.parent as told, 1 as steps
    union all
    select p.start, n.parent, p.told || ' > ' || n.parent, p.steps + 1
      from path p join import_loop n on n.id = p.at where p.at <> p.start and p.steps < ${longestLoopShown})
  select told from path order by steps desc limit 1)`;
