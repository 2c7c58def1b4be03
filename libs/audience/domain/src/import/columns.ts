import { Refusal } from '@varde/kernel';

/** The columns of one kind of file: bold ones must be in the header, the others may be absent. */
export interface ColumnContract<Column extends string> {
  readonly bold: readonly Column[];
  readonly optional: readonly Column[];
}

/** Columns of `elements.csv`. @source reference/import-formats.md */
export const elementColumns = {
  bold: ['element_id', 'kind', 'parent_id', 'area', 'services'],
  optional: ['name', 'lat', 'lon'],
} as const;

/** Columns of `customers.csv`. @source reference/import-formats.md */
export const customerColumns = {
  bold: ['customer_id', 'kind', 'country', 'language'],
  optional: ['name', 'society', 'kam', 'exercise'],
} as const;

/** Columns of `subscriptions.csv`. @source reference/import-formats.md */
export const subscriptionColumns = {
  bold: ['subscription_id', 'customer_id', 'services', 'elements'],
  optional: ['area', 'identifier', 'valid_from', 'valid_to'],
} as const;

/** Columns of `contacts.csv`. @source reference/import-formats.md */
export const contactColumns = {
  bold: ['contact_id', 'customer_id', 'role'],
  optional: [
    ...(['name', 'language', 'sms', 'email', 'sms_operator'] as const),
    ...(['channels', 'quiet_from', 'quiet_to', 'opt_outs'] as const),
  ],
} as const;

/** Columns of `agreements.csv`. @source reference/import-formats.md */
export const agreementColumns = {
  bold: ['agreement_id', 'customer_id', 'level', 'valid_from', 'support_hours', 'responsible'],
  optional: [
    ...(['base_agreement', 'binding_until', 'valid_to', 'first_after', 'then_every'] as const),
    ...(['reading', 'kpi_target_percent', 'support_code_hash', 'zones', 'report_email'] as const),
  ],
} as const;

/** The name of a column in a contract. */
export type ColumnOf<Contract extends ColumnContract<string>> =
  Contract['bold'][number] | Contract['optional'][number];

/** Which cell of a row holds a column; absent = the file has it not. */
export type ColumnPlaces<Column extends string> = Partial<Record<Column, number>>;

/** The delimiter that a header line uses: Nordic spreadsheets write `;`. */
export const delimiterOf = (header: string): ',' | ';' =>
  header.split(';').length > header.split(',').length ? ';' : ',';

/**
 * Finds the columns of a file by the names in its header, in any order.
 *
 * @throws Refusal `column-unknown`, `column-missing`, `column-twice`: nothing of such a file is read, since a typing error in a
 *         header would lose a field silently
 */
export function placesOf<Column extends string>(
  header: readonly string[],
  contract: ColumnContract<Column>,
): ColumnPlaces<Column> {
  const names = header.map((name) => name.trim());
  const known = [...contract.bold, ...contract.optional];
  const unknown = names.filter((name) => !known.some((column) => column === name));
  if (unknown.length > 0)
    throw refused('column-unknown', 'has columns that we do not know', unknown, known);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw refused('column-twice', 'has columns more than once', twice, known);
  const missing = contract.bold.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw refused('column-missing', 'lacks columns that must be there', missing, known);
  const places: ColumnPlaces<Column> = {};
  names.forEach((name, index) => (places[name as Column] = index));
  return places;
}

function refused(
  code: string,
  what: string,
  names: readonly string[],
  known: readonly string[],
): Refusal {
  const shown = names
    .slice(0, 10)
    .map((name) => `"${name.slice(0, 40).replace(/[\u0000-\u001f]/g, ' ')}"`);
  return new Refusal(
    code,
    `Line 1: the header ${what}: ${shown.join(', ')}. Nothing was read. The columns are ${known.join(', ')}.`,
    { columns: names.slice(0, 10) },
  );
}
