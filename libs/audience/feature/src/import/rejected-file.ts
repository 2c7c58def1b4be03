import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { Refusal } from '@varde/kernel';
import { problemSentence, spreadsheetCell, type RowProblem } from '@varde/audience-domain';
import type { RawRow, RowSource } from './row-source';
import { openSource } from './source-file';

/** What is wrong with one line. */
export interface LineProblems {
  readonly line: number;
  readonly isRejected: boolean;
  readonly problems: readonly RowProblem[];
}

/** The name of the list of rejected rows that belongs to a file. */
export const rejectedFileOf = (file: string): string => `${file}.rejected.csv`;

/** Takes away the list of an earlier import, which would speak of rows that are right by now. */
export const removeRejectedFile = (file: string): Promise<void> =>
  rm(rejectedFileOf(file), { force: true });

/**
 * Writes the rows with problems beside the file, each with `reason` and `kept`. The file is read a second time, next to the
 * problems in the order of their lines: neither is ever held whole.
 *
 * @param problems in the order of the lines
 * @throws Refusal `rejected-file-not-writable`, `file-changed` when the file is not the one that was read first
 */
export async function writeRejectedFile(
  file: string,
  source: RowSource,
  problems: AsyncIterable<LineProblems>,
  sha256: Buffer,
): Promise<string> {
  const name = rejectedFileOf(file);
  const part = `${name}.part`;
  const out = createWriteStream(part, { mode: 0o600 });
  let failure: Error | undefined;
  out.on('error', (error) => (failure = error));
  try {
    for await (const line of rejectedLines(file, source, problems, sha256)) {
      if (failure) throw failure;
      if (!out.write(line)) await once(out, 'drain');
    }
    out.end();
    await finished(out);
    await rename(part, name);
    return name;
  } catch (cause) {
    out.destroy();
    await rm(part, { force: true });
    if (cause instanceof Refusal || !(cause as NodeJS.ErrnoException).syscall) throw cause;
    const why = (cause as NodeJS.ErrnoException).code ?? '';
    throw new Refusal(
      'rejected-file-not-writable',
      `The rejected rows cannot be written to ${name} (${why}). Nothing was changed: import a copy in a folder that you may write to.`,
      {},
      undefined,
      { cause },
    );
  }
}

async function* rejectedLines(
  file: string,
  source: RowSource,
  problems: AsyncIterable<LineProblems>,
  sha256: Buffer,
): AsyncGenerator<string> {
  const opened = await openSource(file);
  const wanted = problems[Symbol.asyncIterator]();
  let next = await wanted.next();
  let isHeaderWritten = false;
  for await (const row of rowsOf(opened.pieces, source)) {
    if (!isHeaderWritten) yield csvLine([...source.header(), 'reason', 'kept'], source.delimiter());
    isHeaderWritten = true;
    if (next.done || row.line !== next.value.line) continue;
    yield csvLine(cellsOf(row, source.header().length, next.value), source.delimiter());
    next = await wanted.next();
  }
  if (!next.done || !opened.sha256().equals(sha256)) {
    throw new Refusal(
      'file-changed',
      `${file} changed while it was read. Nothing was kept: import it again.`,
    );
  }
}

async function* rowsOf(pieces: AsyncIterable<string>, source: RowSource): AsyncGenerator<RawRow> {
  for await (const piece of pieces) yield* source.push(piece);
  yield* source.end();
}

// A row with too many cells keeps them in its last one, so that `reason` stays under its own header.
function cellsOf(row: RawRow, width: number, found: LineProblems): string[] {
  const cells = row.cells.slice(0, width).map((cell) => cell.trim());
  if (row.cells.length > width && width > 0)
    cells[width - 1] = row.cells.slice(width - 1).join(' ');
  while (cells.length < width) cells.push('');
  const reason = found.problems.map(problemSentence).join('; ');
  return [...cells, reason, found.isRejected ? 'no' : 'yes'];
}

const csvLine = (cells: readonly string[], delimiter: string): string =>
  `${cells.map(spreadsheetCell).join(delimiter)}\r\n`;
