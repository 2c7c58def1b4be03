import type { AddressGrammar } from './address-grammar';
import { CellReader, isId, listOf, type Cells } from './cell';
import type { agreementColumns, ColumnOf } from './columns';
import type { Reading } from './row-problem';
import { agreementLevels, baseAgreements, type AgreementLevel } from './words';

/** An SLA, as a row of `agreements.csv` tells it. What is not needed for class 1 is kept as delivered. @source reference/import-formats.md */
export interface AgreementRow {
  readonly agreementId: string;
  readonly customerId: string;
  readonly level: AgreementLevel;
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  readonly supportHours: string;
  /** Contact ids. */
  readonly responsible: readonly string[];
  /** Area codes or element ids. */
  readonly zones: readonly string[];
  /** An address: it is encrypted before it is stored. */
  readonly reportEmail: string | undefined;
  /** The other columns by name, empty ones left out. */
  readonly rest: Readonly<Record<string, string>>;
}

type AgreementColumn = ColumnOf<typeof agreementColumns>;

const wholeHours = /^PT([1-9]\d{0,2})H$/;
const hash =
  /^scrypt\$\d{1,9}\$\d{1,4}\$\d{1,4}\$[A-Za-z0-9+/]{8,}={0,2}\$[A-Za-z0-9+/]{16,}={0,2}$/;
const hundredths = /^\d{1,3}(?:\.\d{1,2})?$/;

/** Reads one row of `agreements.csv`. */
export function readAgreement(
  cells: Cells<AgreementColumn>,
  grammar: AddressGrammar,
): Reading<AgreementRow> {
  const reader = new CellReader(cells);
  const agreementId = reader.id('agreement_id');
  const customerId = reader.id('customer_id');
  const level = reader.word('level', agreementLevels);
  const validFrom = reader.date('valid_from');
  const validTo = reader.date('valid_to');
  if (validFrom && validTo && validTo < validFrom) reader.reject('valid_to', 'dates-reversed');
  const supportHours = reader.id('support_hours');
  const responsible = idsOf(reader, 'responsible');
  const zones = listOf(cells('zones')).filter(
    (id) => isId(id) || reader.keep('zones', 'unknown-zone', id),
  );
  const reportEmail = reportEmailOf(reader, grammar);
  const rest = restOf(reader, level);
  if (reader.rejected) return { problems: reader.problems };
  const terms = { agreementId, customerId, level, validFrom, validTo, supportHours };
  return { problems: reader.problems, row: { ...terms, responsible, zones, reportEmail, rest } };
}

function idsOf(reader: CellReader<AgreementColumn>, column: AgreementColumn): readonly string[] {
  const ids = listOf(reader.raw(column));
  if (ids.length === 0) reader.reject(column, 'value-missing');
  for (const id of ids) if (!isId(id)) reader.reject(column, 'id-invalid', id);
  return [...new Set(ids)];
}

function reportEmailOf(
  reader: CellReader<AgreementColumn>,
  grammar: AddressGrammar,
): string | undefined {
  const text = reader.raw('report_email');
  if (text === '') return undefined;
  return (
    grammar.email(text) ?? reader.keep('report_email', 'email-invalid', grammar.maskEmail(text))
  );
}

function restOf(
  reader: CellReader<AgreementColumn>,
  level: AgreementLevel,
): Record<string, string> {
  const base = reader.optionalWord('base_agreement', baseAgreements);
  const bindingUntil = reader.date('binding_until');
  const firstAfter = durationOf(reader, 'first_after', 2);
  const thenEvery = durationOf(reader, 'then_every', 4);
  const reading = reader.optionalWord('reading', ['elapsed', 'support-time']);
  const kpi = reader.raw('kpi_target_percent');
  if (kpi === '' && level === 'gold') reader.reject('kpi_target_percent', 'value-missing');
  if (kpi !== '' && (!hundredths.test(kpi) || Number(kpi) > 100))
    reader.reject('kpi_target_percent', 'number-invalid');
  const code = reader.raw('support_code_hash');
  if (code !== '' && !hash.test(code)) reader.reject('support_code_hash', 'hash-invalid', '');
  const all = {
    base_agreement: base,
    binding_until: bindingUntil,
    first_after: firstAfter,
    then_every: thenEvery,
    reading,
    kpi_target_percent: kpi,
    support_code_hash: code,
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

/** A duration in whole hours that is not shorter, that is: not more often, than what we sell. */
function durationOf(
  reader: CellReader<AgreementColumn>,
  column: AgreementColumn,
  leastHours: number,
): string | undefined {
  const text = reader.raw(column);
  if (text === '') return undefined;
  const found = wholeHours.exec(text);
  return found && Number(found[1]) >= leastHours ? text : reader.reject(column, 'duration-invalid');
}
