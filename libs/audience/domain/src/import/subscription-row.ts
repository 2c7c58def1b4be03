import { isNationalNumber, type AddressGrammar } from './address-grammar';
import { CellReader, isId, listOf, type Cells } from './cell';
import type { ColumnOf, subscriptionColumns } from './columns';
import type { Reading } from './row-problem';
import { serviceBits } from './service-bits';
import { importServices, type ImportCountry } from './words';

/** Who uses what, where, as a row of `subscriptions.csv` tells it. @source reference/import-formats.md */
export interface SubscriptionRow {
  readonly subscriptionId: string;
  readonly customerId: string;
  /** Bits, never 0. */
  readonly services: number;
  /** Element ids in the order written, each once: the first decides *out* or *partly*. */
  readonly elements: readonly string[];
  readonly area: string | undefined;
  /** The number in E.164, or the circuit as it is written. */
  readonly identifier: string | undefined;
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
}

type SubscriptionCells = Cells<ColumnOf<typeof subscriptionColumns>>;

/** Must the customer's country be known before this row can be read? */
export const subscriptionNeedsCountry = (cells: SubscriptionCells): boolean =>
  isNationalNumber(cells('identifier'));

/**
 * Reads one row of `subscriptions.csv`.
 *
 * @param country the customer's, for a national number
 */
export function readSubscription(
  cells: SubscriptionCells,
  grammar: Pick<AddressGrammar, 'phone'>,
  country?: ImportCountry,
): Reading<SubscriptionRow> {
  const reader = new CellReader(cells);
  const subscriptionId = reader.id('subscription_id');
  const customerId = reader.id('customer_id');
  const services = serviceBits(reader.words('services', importServices));
  if (services === 0 && !reader.rejected) reader.reject('services', 'value-missing');
  const elements = elementsOf(reader);
  const area = reader.optionalId('area');
  const identifier = identifierOf(reader, grammar, country);
  const validFrom = reader.date('valid_from');
  const validTo = reader.date('valid_to');
  if (validFrom && validTo && validTo < validFrom) reader.reject('valid_to', 'dates-reversed');
  if (reader.rejected) return { problems: reader.problems };
  const row = {
    subscriptionId,
    customerId,
    services,
    elements,
    area,
    identifier,
    validFrom,
    validTo,
  };
  return { problems: reader.problems, row };
}

function elementsOf(reader: CellReader<ColumnOf<typeof subscriptionColumns>>): readonly string[] {
  const found: string[] = [];
  for (const id of listOf(reader.raw('elements'))) {
    if (!isId(id)) reader.keep('elements', 'unknown-element', id);
    else if (!found.includes(id)) found.push(id);
  }
  return found;
}

// A circuit has no grammar: what is not a number is kept as it is written.
function identifierOf(
  reader: CellReader<ColumnOf<typeof subscriptionColumns>>,
  grammar: Pick<AddressGrammar, 'phone'>,
  country: ImportCountry | undefined,
): string | undefined {
  const text = reader.text('identifier');
  if (text === undefined) return undefined;
  return grammar.phone(text, country) ?? text;
}
