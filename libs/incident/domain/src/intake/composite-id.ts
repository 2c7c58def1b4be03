import { refuse } from './refuse';

const longest = 512; // standards §1.7

/**
 * One id of several parts. A bar and a backslash within a part are escaped, so that `a|b` and `c` are never `a` and `b|c`;
 * a part that is absent is left out at the end and empty in the middle.
 *
 * @throws Refusal `schema-invalid` over 512 characters
 * @source standards §1.7
 */
export function compositeId(...parts: readonly (string | undefined)[]): string {
  const present = parts.slice(0, parts.findLastIndex((part) => part !== undefined) + 1);
  const id = present.map((part = '') => part.replace(/[\\|]/g, '\\$&')).join('|');
  return id.length <= longest
    ? id
    : refuse('schema-invalid', 'The parts of an id have over 512 characters; shorten them.');
}
