import type { RowProblem } from '@varde/audience-domain';
import type { StagedRow, StagedValue } from './import-plan';

const special = /[\\\t\n\r]/;

/** One line of COPY's text format for a staged row: line, rejected, problems, id and the plan's fields. */
export function copyLine(line: number, row: StagedRow, fieldCount: number): string {
  const problems =
    row.problems.length === 0 ? '\\N' : escaped(JSON.stringify(row.problems.map(cleaned)));
  let text = `${line}\t${row.values ? 'f' : 't'}\t${problems}\t${escaped(withoutNul(row.id))}`;
  if (row.values) for (const value of row.values) text += `\t${copyValue(value)}`;
  else text += '\t\\N'.repeat(fieldCount);
  return `${text}\n`;
}

function copyValue(value: StagedValue): string {
  if (value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return `\\\\x${value.toString('hex')}`;
}

function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

// PostgreSQL keeps no NUL in a text.
const withoutNul = (text: string): string => text.replaceAll('\u0000', '\ufffd');

const cleaned = (problem: RowProblem): RowProblem => ({
  ...problem,
  value: withoutNul(problem.value),
});
