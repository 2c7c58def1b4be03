/** Longest text that a log line carries of one value; the rest is cut and said to be cut. */
const longestText = 4_000;
/** Longest text that is looked at before cutting, so that a hostile megabyte costs nothing (S-13). */
const longestLook = 16_000;

// International calling codes are prefix-free: one digit (1, 7), these of two digits, all others three.
const callingCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

// Order matters: what comes first wins. The named groups before `mail` are left as they are, because they look like numbers
// and are none: ids, times, addresses of our own networks (a public one may be a person's, and 20.12.34.56 a Danish number).
const sensitive = new RegExp(
  [
    '(?<uuid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})',
    '(?<time>\\b(?:19|20)\\d\\d-(?:0\\d|1[0-2])-[0-3]\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?![\\d-]))',
    '(?<ip>\\b(?:127|10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))(?:\\.\\d{1,3}){2,3}\\b(?!\\.\\d)(?::\\d{1,5}\\b)?)',
    '(?<hex>\\b(?:[A-Z]{2})?(?=[0-9a-f]{0,40}[a-f])[0-9a-f]{16,64}\\b)',
    '(?<pem>-----BEGIN [A-Z ]{1,40}-----[^-]{0,8000}(?:-----END [A-Z ]{1,40}-----)?)',
    '(?<jwt>\\beyJ[\\w-]{4,8000}(?:\\.[\\w-]{0,8000}){0,4})',
    '(?<scheme>\\b(?:Bearer|Basic) +[\\w+/=.~-]{4,8000})',
    '(?<userinfo>(?<=://)[^\\s/@]{1,300}@)',
    '(?<parameter>(?<=[?&](?:token|code|sig|signature|secret|password|access_token|refresh_token|id_token|key)=)[^&\\s"]{1,8000})',
    '(?<mail>[^\\s@<>()",;:=\'`]{1,64}(?:@|%40)[^\\s@<>()",;:\'`]{1,255})',
    '(?<phone>(?:\\+|%2[bB]|\\b00)?\\(?\\d(?:[\\s\\u00a0().\\u2010-\\u2013/-]{0,3}\\d){6,})',
  ].join('|'),
  'g',
);

// Beyond what JSON escapes already: signs that a terminal or a reader of lines takes for a command or an end of line.
const unsafeSigns = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text as a log line may show it: telephone numbers as country and last two digits, mail addresses and secrets gone, no
 * sign that a terminal obeys. Ids, times and network addresses stay readable.
 *
 * @returns at most 4,000 characters
 * @source  S-28, S-29; `standards.md` on E.164 calling codes (ITU-T E.164)
 */
export function maskText(text: string): string {
  const looked = text.length > longestLook ? text.slice(0, longestLook) : text;
  const masked = looked
    .replace(sensitive, (found, ...rest) => replacement(found, rest.at(-1) as Groups))
    .replace(unsafeSigns, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (masked.length <= longestText && looked === text) return masked;
  return `${masked.slice(0, longestText)}… (${text.length} characters)`;
}

/** A telephone number as a log line may show it: `+47…02`, or `…02` where no country is said. */
export function maskPhone(text: string): string {
  const digits = text.replace(/^%2b/i, '+').replace(/\D/g, '');
  const isInternational = /^\s*(?:\+|%2b|00)/i.test(text);
  const international = text.trim().startsWith('00') ? digits.slice(2) : digits;
  const country = isInternational ? `+${callingCode.exec(international)?.[0] ?? ''}` : '';
  return `${country}…${digits.slice(-2)}`;
}

/** A mail address as a log line may show it: its top-level domain, `…@….example`. */
export function maskMail(text: string): string {
  const topLevel = /\.([a-z]{2,24})\W*$/i.exec(text)?.[1];
  return topLevel === undefined ? '…@…' : `…@….${topLevel}`;
}

type Groups = Readonly<Record<string, string | undefined>>;

function replacement(found: string, groups: Groups): string {
  if (groups['uuid'] ?? groups['time'] ?? groups['ip'] ?? groups['hex']) return found;
  if (groups['phone']) return maskPhone(found);
  if (groups['mail']) return maskMail(found);
  if (groups['userinfo']) return '…@';
  return '[removed]';
}
