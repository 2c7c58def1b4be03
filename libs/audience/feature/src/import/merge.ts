import type { ClientBase } from 'pg';
import { Refusal } from '@varde/kernel';
import { checkEnding } from '@varde/audience-domain';
import type { ImportPlan, Stage } from './import-plan';
import { rejectRepeated } from './stage';

/** How a staged file is merged. */
export interface MergeOptions {
  readonly isWholeFile: boolean;
  /** The count that a person typed for a whole file that ends many rows. */
  readonly confirmedEnding: number | undefined;
  readonly onWaiting: () => void;
  readonly onWriting: () => void;
}

/** What a merge did. */
export interface Merged {
  readonly changedCount: number;
  readonly endedCount: number;
}

/** Checks the staged rows against what is there and writes what differs. One import at a time gets in here. */
export async function mergeStage(
  plan: ImportPlan,
  stage: Stage,
  options: MergeOptions,
): Promise<Merged> {
  await waitForTurn(stage.client, options.onWaiting);
  await stage.run('analyze :stage');
  await rejectRepeated(stage, plan.source.header()[0] ?? '');
  await plan.check(stage);
  if (options.isWholeFile) await findEnding(plan, stage, options.confirmedEnding);
  options.onWriting();
  const isFilling = await beginFilling(plan, stage);
  const changed = await plan.write(stage, (clause) => (isFilling ? '' : clause));
  if (isFilling) await stage.run('select audience.end_filling($1)', [plan.what]);
  const endedCount = options.isWholeFile ? await stage.run(plan.ending.update) : 0;
  await stage.run('select audience.analyze_imported($1)', [plan.what]);
  return { changedCount: changed + endedCount, endedCount };
}

async function waitForTurn(client: ClientBase, onWaiting: () => void): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>(
    `select pg_try_advisory_xact_lock(${importLock}) as got`,
  );
  if (rows[0]?.got === true) return;
  onWaiting();
  try {
    await client.query(`set local lock_timeout = '${longestWaitMinutes}min'`);
    await client.query(`select pg_advisory_xact_lock(${importLock})`);
    await client.query(`set local lock_timeout = 0`);
  } catch (cause) {
    if ((cause as { code?: string }).code !== '55P03') throw cause;
    throw new Refusal(
      'import-is-running',
      `Another import has held the tables for ${longestWaitMinutes} minutes. Nothing was changed: try again when it has ended.`,
    );
  }
}

/**
 * Tables that are still empty are filled without their foreign keys and indexes, which come back before the transaction can
 * commit; a guard in the database sees to that. Not worth it for a few rows.
 */
async function beginFilling(plan: ImportPlan, stage: Stage): Promise<boolean> {
  const [many] = await stage.rows(`select from :stage offset ${leastRowsToFill} limit 1`);
  if (!many) return false;
  const [answer] = await stage.rows<{ begun: boolean }>(
    'select audience.begin_filling($1) as begun',
    [plan.what],
  );
  return answer?.begun ?? false;
}

async function findEnding(
  plan: ImportPlan,
  stage: Stage,
  confirmed: number | undefined,
): Promise<void> {
  const { from, idColumn, isStanding } = plan.ending;
  const endingCount = await stage.run(`
    create temp table import_ended on commit drop as
    select t.${idColumn} as id from ${from}
     where ${isStanding} and not exists (select from :stage s where s.id = t.${idColumn})`);
  const [standing] = await stage.rows<{ count: string }>(
    `select count(*) from ${from} where ${isStanding}`,
  );
  checkEnding({ endingCount, standingCount: Number(standing?.count ?? 0), confirmed });
}

const importLock = 4711;
const longestWaitMinutes = 10;
const leastRowsToFill = 20_000;
