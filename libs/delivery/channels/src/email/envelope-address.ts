// What stands in an envelope and in a header as it is: one dot-atom, one @, one host, ASCII, nothing that quotes, lists, groups,
// routes or ends a line.
const local = /^[a-z0-9_+'&=~#/.-]{1,64}$/i;
const host = /^[a-z0-9.-]{1,253}$/i;

/**
 * Is this one recipient, in one line? The last look before the relay's commands. The grammar that decides what an address is
 * comes first, at the import; what was stored before it, or past it, ends here.
 *
 * @source S-18, S-19; GHSA-mm7p-fcc7-pg87
 */
export function isOneRecipient(address: string): boolean {
  const at = address.indexOf('@');
  return local.test(address.slice(0, Math.max(at, 0))) && host.test(address.slice(at + 1));
}

/**
 * A part of a Message-ID: letters, digits, dots, hyphens and underscores; whatever else stands there is left out.
 *
 * @source S-18; RFC 5322 §3.6.4
 */
export const idPart = (text: string): string => text.replace(/[^\w.-]/g, '');
