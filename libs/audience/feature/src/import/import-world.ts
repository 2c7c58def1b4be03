import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@varde/kernel';
import { importKinds, type ImportKind } from '@varde/audience-domain';
import { beginAudience, type AudienceTransaction } from './audience-transaction';
import { leaveDryRuns } from './import-file';
import type { ImportOptions, NamedFile } from './import-options';
import type { ImportReport, WorldReport } from './import-report';
import { keepStaged, stageFile, type StagedFile } from './import-steps';
import { admitSample } from './sample-marker';

/** How a directory is imported. A typed count belongs to one file, so it is not among them. */
export type WorldOptions = Omit<ImportOptions, 'confirmedEnding'> & {
  /** Told when a file is in, before the next one. */
  readonly onReport?: (report: ImportReport) => void;
};

const fileNames: Readonly<Record<ImportKind, string>> = {
  areas: 'areas.geojson',
  elements: 'elements.csv',
  calendars: 'calendars.json',
  customers: 'customers.csv',
  subscriptions: 'subscriptions.csv',
  contacts: 'contacts.csv',
  agreements: 'agreements.csv',
};

/**
 * Imports the files of a directory, in the order in which they refer to each other; `.gz` is found too, absent files are left
 * out. Each file is in or not by itself: a file that is refused stops those after it, since they may stand on it.
 *
 * While one file is merged, the next is read already. A dry run is one transaction, so that later files see earlier ones.
 *
 * @throws Refusal `world-empty`, and what `importFile` throws
 */
export async function importWorld(directory: string, options: WorldOptions): Promise<WorldReport> {
  const files = await filesOf(directory);
  await admitSample(options.pool, join(directory, files[0]?.file ?? ''), options.isDryRun ?? false);
  const reports = options.isDryRun
    ? await tryFiles(files, options)
    : await keepFiles(files, options);
  return { files: reports, exitCode: reports.some((report) => report.exitCode === 4) ? 4 : 0 };
}

async function filesOf(directory: string): Promise<readonly NamedFile[]> {
  const names = await readdir(directory).catch((): string[] => []);
  const files = importKinds.flatMap((what) => {
    const name = [fileNames[what], `${fileNames[what]}.gz`].find((one) => names.includes(one));
    return name === undefined ? [] : [{ what, file: join(directory, name) }];
  });
  if (files.length > 0) return files;
  throw new Refusal(
    'world-empty',
    `${directory} holds none of ${Object.values(fileNames).join(', ')}: check the name of the folder.`,
  );
}

async function tryFiles(
  files: readonly NamedFile[],
  options: WorldOptions,
): Promise<ImportReport[]> {
  const transaction = await beginAudience(options.pool);
  const reports: ImportReport[] = [];
  try {
    for (const file of files) {
      const staged = await stageFile(transaction.client, file, options);
      reports.push(await keepStaged(staged, options));
      options.onReport?.(reports[reports.length - 1] as ImportReport);
    }
  } finally {
    await transaction.rollBack();
  }
  await leaveDryRuns(reports, options);
  return reports;
}

type Ahead = { readonly transaction: AudienceTransaction; readonly staged: StagedFile };

async function keepFiles(
  files: readonly NamedFile[],
  options: WorldOptions,
): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  let kept: Promise<unknown> = Promise.resolve();
  let ahead: Promise<Ahead> | undefined;
  for (const [index, file] of files.entries()) {
    const { transaction, staged } = await (ahead ?? readAhead(file, options, kept));
    const keeping = keep(transaction, staged, options);
    kept = keeping;
    const next = files[index + 1];
    ahead = next && readAhead(next, options, kept);
    // If this file fails, what was read ahead is dropped below; its own failure is told by the loop.
    ahead?.catch(() => undefined);
    try {
      reports.push(await keeping);
    } catch (error) {
      await ahead?.then(
        (one) => one.transaction.rollBack(),
        () => undefined,
      );
      throw error;
    }
    options.onReport?.(reports[index] as ImportReport);
  }
  return reports;
}

async function readAhead(
  file: NamedFile,
  options: WorldOptions,
  kept: Promise<unknown>,
): Promise<Ahead> {
  const transaction = await beginAudience(options.pool);
  try {
    return { transaction, staged: await stageFile(transaction.client, file, options, kept) };
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}

async function keep(
  transaction: AudienceTransaction,
  staged: StagedFile,
  options: WorldOptions,
): Promise<ImportReport> {
  try {
    const report = await keepStaged(staged, options);
    await transaction.commit();
    return report;
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}
