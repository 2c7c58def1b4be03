import type { z } from 'zod';

/** A field that was not sent as it must be. Never its value: it may be a person's. */
export interface FieldFault {
  /** The way to it, with dots; empty for the whole of what was sent. */
  readonly field: string;
  readonly kind: 'missing' | 'not-known' | 'wrong';
  /** One plain sentence about it, without its name. */
  readonly says: string;
}

type Issue = z.core.$ZodIssue;

const longestField = 100;

/**
 * Says in plain words what a schema found, for the answer of the API and for the command line alike: no word of the library in it.
 *
 * @param value  what was parsed, to tell what is missing from what is wrong
 */
export function fieldFaultsOf(issues: readonly Issue[], value: unknown): readonly FieldFault[] {
  return issues.flatMap((issue): FieldFault[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: fieldOf([...issue.path, key]),
        kind: 'not-known',
        says: 'It is not known here; remove it.',
      }));
    const field = fieldOf(issue.path);
    return issue.code !== 'custom' && field !== '' && at(value, issue.path) === undefined
      ? [{ field, kind: 'missing', says: 'It is missing.' }]
      : [{ field, kind: 'wrong', says: saysOf(issue) }];
  });
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map(String).join('.').slice(0, longestField);

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null
        ? (found as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );

// The library's own messages; any other is a sentence that a contract gave.
const libraryWords = /^(?:Invalid|Too (?:small|big)|Unrecognized)\b/;
const notSo = 'It is not written as it must be.';

function saysOf(issue: Issue): string {
  if (!libraryWords.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'invalid_type':
      return kindSays[issue.expected] ?? notSo;
    case 'invalid_format':
      return formatSays[issue.format] ?? notSo;
    case 'not_multiple_of':
      return `It must be a multiple of ${issue.divisor}.`;
    case 'invalid_union':
      return eitherOf(issue.errors);
    default:
      return notSo;
  }
}

const kindSays: Readonly<Record<string, string>> = {
  string: 'It must be text.',
  number: 'It must be a number.',
  int: 'It must be a whole number.',
  boolean: 'It must be true or false.',
  array: 'It must be a list.',
  object: 'It must be an object with fields.',
  record: 'It must be an object with fields.',
};

const formatSays: Readonly<Record<string, string>> = {
  uuid: 'It must be an id, such as 0f0e0d0c-0000-4000-8000-000000000007.',
  date: 'It must be a day, such as 2026-11-25.',
  url: 'It must be a web address.',
  email: 'It must be an e-mail address.',
};

function tooSmall(origin: string, minimum: number, isInclusive: boolean): string {
  if (origin === 'string')
    return minimum === 1 ? 'It must not be empty.' : `It needs at least ${minimum} characters.`;
  if (origin === 'array' || origin === 'set')
    return minimum === 1 ? 'It must name at least one.' : `It must name at least ${minimum}.`;
  return isInclusive ? `It must be at least ${minimum}.` : `It must be more than ${minimum}.`;
}

function tooBig(origin: string, maximum: number, isInclusive: boolean): string {
  if (origin === 'string') return `It may have at most ${maximum} characters.`;
  if (origin === 'array' || origin === 'set') return `It may name at most ${maximum}.`;
  return isInclusive ? `It must be at most ${maximum}.` : `It must be less than ${maximum}.`;
}

const oneOf = (words: readonly string[]): string =>
  words.length === 1 ? `It must be ${words[0]}.` : `It must be one of ${words.join(', ')}.`;

// Of several ways to write a thing the one that was meant: not one that wants another kind altogether.
function eitherOf(ways: readonly (readonly Issue[])[]): string {
  const meant = ways.filter(([first]) => first !== undefined && first.code !== 'invalid_type');
  const [first] = meant.length > 0 ? (meant[0] ?? []) : (ways[0] ?? []);
  return first === undefined ? notSo : saysOf(first);
}
