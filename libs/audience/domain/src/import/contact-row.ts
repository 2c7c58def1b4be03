import { isFixedLine, isNationalNumber, type AddressGrammar } from './address-grammar';
import { CellReader, type Cells } from './cell';
import type { ColumnOf, contactColumns } from './columns';
import type { Reading } from './row-problem';
import {
  contactRoles,
  importLanguages,
  optOutTopics,
  preferredChannels,
  smsOperators,
  type ContactRole,
  type ImportCountry,
  type ImportLanguage,
  type OptOutTopic,
  type PreferredChannel,
  type SmsOperator,
} from './words';

/** Whom to tell and how, as a row of `contacts.csv` tells it. @source reference/import-formats.md */
export interface ContactRow {
  readonly contactId: string;
  readonly customerId: string;
  readonly name: string | undefined;
  /** Absent: the customer's. */
  readonly language: ImportLanguage | undefined;
  readonly role: ContactRole;
  /** In E.164. */
  readonly sms: string | undefined;
  readonly email: string | undefined;
  readonly smsOperator: SmsOperator;
  readonly channels: readonly PreferredChannel[];
  readonly quietFrom: string | undefined;
  readonly quietTo: string | undefined;
  readonly optOuts: readonly OptOutTopic[];
}

type ContactColumn = ColumnOf<typeof contactColumns>;

/** Must the customer's country be known before this row can be read? */
export const contactNeedsCountry = (cells: Cells<ContactColumn>): boolean =>
  isNationalNumber(cells('sms'));

/**
 * Reads one row of `contacts.csv`. A bad address costs the address, not the contact.
 *
 * @param country the customer's, for a national number
 * @source security.md S-19
 */
export function readContact(
  cells: Cells<ContactColumn>,
  grammar: AddressGrammar,
  country?: ImportCountry,
): Reading<ContactRow> {
  const reader = new CellReader(cells);
  const row: ContactRow = {
    contactId: reader.id('contact_id'),
    customerId: reader.id('customer_id'),
    name: reader.text('name'),
    language: reader.optionalWord('language', importLanguages),
    role: reader.word('role', contactRoles),
    sms: smsOf(reader, grammar, country),
    email: emailOf(reader, grammar),
    smsOperator: reader.optionalWord('sms_operator', smsOperators) ?? 'own',
    channels: reader.words('channels', preferredChannels),
    quietFrom: reader.time('quiet_from'),
    quietTo: reader.time('quiet_to'),
    optOuts: reader.words('opt_outs', optOutTopics),
  };
  const { quietFrom, quietTo } = row;
  const isPair = (cells('quiet_from') === '') === (cells('quiet_to') === '');
  if (!isPair || (quietFrom !== undefined && quietFrom === quietTo)) {
    reader.reject('quiet_from', 'quiet-hours-incomplete');
  }
  return reader.rejected ? { problems: reader.problems } : { problems: reader.problems, row };
}

function smsOf(
  reader: CellReader<ContactColumn>,
  grammar: AddressGrammar,
  country: ImportCountry | undefined,
): string | undefined {
  const text = reader.raw('sms');
  if (text === '') return undefined;
  const phone = grammar.phone(text, country);
  if (phone === undefined) return reader.keep('sms', 'phone-invalid', grammar.maskPhone(text));
  if (isFixedLine(phone)) return reader.keep('sms', 'phone-takes-no-sms', grammar.maskPhone(phone));
  return phone;
}

function emailOf(reader: CellReader<ContactColumn>, grammar: AddressGrammar): string | undefined {
  const text = reader.raw('email');
  if (text === '') return undefined;
  return grammar.email(text) ?? reader.keep('email', 'email-invalid', grammar.maskEmail(text));
}
