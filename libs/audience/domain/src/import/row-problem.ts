/** Why a row, or a part of it, is not taken. @source reference/import-formats.md, "Rules for every file" */
export const problemReasons = [
  'cell-count',
  'quote-broken',
  'row-too-long',
  'value-missing',
  'value-unexpected',
  'word-unknown',
  'id-invalid',
  'text-invalid',
  'number-invalid',
  'date-invalid',
  'dates-reversed',
  'time-invalid',
  'quiet-hours-incomplete',
  'duration-invalid',
  'shape-invalid',
  'area-code-invalid',
  'area-name-missing',
  'phone-invalid',
  'phone-takes-no-sms',
  'email-invalid',
  'hash-invalid',
  'duplicate-id',
  'unknown-customer',
  'unknown-area',
  'unknown-parent',
  'parent-level',
  'loop',
  'unknown-element',
  'placed-nowhere',
  'unknown-zone',
  'unknown-calendar',
  'unknown-contact',
  'calendar-has-no-opening',
] as const;
/** One of {@link problemReasons}. */
export type ProblemReason = (typeof problemReasons)[number];

/** One thing that is wrong with one row. */
export interface RowProblem {
  /** The column at fault; empty where the whole row is. */
  readonly column: string;
  readonly reason: ProblemReason;
  /** What stood there, cut short; contact data is masked already (S-28). */
  readonly value: string;
  /** Whether the row is kept without its bad part. */
  readonly kept: boolean;
}

/** A row that was read: what it says, unless it is rejected, and everything that is wrong with it. */
export interface Reading<Row> {
  /** Absent: the row is rejected. */
  readonly row?: Row;
  readonly problems: readonly RowProblem[];
}

const sentences: Readonly<Record<ProblemReason, string>> = {
  'cell-count':
    'has more or fewer cells than the header: look for a missing or an unquoted delimiter',
  'quote-broken': 'has a quotation mark that does not close, or text after one that does',
  'row-too-long': 'is longer than a row may be',
  'value-missing': 'is empty, but must be known',
  'value-unexpected': 'must be empty here',
  'word-unknown': 'is none of the words of this column',
  'id-invalid': 'is no id: at most 120 characters, no spaces, no "|"',
  'text-invalid': 'is too long or has control characters in it',
  'number-invalid': 'is no number of this column',
  'date-invalid': 'is no date: write YYYY-MM-DD',
  'dates-reversed': 'ends before it begins',
  'time-invalid': 'is no wall time: write HH:MM',
  'quiet-hours-incomplete': 'needs a beginning and an end that differ',
  'duration-invalid': 'is no duration that an agreement may have, such as PT2H',
  'shape-invalid': 'has not the form that this file asks for',
  'area-code-invalid': 'is no area code of its level, such as NO, NO-46, NO-4601',
  'area-name-missing': "lacks the name in the country's own language",
  'phone-invalid': 'is no telephone number: the address is left empty',
  'phone-takes-no-sms': 'is a fixed number that takes no SMS: the address is left empty',
  'email-invalid': 'is no mail address that we accept: the address is left empty',
  'hash-invalid': 'is not of the form scrypt$N$r$p$salt$hash',
  'duplicate-id': 'stands in an earlier row of this file already: the first one counts',
  'unknown-customer': 'is a customer that we do not know: import customers first',
  'unknown-area': 'is an area that we do not know: import areas first',
  'unknown-parent': 'hangs on something that we do not know',
  'parent-level': 'hangs on an area that is not wider than itself',
  loop: 'hangs on itself by way of',
  'unknown-element': 'is an element that we do not know: it is dropped',
  'placed-nowhere': 'has neither a known element nor an area: no incident will ever find it',
  'unknown-zone': 'is no area and no element that we know: it is dropped',
  'unknown-calendar': 'is a calendar that we do not know',
  'unknown-contact': 'is a contact that we do not know',
  'calendar-has-no-opening': 'never opens (calendar-has-no-opening)',
};

/** One plain sentence about a problem, for stderr and for the `reason` column of the rejected rows. */
export function problemSentence({ column, reason, value }: RowProblem): string {
  const what = column === '' ? 'the row' : column;
  const shown = value === '' ? '' : ` (${value})`;
  return `${what} ${sentences[reason]}${shown}`;
}
