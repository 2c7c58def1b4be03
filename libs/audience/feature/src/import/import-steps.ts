import type { ClientBase } from 'pg';
import { readIntoStage, type ReadFile } from './file-reading';
import type { ImportOptions, NamedFile } from './import-options';
import type { ImportPlan, Stage } from './import-plan';
import type { ImportPhase, ImportReport } from './import-report';
import { mergeStage, type Merged } from './merge';
import { planOf } from './plan-of';
import { problemLines, ProblemTally } from './problem-list';
import { rejectedFileOf, removeRejectedFile, writeRejectedFile } from './rejected-file';
import { openSource } from './source-file';
import { createStage } from './stage';

/** A file that lies in its staging table, its transaction still open. */
export interface StagedFile extends NamedFile {
  readonly plan: ImportPlan;
  readonly stage: Stage;
  readonly read: ReadFile;
}

/** First step: reads a file into a staging table. Nothing that anybody else can see changes. */
export async function stageFile(
  client: ClientBase,
  named: NamedFile,
  options: ImportOptions,
  customersReady: Promise<unknown> = Promise.resolve(),
): Promise<StagedFile> {
  const source = await openSource(named.file);
  const plan = planOf(named, options.cipher);
  const stage = await createStage(client, plan);
  const onProgress = options.onProgress ?? ((): void => undefined);
  const read = await readIntoStage(client, plan, source, { onProgress, customersReady });
  return { ...named, plan, stage, read };
}

/** Second step: checks and writes what differs, lists the rejected rows, leaves a row about the import. */
export async function keepStaged(
  staged: StagedFile,
  options: ImportOptions,
): Promise<ImportReport> {
  const { plan, stage, read } = staged;
  const tell = (phase: ImportPhase) => (): void =>
    options.onProgress?.({
      what: plan.what,
      phase,
      rowCount: read.readCount,
      rowsPerSecond: 0,
      share: 1,
    });
  tell('checking')();
  const merged = await mergeStage(plan, stage, {
    isWholeFile: options.isWholeFile ?? false,
    confirmedEnding: options.confirmedEnding,
    onWaiting: tell('waiting'),
    onWriting: tell('writing'),
  });
  const report = await reportOn(staged, merged, options);
  if (!report.isDryRun) await writeImportRun(stage.client, report, read.sha256, options.by);
  // A world that is only tried out is one transaction: the names must be free for the next file.
  await stage.run('drop table :stage; drop table if exists import_ended');
  return report;
}

async function reportOn(
  staged: StagedFile,
  merged: Merged,
  options: ImportOptions,
): Promise<ImportReport> {
  const { what, file, read } = staged;
  const tally = new ProblemTally((problem) => options.onProblem?.(what, problem));
  const [some] = await staged.stage.rows('select from :stage where problems is not null limit 1');
  await removeRejectedFile(file);
  if (some) {
    const again = planOf({ what, file }, options.cipher).source;
    await writeRejectedFile(file, again, tally.counting(problemLines(staged.stage)), read.sha256);
  }
  const { rejectedCount, partlyCount, reasons, problems } = tally;
  return {
    what,
    file,
    sha256: read.sha256.toString('hex'),
    isDryRun: options.isDryRun ?? false,
    isWholeFile: options.isWholeFile ?? false,
    readCount: read.readCount,
    keptCount: read.readCount - rejectedCount,
    partlyCount,
    rejectedCount,
    ...merged,
    reasons,
    problems,
    warnings: read.warnings,
    understoodCount: read.understoodCount,
    understood: read.understood,
    ...(some ? { rejectedFile: rejectedFileOf(file) } : {}),
    exitCode: some ? 4 : 0,
  };
}

/** Leaves a row about an import: who, which file, how many. */
export async function writeImportRun(
  client: ClientBase,
  report: ImportReport,
  sha256: Buffer,
  by: string,
): Promise<void> {
  await client.query(
    `insert into audience.import_run (what, file, sha256, by_who, dry_run, full_file, finished_at,
       read_count, kept_count, partly_count, changed_count, rejected_count, ended_count)
     values ($1, $2, $3, $4, $5, $6, platform.clock(), $7, $8, $9, $10, $11, $12)`,
    [
      ...[report.what, report.file, sha256, by, report.isDryRun, report.isWholeFile],
      ...[report.readCount, report.keptCount, report.partlyCount],
      ...[report.changedCount, report.rejectedCount, report.endedCount],
    ],
  );
}
