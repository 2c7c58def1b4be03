import {
  problemSentence,
  type ImportKind,
  type ProblemReason,
  type RowProblem,
} from '@varde/audience-domain';

/** What an import is doing. `waiting`: another import holds the tables. */
export type ImportPhase = 'reading' | 'waiting' | 'checking' | 'writing';

/** How far an import is. */
export interface ImportProgress {
  readonly what: ImportKind;
  readonly phase: ImportPhase;
  readonly rowCount: number;
  readonly rowsPerSecond: number;
  /** An estimate by the bytes read; only while reading. */
  readonly secondsLeft?: number;
  /** 0–1 of the file's bytes. */
  readonly share: number;
}

/** One problem of one row. */
export interface ReportedProblem extends RowProblem {
  readonly line: number;
}

/** What became of one file. */
export interface ImportReport {
  readonly what: ImportKind;
  readonly file: string;
  /** In hexadecimal, of the bytes on the disk. */
  readonly sha256: string;
  readonly isDryRun: boolean;
  readonly isWholeFile: boolean;
  /** Rows in the file: kept + rejected. */
  readonly readCount: number;
  readonly keptCount: number;
  /** Of the kept: without a bad part. */
  readonly partlyCount: number;
  readonly rejectedCount: number;
  /** Rows that are new or differ from what was there; 0 when the same file comes twice. */
  readonly changedCount: number;
  /** Rows that ended because the whole file has them not. */
  readonly endedCount: number;
  readonly reasons: Partial<Record<ProblemReason, number>>;
  /** The first problems in the order of the lines; `onProblem` got all of them. */
  readonly problems: readonly ReportedProblem[];
  readonly warnings: readonly string[];
  readonly understoodCount: number;
  readonly understood: readonly string[];
  /** Where the rejected and the partly kept rows are, if there are any. */
  readonly rejectedFile?: string;
  /** 0, or 4 where rows were rejected or kept without a part. */
  readonly exitCode: 0 | 4;
}

/** What became of a directory. */
export interface WorldReport {
  readonly files: readonly ImportReport[];
  readonly exitCode: 0 | 4;
}

/** One line for stderr: line, column, what is wrong, the masked value. */
export const formatProblem = (what: ImportKind, problem: ReportedProblem): string =>
  `${what} line ${problem.line}: ${problemSentence(problem)}${problem.kept ? '; the rest of the row is kept' : ''}`;

/** A report as a person reads it. */
export function formatReport(report: ImportReport): readonly string[] {
  const done = report.isDryRun ? 'Would change' : 'Changed';
  const lines = [
    `${report.what}: ${report.readCount} rows read, ${report.keptCount} kept, ${report.rejectedCount} rejected. ` +
      `${done} ${report.changedCount}.`,
  ];
  if (report.isWholeFile)
    lines.push(`  ${report.endedCount} rows are absent in the whole file and end today.`);
  if (report.partlyCount > 0)
    lines.push(`  ${report.partlyCount} of the kept rows without a bad part.`);
  for (const [reason, count] of Object.entries(report.reasons))
    lines.push(`  ${count} × ${reason}`);
  if (report.understoodCount > 0) {
    lines.push(
      `  ${report.understoodCount} national numbers were read with their customer's country, such as:`,
    );
    for (const one of report.understood.slice(0, 3)) lines.push(`    ${one}`);
  }
  for (const warning of report.warnings) lines.push(`  Please check: ${warning}`);
  if (report.rejectedFile !== undefined)
    lines.push(`  The rows and the reasons are in ${report.rejectedFile}`);
  if (report.isDryRun) lines.push('  This was a dry run: nothing was kept.');
  return lines;
}
