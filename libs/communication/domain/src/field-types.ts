import { parseInstant, type Instant } from '@varde/kernel';
import {
  causeGroups,
  countries,
  effects,
  estimateStates,
  services,
  workStates,
} from './vocabulary';

const oneOf = (words: readonly string[]): string => `(?:${words.join('|')})`;
const service = oneOf(services);
const area = `${oneOf(countries)}(?:-[0-9A-Z]{1,20})?`;
const day = '20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';

/**
 * The closed types of facts that a ready text may be filled with, each with what its string looks like: an anchored
 * expression of linear cost that PostgreSQL and JavaScript read alike. No type can hold prose or the address of a page.
 * Lists are joined by `|`. An instant is UTC to the minute.
 *
 * @source A-6, S-16; the database guard `fields_fit` holds the same table
 */
export const fieldTypes = {
  services: `^${service}(?:[|]${service})*$`,
  areas: `^${area}(?:[|]${area})*$`,
  country: `^${oneOf(countries)}$`,
  instant: `^${day}T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z$`,
  date: `^${day}$`,
  number: '^[0-9]{1,7}$',
  'yes-no': '^(?:yes|no)$',
  effect: `^${oneOf(effects)}$`,
  'estimate-state': `^${oneOf(estimateStates)}$`,
  'cause-group': `^${oneOf(causeGroups)}$`,
  'work-state': `^${oneOf(workStates)}$`,
  reference: '^[A-Za-z0-9-]{1,20}$',
  'link-token': '^[A-Za-z0-9]{4,22}$',
} as const satisfies Readonly<Record<string, string>>;

/** The name of a closed type of fact. */
export type FieldType = keyof typeof fieldTypes;

/** Facts that ready texts know, and the closed type of each. @source `voice.md` §2 */
export const factTypes = {
  services: 'services',
  areas: 'areas',
  country: 'country',
  effect: 'effect',
  emergencyCalls: 'yes-no',
  startedAt: 'instant',
  restoredAt: 'instant',
  sentAt: 'instant',
  reportedAt: 'instant',
  nextUpdateAt: 'instant',
  nextReportAt: 'instant',
  announceBy: 'date',
  windowFrom: 'instant',
  windowTo: 'instant',
  estimateState: 'estimate-state',
  estimateAt: 'instant',
  previousEstimateAt: 'instant',
  causeGroup: 'cause-group',
  workState: 'work-state',
  customers: 'number',
  reference: 'reference',
  link: 'link-token',
} as const satisfies Readonly<Record<string, FieldType>>;

/** The name of a fact. */
export type Fact = keyof typeof factTypes;

/** The facts of one message version, as the database keeps them: strings of closed types. An absent fact is an absent key. */
export type Fields = Readonly<Partial<Record<Fact, string>>>;

/** Which facts a template takes, as the database keeps it; a name that ends in `?` may be absent. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

const patterns = new Map(
  Object.entries(fieldTypes).map(([name, source]) => [name, new RegExp(source)]),
);

/**
 * Which facts do not fit a template: missing, unknown, no string, or of another form. The database refuses the same.
 *
 * @returns the names at fault, in no order; empty when all fit
 * @source  A-6
 */
export function misfits(
  fields: Readonly<Record<string, unknown>>,
  types: FieldTypes,
): readonly string[] {
  const expected = new Map(
    Object.entries(types).map(([name, type]) => [name.replace(/\?$/, ''), type]),
  );
  const missing = Object.keys(types).filter(
    (name) => !name.endsWith('?') && !Object.hasOwn(fields, name),
  );
  const wrong = Object.entries(fields).flatMap(([name, value]) => {
    const pattern = patterns.get(expected.get(name) ?? '');
    return pattern && typeof value === 'string' && pattern.test(value) ? [] : [name];
  });
  return [...missing, ...wrong];
}

/** The instant of a fact such as `2026-11-22T13:02Z`; `undefined` for an absent one, or for no such day. */
export function factInstant(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text.replace(/Z$/, ':00Z'));
}
