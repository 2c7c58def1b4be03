import { maskError } from './mask-error';
import { maskMail, maskPhone, maskText } from './mask-text';

/** Deepest nesting that a log line shows, and how many entries of one list or object. */
const deepest = 6;
const mostEntries = 50;

const secretKeys =
  /authori[sz]ation|cookie|passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credential|signature|assertion/i;
// Words that customers read, and whatever may quote them: a log line says which message, never what it says.
const contentKeys =
  /^(?:text|body|rawbody|html|subject|raw|content|payload|query|parameters|params|details?|envelope|headers|(?:person|full|customer|first|last|given|family)_?name)$/i;
const phoneKeys = /phone|msisdn|mobile(?!data)|^(?:to|from|recipient|number|identifier|address)$/i;
const mailKeys = /e?mail(?:address)?$/i;
const idKeys = /(?:^id|Ids?|_ids?|^ref|Ref|^key|Offset|^offset|WaterMark)$/;
const wordId = /^[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$/;

// Where in a value the masking stands. `seen` breaks circles.
interface MaskWalk {
  readonly depth: number;
  readonly seen: ReadonlySet<object>;
}

const atTheTop: MaskWalk = { depth: 0, seen: new Set() };

/**
 * A value as a log line may show it. The one serialiser that every line passes: fields whose name says secret or content are
 * removed, telephone numbers and mail addresses are masked wherever they stand, errors become a short list of harmless facts.
 *
 * @returns something that JSON can hold; bounded in depth, width and length
 * @source  S-28, S-29, S-35
 */
export function maskValue(value: unknown, key = '', walk: MaskWalk = atTheTop): unknown {
  if (value === null || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (secretKeys.test(key) || contentKeys.test(key)) return '[removed]';
  if (typeof value === 'string') return maskString(value, key);
  if (typeof value === 'number')
    return phoneKeys.test(key) && value > 99_999 ? maskPhone(String(value)) : value;
  if (typeof value === 'bigint') return maskString(String(value), key);
  return maskObject(value, key, walk);
}

function maskString(text: string, key: string): string {
  if (
    idKeys.test(key) &&
    (wordId.test(text) || (/offset|watermark/i.test(key) && /^\d{1,19}$/.test(text)))
  ) {
    return text.slice(0, 200);
  }
  if (mailKeys.test(key) && text.includes('@')) return maskMail(text);
  if (phoneKeys.test(key) && text.replace(/\D/g, '').length >= 5) return maskPhone(text);
  return maskText(text);
}

function maskObject(value: object, key: string, walk: MaskWalk): unknown {
  if (walk.seen.has(value)) return '[circle]';
  if (walk.depth >= deepest) return '[deeper]';
  const inside = { depth: walk.depth + 1, seen: new Set([...walk.seen, value]) };
  if (value instanceof Error)
    return maskError(value, (field, name) => maskValue(field, name, inside));
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '[no time]' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return maskList(value, key, inside);
  if (value instanceof Set) return maskList([...value], key, inside);
  if (value instanceof Map)
    return maskEntries(
      [...value].map(([name, one]) => [String(name), one]),
      inside,
    );
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return `[${value.constructor.name}]`;
  return maskEntries(Object.entries(value), inside);
}

function maskList(list: readonly unknown[], key: string, walk: MaskWalk): unknown[] {
  const shown = list.slice(0, mostEntries).map((one) => maskValue(one, key, walk) ?? null);
  return list.length > mostEntries ? [...shown, `[${list.length - mostEntries} more]`] : shown;
}

function maskEntries(
  entries: readonly [string, unknown][],
  walk: MaskWalk,
): Record<string, unknown> {
  const shown = entries
    .slice(0, mostEntries)
    .map(([name, one]) => [maskString(name, ''), maskValue(one, name, walk)] as const);
  const rest = entries.length - shown.length;
  return Object.fromEntries(rest > 0 ? [...shown, ['more', rest]] : shown);
}
