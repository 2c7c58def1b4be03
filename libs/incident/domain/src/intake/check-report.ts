import { Refusal, type Instant } from '@varde/kernel';
import type { Report } from './reported-incident';
import { isAhead, type TimePoint } from './times';

/** What a report must say for its own words to make sense; the steps that its incident allows are the lifecycle's. */
export type ReportFacts = Pick<
  Report,
  | 'action'
  | 'kind'
  | 'elements'
  | 'areas'
  | 'services'
  | 'startedAt'
  | 'awareAt'
  | 'cause'
  | 'estimate'
  | 'reportedBy'
> &
  Partial<Pick<Report, 'window' | 'into'>>;

interface Rule {
  readonly field: string;
  readonly isBroken: (report: ReportFacts, now: Instant) => boolean;
  readonly says: string;
}

const isBefore = (one: TimePoint, other: TimePoint): boolean =>
  one.at < other.at || (one.at === other.at && one.microseconds < other.microseconds);
const isPlanned = ({ kind }: ReportFacts): boolean => kind === 'planned';

// A reference of the reporter's own, such as op-117. A word without a digit may be a name, eight digits a telephone number.
const reference = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/;
const digitsOf = (text: string): number => text.replace(/\D/g, '').length;
const hasLetter = /[A-Za-z]/;
const isReference = (text: string): boolean =>
  reference.test(text) && digitsOf(text) > 0 && (hasLetter.test(text) || digitsOf(text) < 8);

/** The rules of a report in the order of their table. @source standards §1.6, *refused when* */
export const reportRules: readonly Rule[] = [
  {
    field: 'into',
    isBroken: ({ action, into }) => action === 'merge' && into === undefined,
    says: 'A merge must say into which incident; send into.',
  },
  {
    field: 'window',
    isBroken: (report) => isPlanned(report) && report.window === undefined,
    says: 'Planned works must say when; send window with from and to.',
  },
  {
    field: 'window',
    isBroken: ({ window }) => window !== undefined && !isBefore(window.from, window.to),
    says: 'The window ends before it begins; correct from or to.',
  },
  {
    field: 'services',
    isBroken: ({ services }) => services.length === 0,
    says: 'No service is named; send at least one.',
  },
  {
    field: 'areas',
    isBroken: ({ elements, areas }) => elements.length + areas.length === 0,
    says: 'Neither an element nor an area is named; send one, or the country for the whole of it.',
  },
  {
    field: 'awareAt',
    isBroken: (report) => !isPlanned(report) && isBefore(report.awareAt, report.startedAt),
    says: 'awareAt lies before startedAt; correct one of them.',
  },
  {
    field: 'awareAt',
    isBroken: (report, now) => !isPlanned(report) && isAhead(report.awareAt, now),
    says: 'awareAt lies over 5 minutes ahead of our clock; correct it.',
  },
  {
    field: 'cause.code',
    isBroken: ({ cause }) => cause.status === 'confirmed' && cause.code === undefined,
    says: 'A confirmed cause must be named; send cause.code, or a status that is not confirmed.',
  },
  {
    field: 'estimate.restoreBy',
    isBroken: ({ estimate }) => estimate.status !== 'none' && estimate.restoreBy === undefined,
    says: 'An estimate must have a time; send estimate.restoreBy, or the status none.',
  },
  {
    field: 'estimate.restoreBy',
    isBroken: ({ estimate }, now) =>
      estimate.restoreBy !== undefined && estimate.restoreBy.at < now,
    says: 'estimate.restoreBy is past; send a time to come, or the status none.',
  },
  {
    field: 'reportedBy.operator',
    isBroken: ({ reportedBy }) => !isReference(reportedBy.operator),
    says: "reportedBy.operator must be a reference such as op-117, never a person's name or number.",
  },
];

/**
 * Refuses a report whose own words contradict each other, by whichever door it came.
 *
 * @throws Refusal `schema-invalid` with the field at fault
 * @source standards §1.6
 */
export function checkReport(report: ReportFacts, now: Instant): void {
  const broken = reportRules.find((rule) => rule.isBroken(report, now));
  if (broken) throw new Refusal('schema-invalid', broken.says, {}, broken.field);
}
