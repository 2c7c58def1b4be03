import type { Flag } from '../vocabulary';
import { refuse } from './refuse';
import { isList, isObject, JsonNumber, type JsonObject, type JsonValue } from './strict-json';
import { wordOf } from './words';

/** An object that is being read: its members, where it stands in the event, and the flags found so far. */
export interface Fields {
  readonly members: JsonObject;
  /** The path from the root, `event.alarm`, for the sentence of a refusal; empty at the root. */
  readonly path: string;
  readonly flags: Set<Flag>;
}

const pathOf = (fields: Fields, name: string): string =>
  fields.path ? `${fields.path}.${name}` : name;
const isText = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && value !== '';

/** A member as it came; `null` is read as absent, for many programs write it so. */
export function member(fields: Fields, name: string): Exclude<JsonValue, null> | undefined {
  return fields.members.get(name) ?? undefined;
}

/** A member that must be an object (need R). @throws Refusal `schema-invalid` */
export function requiredObject(fields: Fields, name: string): Fields {
  const value = member(fields, name);
  const path = pathOf(fields, name);
  if (!isObject(value)) refuse('schema-invalid', `${path} is missing or not an object; send it.`);
  return { members: value, path, flags: fields.flags };
}

/** A member that must be a text that is not empty (need R). @throws Refusal `schema-invalid` */
export function requiredText(fields: Fields, name: string, longest: number): string {
  const value = member(fields, name);
  if (isText(value) && value.length <= longest) return value;
  return refuse(
    'schema-invalid',
    `${pathOf(fields, name)} must be a text of 1 to ${longest} characters.`,
  );
}

/** An id that must be there (need R); a whole number is read as its digits. @throws Refusal `schema-invalid` */
export function requiredId(fields: Fields, name: string, longest: number): string {
  const value = member(fields, name);
  const text = value instanceof JsonNumber && value.isWhole ? value.text : value;
  if (isText(text) && text.length <= longest) return text;
  return refuse(
    'schema-invalid',
    `${pathOf(fields, name)} must be an id of 1 to ${longest} characters.`,
  );
}

/** A word of a closed list that must be there (need R), compared as words are. @throws Refusal `schema-invalid` */
export function requiredWord<Word extends string>(
  fields: Fields,
  name: string,
  list: readonly Word[],
): Word {
  const value = member(fields, name);
  const known = typeof value === 'string' ? wordOf(list, value) : undefined;
  return (
    known ?? refuse('schema-invalid', `${pathOf(fields, name)} must be one of: ${list.join(', ')}.`)
  );
}

/** A text that is expected (need F); without it the caller takes the fallback. Flag `field-missing`. */
export function expectedText(fields: Fields, name: string): string | undefined {
  const value = member(fields, name);
  if (isText(value)) return value;
  fields.flags.add('field-missing');
  return undefined;
}

/** A word as its sender wrote it, and what we took it for. */
export interface ReadWord<Word> {
  readonly known: Word | undefined;
  readonly written: string | undefined;
}

/** A word that is expected (need F). Flags: `field-missing`, or `word-unknown` for a word that `lookUp` does not know. */
export function expectedWord<Word>(
  fields: Fields,
  name: string,
  lookUp: (word: string) => Word | undefined,
): ReadWord<Word> {
  const written = expectedText(fields, name);
  const known = written === undefined ? undefined : lookUp(written);
  if (written !== undefined && known === undefined) fields.flags.add('word-unknown');
  return { known, written };
}

/** A member of another shape than the rule's is ignored and flagged; it stays in the raw record. */
function ignore(fields: Fields): undefined {
  fields.flags.add('field-ignored');
  return undefined;
}

/** A text that may be there (need o). Flag `field-ignored` for any other shape, and for one that is too long. */
export function optionalText(fields: Fields, name: string, longest = Infinity): string | undefined {
  const value = member(fields, name);
  if (value === undefined) return undefined;
  return typeof value === 'string' && value.length <= longest ? value : ignore(fields);
}

/** A boolean that may be there (need o); the string `"true"` is none. Flag `field-ignored`. */
export function optionalFlag(fields: Fields, name: string): boolean | undefined {
  const value = member(fields, name);
  if (value === undefined) return undefined;
  return typeof value === 'boolean' ? value : ignore(fields);
}

/** An object that may be there (need o). Flag `field-ignored` for any other shape. */
export function optionalObject(fields: Fields, name: string): Fields | undefined {
  const value = member(fields, name);
  if (value === undefined) return undefined;
  if (!isObject(value)) return ignore(fields);
  return { members: value, path: pathOf(fields, name), flags: fields.flags };
}

/** A list that may be there (need o); one object is no list. Flag `field-ignored`. */
export function optionalList(fields: Fields, name: string): readonly JsonValue[] {
  const value = member(fields, name);
  if (value === undefined) return [];
  return isList(value) ? value : (ignore(fields) ?? []);
}

/** A list of objects with an id (need o). An item without one is lost, alone, with the flag `field-ignored`. */
export function optionalReferences(
  fields: Fields,
  name: string,
): readonly (Fields & { readonly id: string })[] {
  return optionalList(fields, name).flatMap((item) => {
    const id = isObject(item) ? item.get('id') : undefined;
    if (isObject(item) && isText(id))
      return [{ members: item, path: pathOf(fields, name), flags: fields.flags, id }];
    return ignore(fields) ?? [];
  });
}

/** The members that are texts, by the names that we give them; the others of `names` are left out and flagged. */
export function optionalTexts<Name extends string>(
  fields: Fields,
  names: Readonly<Record<string, Name>>,
): Partial<Record<Name, string>> {
  const read = Object.entries(names).flatMap(([theirs, ours]) => {
    const text = optionalText(fields, theirs);
    return text === undefined ? [] : [[ours, text] as const];
  });
  return Object.fromEntries(read) as Partial<Record<Name, string>>;
}
