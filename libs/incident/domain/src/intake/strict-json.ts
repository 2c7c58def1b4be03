import { refuse } from './refuse';

/** The most bytes of a value that intake reads. @source standards §1.3 `too-large` */
export const mostBytes = 256 * 1024;
const deepest = 16;
const mostItems = 1_000;

/** A number as it was written: an id of twenty digits must not lose the last ones. */
export class JsonNumber {
  constructor(readonly text: string) {}

  get value(): number {
    return Number(this.text);
  }

  /** Was it written as a whole number, without fraction and exponent? */
  get isWhole(): boolean {
    return /^-?\d+$/.test(this.text);
  }
}

/** An object of JSON. A map, so that a member called `__proto__` is a member like any other. */
export type JsonObject = ReadonlyMap<string, JsonValue>;
/** Any value of JSON. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;

/** Is this value an object of JSON? */
export const isObject = (value: JsonValue | undefined): value is JsonObject => value instanceof Map;
/** Is this value a list of JSON? */
export const isList = (value: JsonValue | undefined): value is readonly JsonValue[] =>
  Array.isArray(value);

interface Cursor {
  readonly text: string;
  at: number;
}

const spaces = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainCharacters = /[ !#-[\]-\u{10ffff}]*/uy; // from the space on, without quote and backslash
const fourHexDigits = /[0-9a-fA-F]{4}/y;
const loneSurrogate = /\p{Surrogate}/u;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads bytes of UTF-8, or says that they are none. A byte order mark is skipped.
 *
 * @returns `undefined` for bytes that are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined; // the decoder has no other way to say no
  }
}

/**
 * Reads JSON as strictly as intake must, in time linear to its length.
 *
 * @throws Refusal `too-large` over 256 KiB, 16 levels (the root counts 1) or 1,000 items of a list;
 *         `encoding-invalid` for what is not UTF-8 or not JSON, a repeated key, a lone surrogate, U+0000
 * @source standards §1.3, *Refused*
 */
export function readJson(bytes: Uint8Array): JsonValue {
  if (bytes.byteLength > mostBytes)
    refuse('too-large', 'The value is over 256 KiB; send less in one event.');
  const text = decodeUtf8(bytes);
  if (text === undefined) refuse('encoding-invalid', 'The value is not UTF-8; send JSON in UTF-8.');
  const cursor: Cursor = { text, at: 0 };
  const value = readValue(cursor, 1);
  skipSpaces(cursor);
  if (cursor.at < text.length) malformed(cursor);
  return value;
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  skipSpaces(cursor);
  switch (cursor.text[cursor.at]) {
    case '{':
      return readObject(cursor, depth);
    case '[':
      return readList(cursor, depth);
    case '"':
      return readString(cursor);
    case 't':
      return readWord(cursor, 'true', true);
    case 'f':
      return readWord(cursor, 'false', false);
    case 'n':
      return readWord(cursor, 'null', null);
    default:
      return new JsonNumber(match(cursor, number) || malformed(cursor));
  }
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const members = new Map<string, JsonValue>();
  readItems(cursor, depth, '}', () => {
    const key = readString(cursor);
    if (members.has(key)) {
      refuse(
        'encoding-invalid',
        `A key is repeated before character ${cursor.at}; name each member once.`,
      );
    }
    skipSpaces(cursor);
    if (!take(cursor, ':')) malformed(cursor);
    members.set(key, readValue(cursor, depth + 1));
  });
  return members;
}

function readList(cursor: Cursor, depth: number): readonly JsonValue[] {
  const items: JsonValue[] = [];
  readItems(cursor, depth, ']', () => {
    if (items.length === mostItems)
      refuse('too-large', 'A list has over 1,000 items; send fewer in one event.');
    items.push(readValue(cursor, depth + 1));
  });
  return items;
}

/** What lies between brackets: nothing, or items with commas between them and none after the last. */
function readItems(cursor: Cursor, depth: number, end: string, readItem: () => void): void {
  if (depth > deepest) refuse('too-large', 'The value is nested over 16 levels deep; flatten it.');
  cursor.at += 1;
  skipSpaces(cursor);
  if (take(cursor, end)) return;
  do {
    skipSpaces(cursor);
    readItem();
    skipSpaces(cursor);
  } while (take(cursor, ','));
  if (!take(cursor, end)) malformed(cursor);
}

function readString(cursor: Cursor): string {
  if (!take(cursor, '"')) malformed(cursor);
  const pieces = [match(cursor, plainCharacters)];
  while (take(cursor, '\\')) pieces.push(readEscape(cursor), match(cursor, plainCharacters));
  if (!take(cursor, '"')) malformed(cursor);
  const text = pieces.join('');
  if (pieces.length > 1 && (text.includes('\u0000') || loneSurrogate.test(text))) {
    refuse(
      'encoding-invalid',
      `A text before character ${cursor.at} holds U+0000 or half a surrogate pair; remove it.`,
    );
  }
  return text;
}

function readEscape(cursor: Cursor): string {
  if (take(cursor, 'u')) {
    return String.fromCharCode(
      Number.parseInt(match(cursor, fourHexDigits) || malformed(cursor), 16),
    );
  }
  const letter = cursor.text[cursor.at];
  cursor.at += 1;
  return letter !== undefined && Object.hasOwn(escapes, letter)
    ? (escapes[letter] ?? '')
    : malformed(cursor);
}

function readWord<Value extends boolean | null>(cursor: Cursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) malformed(cursor);
  cursor.at += word.length;
  return value;
}

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

function skipSpaces(cursor: Cursor): void {
  match(cursor, spaces);
}

function malformed(cursor: Cursor): never {
  return refuse(
    'encoding-invalid',
    `The value is not JSON at character ${cursor.at}; send one JSON document.`,
  );
}
