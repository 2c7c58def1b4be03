import { domainToUnicode } from 'node:url';

const longest = 254;
const longestLocal = 64;
// A dot-atom without what routes or lists elsewhere: no quotes, `%`, `!`, `|`, comma, semicolon, colon or angle bracket.
const local = /^[a-z0-9_+'&=~#/-]+(?:\.[a-z0-9_+'&=~#/-]+)*$/i;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const ourLetters = /^[a-z0-9.æøåäöüéáčđŋšŧž-]+$/;

/**
 * A mail address that is what it looks like, its domain in lower case. Stricter than RFC 5321 and than the mail library, and
 * asked before it: exactly one `@`, no quoted local part, no list, no group, no comment, no address literal, ASCII only.
 *
 * @returns `undefined` for anything else. A domain in punycode passes if it stands for Latin letters of the Nordic languages,
 *          so that no Cyrillic look-alike does
 * @source security.md S-19; RFC 5321 §4.5.3.1
 */
export function normalEmail(text: string): string | undefined {
  const at = text.indexOf('@');
  if (at < 1 || at > longestLocal || text.length > longest) return undefined;
  if (!local.test(text.slice(0, at))) return undefined;
  const host = text.slice(at + 1).toLowerCase();
  if (!domain.test(host)) return undefined;
  if (host.includes('xn--') && !ourLetters.test(domainToUnicode(host))) return undefined;
  return `${text.slice(0, at)}@${host}`;
}
