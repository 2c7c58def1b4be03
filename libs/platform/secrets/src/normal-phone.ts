import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Countries whose national way of writing a number we read. */
export type NumberingCountry = 'NO' | 'SE' | 'DK';

// What our own numbers look like when they are in normal form already. A property test holds this against the library, which
// needs 20 times as long.
const plain = /^\+(?:47[2-9]\d{7}|467\d{8}|45[2-9]\d{7})$/;
// The library turns full-width and Arabic digits into ours and finds a number inside a sentence: not with us (S-19).
const written = /^\+?[0-9 ()./-]{3,32}$/;

/**
 * A telephone number in E.164 (`+4790000000`), as it is called and compared.
 *
 * @param country reads a national number; without it only an international one is understood
 * @returns `undefined` for what is no number of its country's plan, has an extension or anything else around it
 * @source ITU-T E.164; `standards.md` §4.2; security.md S-19
 */
export function normalPhone(text: string, country?: NumberingCountry): string | undefined {
  if (plain.test(text)) return text;
  if (!written.test(text)) return undefined;
  const found = parsePhoneNumberFromString(text, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  });
  return found?.isValid() === true && found.ext === undefined ? found.number : undefined;
}
