import {
  formatProblem,
  formatReport,
  importFile,
  importWorld,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type NamedFile,
} from '@varde/audience-feature';
import type { Database } from '@varde/platform-database';
import { AddressCipher, readAddressKeys } from '@varde/platform-secrets';
import { needed, type Context } from '../context';
import { exit, wrongUse } from '../exit';
import { counted, grouped } from '../words';
import { copyTopology } from './copy-topology';

/** How files are imported. */
export interface ImportFlags {
  readonly full?: boolean;
  readonly confirm?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type What = 'world' | NamedFile['what'];

/** Reads files of the operator's own systems into the audience, and gives the incident context its copy of the network. */
export async function runImport(
  context: Context,
  what: What,
  path: string,
  flags: ImportFlags,
): Promise<void> {
  const cipher = cipherOf(context);
  const reports = await context.withDatabase('import', async (database) => {
    const options = {
      pool: database.pool,
      cipher,
      by: context.config.USER ?? 'machine room',
      isDryRun: flags.dryRun ?? false,
      isWholeFile: flags.full ?? false,
      ...(process.stderr.isTTY ? { onProgress: showProgress } : {}),
    };
    try {
      return await importAs(context, what, path, options, flags.confirm);
    } finally {
      // Also where a later file was refused: areas and elements before it are in.
      if (!flags.dryRun && ['world', 'areas', 'elements'].includes(what))
        await tellTopology(context, database);
    }
  });
  context.answer(flags.json, { files: reports }, reports.map(resultLine));
  tellWhatIsMissing(context, reports);
}

function cipherOf(context: Context): AddressCipher {
  const file = needed(
    context.config.VARDE_ADDRESS_KEYS_FILE,
    'VARDE_ADDRESS_KEYS_FILE',
    'the keys of the encrypted addresses',
  );
  try {
    return new AddressCipher(readAddressKeys(file));
  } catch (cause) {
    throw wrongUse(
      `VARDE_ADDRESS_KEYS_FILE names ${file}: ${cause instanceof Error ? cause.message : 'it cannot be read.'}`,
    );
  }
}

async function importAs(
  context: Context,
  what: What,
  path: string,
  options: ImportOptions,
  confirm: number | undefined,
): Promise<readonly ImportReport[]> {
  const onReport = (report: ImportReport): void => {
    for (const problem of report.problems) context.progress(formatProblem(report.what, problem));
    for (const line of formatReport(report)) context.progress(line);
  };
  if (what === 'world') return (await importWorld(path, { ...options, onReport })).files;
  const report = await importFile({
    ...options,
    what,
    file: path,
    ...(confirm === undefined ? {} : { confirmedEnding: confirm }),
  });
  onReport(report);
  return [report];
}

async function tellTopology(context: Context, database: Database): Promise<void> {
  const changed = await copyTopology(database);
  if (changed > 0)
    context.progress(`The incident side has learnt ${counted(changed, 'change')} of the network.`);
}

const resultLine = (report: ImportReport): string =>
  `${report.what}: ${grouped(report.keptCount)} kept, ${grouped(report.changedCount)} ${report.isDryRun ? 'would change' : 'changed'}, ${grouped(report.rejectedCount)} rejected`;

function tellWhatIsMissing(context: Context, reports: readonly ImportReport[]): void {
  const sum = (count: (report: ImportReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  if (!reports.some((report) => report.exitCode === exit.inPart)) return;
  context.progress(
    `Done in part: ${counted(
      sum((one) => one.rejectedCount),
      'row',
    )} rejected, ${grouped(sum((one) => one.partlyCount))} kept without a bad part.`,
  );
  process.exitCode = exit.inPart;
}

// One line that is written over: in a terminal only, a log would get thousands of them.
function showProgress({ what, phase, share, rowCount, secondsLeft }: ImportProgress): void {
  const left = secondsLeft === undefined ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
  const text = `${what}: ${phase}, ${grouped(rowCount)} rows, ${Math.round(share * 100)} %${left}`;
  process.stderr.write(`\r${text.padEnd(78)}\r`);
}
