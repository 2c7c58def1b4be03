import { areaLevels, type AreaLevel } from '../vocabulary';
import { areaShape, type AreaGeometry } from './area-shape';
import { isDate } from './cell';
import type { ProblemReason, Reading, RowProblem } from './row-problem';
import { importCountries, importLanguages, type ImportCountry, type ImportLanguage } from './words';

/** Names of one area by language. */
export type AreaNames = Partial<Record<ImportLanguage, string>>;

/** An area as a feature of `areas.geojson` tells it. @source reference/import-formats.md */
export interface AreaRow {
  readonly code: string;
  readonly parent: string | undefined;
  readonly level: AreaLevel;
  readonly country: ImportCountry;
  readonly names: AreaNames;
  readonly inNames: AreaNames;
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  readonly successor: string | undefined;
  readonly geometry: AreaGeometry | undefined;
}

/** Properties of an area, in the order in which a rejected one is listed. */
export const areaProperties = [
  ...([
    'code',
    'parent',
    'level',
    'names',
    'inNames',
    'validFrom',
    'validTo',
    'successor',
  ] as const),
] as const;

const codeForms: Readonly<Record<AreaLevel, RegExp>> = {
  country: /^[A-Z]{2}$/,
  county: /^[A-Z]{2}-[0-9A-Z]{1,3}$/,
  municipality: /^[A-Z]{2}-\d{4}$/,
};
const ownLanguages: Readonly<Record<ImportCountry, readonly ImportLanguage[]>> = {
  NO: ['nb', 'nn'],
  SE: ['sv'],
  DK: ['da'],
};
const longestName = 120;

/** The properties of a feature; nothing where the value is no feature. */
export function propertiesOf(feature: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(feature) || feature['type'] !== 'Feature' || !isObject(feature['properties']))
    return undefined;
  return feature['properties'];
}

/** Reads one feature of the collection. */
export function readArea(feature: unknown): Reading<AreaRow> {
  const properties = propertiesOf(feature);
  const problems: RowProblem[] = [];
  const reject = (column: string, reason: ProblemReason): undefined => {
    problems.push({ column, reason, value: shown(properties?.[column]), kept: false });
    return undefined;
  };
  if (!properties)
    return { problems: [{ column: '', reason: 'shape-invalid', value: '', kept: false }] };
  for (const name of Object.keys(properties)) {
    if (!areaProperties.some((known) => known === name)) reject(name, 'value-unexpected');
  }
  const level =
    areaLevels.find((one) => one === properties['level']) ?? reject('level', 'word-unknown');
  const code = textOf(properties['code']) ?? '';
  const country = importCountries.find((one) => one === code.slice(0, 2));
  if (level && (!country || !codeForms[level].test(code))) reject('code', 'area-code-invalid');
  const parent = parentOf(properties, level, reject);
  const names = namesOf(properties, 'names', reject);
  const inNames = namesOf(properties, 'inNames', reject);
  if (country && names && !ownLanguages[country].some((one) => names[one]))
    reject('names', 'area-name-missing');
  const validFrom = dateOf(properties, 'validFrom', reject);
  const validTo = dateOf(properties, 'validTo', reject);
  if (validFrom && validTo && validTo < validFrom) reject('validTo', 'dates-reversed');
  const successor = textOf(properties['successor']);
  const shape = areaShape((feature as Record<string, unknown>)['geometry']);
  if (shape === 'invalid')
    problems.push({ column: 'geometry', reason: 'shape-invalid', value: '', kept: false });
  if (problems.length > 0 || !level || !country || !names || !inNames || shape === 'invalid')
    return { problems };
  return {
    problems,
    row: {
      code,
      parent,
      level,
      country,
      names,
      inNames,
      validFrom,
      validTo,
      successor,
      geometry: shape,
    },
  };
}

type Reject = (column: string, reason: ProblemReason) => undefined;
type Properties = Readonly<Record<string, unknown>>;

function parentOf(
  properties: Properties,
  level: AreaLevel | undefined,
  reject: Reject,
): string | undefined {
  const parent = textOf(properties['parent']);
  if (level === 'country' && parent !== undefined) return reject('parent', 'value-unexpected');
  if (level !== 'country' && parent === undefined) return reject('parent', 'value-missing');
  return parent;
}

function namesOf(properties: Properties, column: string, reject: Reject): AreaNames | undefined {
  const value = properties[column] ?? {};
  if (!isObject(value)) return reject(column, 'shape-invalid');
  const names: AreaNames = {};
  for (const [key, name] of Object.entries(value)) {
    const language = importLanguages.find((one) => one === key);
    if (!language) return reject(column, 'word-unknown');
    const isName = typeof name === 'string' && name.trim() !== '' && name.length <= longestName;
    if (!isName || /[\u0000-\u001f\u007f-\u009f{}]/.test(name))
      return reject(column, 'text-invalid');
    names[language] = name.trim();
  }
  return names;
}

function dateOf(properties: Properties, column: string, reject: Reject): string | undefined {
  const text = textOf(properties[column]);
  return text === undefined || isDate(text) ? text : reject(column, 'date-invalid');
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
