import type { ProblemReason, RowProblem } from './row-problem';

const longestValueShown = 80;
const longestText = 400;
const longestId = 120;
const control = /[\u0000-\u001f\u007f\u0080-\u009f\u2028\u2029]/;
const idForm = /^[^\s|\u0000-\u001f\u007f-\u009f]+$/u;
const dateForm = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeForm = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const numberForm = /^-?\d{1,3}(?:\.\d{1,12})?$/;

/** Gives the cells of one row by column, spaces around them cut off; a column that the file has not is empty. */
export type Cells<Column extends string> = (column: Column) => string;

/**
 * Reads the cells of one row and keeps what is wrong with them. Not pure state for ever: one is made for each row, and it is
 * thrown away with it.
 */
export class CellReader<Column extends string> {
  readonly problems: RowProblem[] = [];
  rejected = false;

  constructor(private readonly cells: Cells<Column>) {}

  /** The cell as it is, unchecked. */
  raw(column: Column): string {
    return this.cells(column);
  }

  /** Notes a problem that stops the row. */
  reject(column: Column, reason: ProblemReason, value = this.cells(column)): undefined {
    this.rejected = true;
    this.problems.push({ column, reason, value: shorten(value), kept: false });
    return undefined;
  }

  /** Notes a problem that costs the row a part only. */
  keep(column: Column, reason: ProblemReason, value: string): undefined {
    this.problems.push({ column, reason, value: shorten(value), kept: true });
    return undefined;
  }

  /** An id that must be there. */
  id(column: Column): string {
    const value = this.cells(column);
    if (value === '') this.reject(column, 'value-missing');
    else if (!isId(value)) this.reject(column, 'id-invalid');
    return value;
  }

  /** An id, or nothing. */
  optionalId(column: Column): string | undefined {
    return this.cells(column) === '' ? undefined : this.id(column);
  }

  /** Free text on one line, or nothing. */
  text(column: Column): string | undefined {
    const value = this.cells(column);
    if (value === '') return undefined;
    if (value.length > longestText || control.test(value))
      return this.reject(column, 'text-invalid', '');
    return value;
  }

  /** One word of a closed list that must be there. */
  word<Word extends string>(column: Column, words: readonly Word[]): Word {
    const value = this.cells(column);
    const found = words.find((word) => word === value);
    if (found === undefined) this.reject(column, value === '' ? 'value-missing' : 'word-unknown');
    // A row with a problem is dropped by whoever asks `rejected`; until then any word of the list will do.
    return found ?? (words[0] as Word);
  }

  /** One word of a closed list, or nothing. */
  optionalWord<Word extends string>(column: Column, words: readonly Word[]): Word | undefined {
    return this.cells(column) === '' ? undefined : this.word(column, words);
  }

  /** Words of a closed list in the order written, each once. */
  words<Word extends string>(column: Column, words: readonly Word[]): readonly Word[] {
    const found: Word[] = [];
    for (const item of listOf(this.cells(column))) {
      const word = words.find((one) => one === item);
      if (word === undefined) this.reject(column, 'word-unknown', item);
      else if (!found.includes(word)) found.push(word);
    }
    return found;
  }

  /** A calendar date, or nothing. */
  date(column: Column): string | undefined {
    const value = this.cells(column);
    if (value === '') return undefined;
    return isDate(value) ? value : this.reject(column, 'date-invalid');
  }

  /** A wall time `HH:MM`, or nothing. */
  time(column: Column): string | undefined {
    const value = this.cells(column);
    if (value === '') return undefined;
    return timeForm.test(value) ? value : this.reject(column, 'time-invalid');
  }

  /** A decimal number between two bounds, or nothing. */
  number(column: Column, from: number, to: number): number | undefined {
    const value = this.cells(column);
    if (value === '') return undefined;
    const n = Number(value);
    return numberForm.test(value) && n >= from && n <= to
      ? n
      : this.reject(column, 'number-invalid');
  }
}

/** May this text be the id of something? */
export const isId = (text: string): boolean => text.length <= longestId && idForm.test(text);

/** The parts of a cell that holds a list, spaces cut off, empty parts left out. */
export const listOf = (cell: string): readonly string[] =>
  cell === ''
    ? []
    : cell
        .split('|')
        .map((part) => part.trim())
        .filter((part) => part !== '');

/** Is this a day of the calendar, as `YYYY-MM-DD`? */
export function isDate(text: string): boolean {
  const found = dateForm.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= longest;
}

const shorten = (value: string): string => {
  const oneLine = value.replace(new RegExp(control.source, 'gu'), ' ');
  return oneLine.length > longestValueShown ? `${oneLine.slice(0, longestValueShown)}…` : oneLine;
};
