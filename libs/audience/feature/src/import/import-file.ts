import { beginAudience } from './audience-transaction';
import type { ImportOptions, NamedFile } from './import-options';
import type { ImportReport } from './import-report';
import { keepStaged, stageFile, writeImportRun } from './import-steps';
import { admitSample } from './sample-marker';

/**
 * Imports one file: everything of it or, if it is killed, refused or fails, nothing. The same file again changes nothing.
 *
 * @throws Refusal where nothing was read or kept (exit code 1): `file-not-found`, `file-not-utf8`, `column-unknown`,
 *         `column-missing`, `full-would-end-too-many`, `sample-in-production` and the like
 * @source reference/import-formats.md
 */
export async function importFile(options: ImportOptions & NamedFile): Promise<ImportReport> {
  const isDryRun = options.isDryRun ?? false;
  await admitSample(options.pool, options.file, isDryRun);
  const transaction = await beginAudience(options.pool);
  try {
    const staged = await stageFile(transaction.client, options, options);
    const report = await keepStaged(staged, options);
    if (isDryRun) await transaction.rollBack();
    else await transaction.commit();
    if (isDryRun) await leaveDryRuns([report], options);
    return report;
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}

/** What was only tried out leaves its rows after everything else of it is gone. */
export async function leaveDryRuns(
  reports: readonly ImportReport[],
  options: ImportOptions,
): Promise<void> {
  const transaction = await beginAudience(options.pool);
  try {
    for (const report of reports) {
      await writeImportRun(
        transaction.client,
        report,
        Buffer.from(report.sha256, 'hex'),
        options.by,
      );
    }
    await transaction.commit();
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
}
