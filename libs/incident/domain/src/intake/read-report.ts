import type { Instant } from '@varde/kernel';
import {
  answers,
  causeStatuses,
  countries,
  emergencyCallStates,
  estimateStatuses,
  incidentKinds,
  incidentSeverities,
  reportActions,
  services,
  type Service,
} from '../vocabulary';
import { checkReport } from './check-report';
import { defined } from './defined';
import {
  member,
  optionalList,
  optionalObject,
  optionalText,
  requiredObject,
  requiredText,
  requiredWord,
  type Fields,
} from './fields';
import { refuse } from './refuse';
import type { Report, ReportedIncident } from './reported-incident';
import { isList, JsonNumber, type JsonValue } from './strict-json';
import { readTime, type TimePoint } from './times';
import { wordOf } from './words';

/** The longest note that is taken. @source standards §1.6 */
export const longestNote = 1_000;
const longestReference = 64;
const longestId = 128; // ours: an id of the inventory
const mostIds = 1_000;

// Country, county by ISO 3166-2, municipality by its four digits. @source reference/import-formats.md, `areas.geojson`
const areaCode = /^(?:NO|SE|DK)(?:-(?:[A-Z]{1,2}|\d{2}|\d{4}))?$/;
// An id is printable: a line feed in it would break a log line (S-29).
const printable = /^\P{Cc}+$/u;

/**
 * Reads an incident that a person raised, as it comes by Kafka.
 *
 * @throws Refusal `schema-invalid` where the table of standards §1.6 refuses
 * @source standards §1.6
 */
export function readReport(fields: Fields, receivedAt: Instant): Omit<ReportedIncident, 'mode'> {
  const reportedBy = requiredObject(fields, 'reportedBy');
  const report = {
    type: 'reported-incident',
    reference: requiredText(fields, 'reference', longestReference),
    sequence: sequenceOf(fields),
    action: requiredWord(fields, 'action', reportActions),
    reportedBy: {
      system: requiredText(reportedBy, 'system', longestReference),
      operator: requiredText(reportedBy, 'operator', longestReference),
    },
    country: requiredWord(fields, 'country', countries),
    kind: requiredWord(fields, 'kind', incidentKinds),
    severity: requiredWord(fields, 'severity', incidentSeverities),
    services: ids(fields, 'services', serviceOf),
    elements: ids(fields, 'elements', elementOf),
    areas: ids(fields, 'areas', areaOf),
    startedAt: requiredTime(fields, 'startedAt'),
    awareAt: requiredTime(fields, 'awareAt'),
    cause: causeOf(requiredObject(fields, 'cause')),
    estimate: estimateOf(requiredObject(fields, 'estimate')),
    emergencyCalls: requiredWord(fields, 'emergencyCalls', emergencyCallStates),
    malicious: requiredWord(fields, 'malicious', answers),
    crossBorder: requiredWord(fields, 'crossBorder', answers),
    alarms: optionalIds(fields, 'alarms'),
    ...optionals(fields),
    receivedAt,
  } as const;
  checkReport(report, receivedAt);
  return report;
}

function optionals(fields: Fields): Partial<Report> {
  return defined({
    nextUpdateBy: optionalMoment(fields, 'nextUpdateBy'),
    note: optionalText(fields, 'note', longestNote),
    window: windowOf(fields),
    into: optionalText(fields, 'into', longestReference),
    reason: optionalText(fields, 'reason', longestNote),
  });
}

function sequenceOf(fields: Fields): number {
  const value = member(fields, 'sequence');
  if (
    value instanceof JsonNumber &&
    value.isWhole &&
    Number.isSafeInteger(value.value) &&
    value.value >= 1
  ) {
    return value.value;
  }
  return refuse('schema-invalid', 'sequence must be a whole number from 1; send it.');
}

function requiredTime(fields: Fields, name: string): TimePoint {
  const value = member(fields, name);
  const point = typeof value === 'string' ? readTime(value) : undefined;
  return (
    point ??
    refuse(
      'schema-invalid',
      `${name} must be a time of RFC 3339 with its offset, from 2000 on; correct it.`,
    )
  );
}

/** A moment that a person promised: it has no fallback. Flag `field-ignored`. */
function optionalMoment(fields: Fields, name: string): TimePoint | undefined {
  const text = optionalText(fields, name);
  const point = text === undefined ? undefined : readTime(text);
  if (text !== undefined && !point) fields.flags.add('field-ignored');
  return point;
}

function causeOf(cause: Fields): Report['cause'] {
  const code = optionalText(cause, 'code', longestId);
  return { status: requiredWord(cause, 'status', causeStatuses), ...(code ? { code } : {}) };
}

/** An estimate of status none has no time: one that came all the same is ignored. */
function estimateOf(estimate: Fields): Report['estimate'] {
  const status = requiredWord(estimate, 'status', estimateStatuses);
  const restoreBy = optionalMoment(estimate, 'restoreBy');
  if (!restoreBy) return { status };
  if (status !== 'none') return { status, restoreBy };
  estimate.flags.add('field-ignored');
  return { status };
}

function windowOf(fields: Fields): Report['window'] {
  const window = optionalObject(fields, 'window');
  if (!window) return undefined;
  const from = optionalMoment(window, 'from');
  const to = optionalMoment(window, 'to');
  if (from && to) return { from, to };
  fields.flags.add('field-ignored');
  return undefined;
}

const elementOf = (text: string): string | undefined =>
  text.length <= longestId && printable.test(text) ? text : undefined;
const areaOf = (text: string): string | undefined => (areaCode.test(text) ? text : undefined);
const serviceOf = (text: string): Service | undefined => wordOf(services, text);

/** A list of ids, each once; absent it is empty. One that is no id refuses: a wrong audience is worse than none. */
function ids<Known extends string>(
  fields: Fields,
  name: string,
  known: (text: string) => Known | undefined,
): readonly Known[] {
  const value = member(fields, name) ?? [];
  const read = isList(value) ? value.map((item) => textOf(item, known)) : [undefined];
  if (read.length > mostIds || read.includes(undefined)) {
    refuse('schema-invalid', `${name} must be a list of at most ${mostIds} known ids; correct it.`);
  }
  return [...new Set(read.filter((id): id is Known => id !== undefined))];
}

function optionalIds(fields: Fields, name: string): readonly string[] {
  const read = optionalList(fields, name).map((item) => textOf(item, elementOf));
  if (read.includes(undefined)) fields.flags.add('field-ignored');
  return [...new Set(read.filter((id): id is string => id !== undefined))];
}

const textOf = <Known>(
  item: JsonValue,
  known: (text: string) => Known | undefined,
): Known | undefined => (typeof item === 'string' ? known(item) : undefined);
