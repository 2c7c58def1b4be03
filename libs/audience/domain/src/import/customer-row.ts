import { CellReader, type Cells } from './cell';
import type { ColumnOf, customerColumns } from './columns';
import type { Reading } from './row-problem';
import {
  customerKinds,
  importCountries,
  importLanguages,
  societyKinds,
  type CustomerKind,
  type ImportCountry,
  type ImportLanguage,
  type SocietyKind,
} from './words';

/** A customer, as a row of `customers.csv` tells it. @source reference/import-formats.md */
export interface CustomerRow {
  readonly customerId: string;
  readonly kind: CustomerKind;
  readonly name: string | undefined;
  readonly country: ImportCountry;
  readonly language: ImportLanguage;
  readonly society: SocietyKind | undefined;
  readonly kam: string | undefined;
  /** An invented customer that only exercises may reach. */
  readonly isExercise: boolean;
}

/** Reads one row of `customers.csv`. */
export function readCustomer(cells: Cells<ColumnOf<typeof customerColumns>>): Reading<CustomerRow> {
  const reader = new CellReader(cells);
  const row: CustomerRow = {
    customerId: reader.id('customer_id'),
    kind: reader.word('kind', customerKinds),
    name: reader.text('name'),
    country: reader.word('country', importCountries),
    language: reader.word('language', importLanguages),
    society: reader.optionalWord('society', societyKinds),
    kam: reader.text('kam'),
    isExercise: reader.optionalWord('exercise', ['yes', 'no']) === 'yes',
  };
  return reader.rejected ? { problems: reader.problems } : { problems: reader.problems, row };
}
