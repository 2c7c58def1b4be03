import type { ImportCountry } from './words';

/**
 * What an address looks like. The grammar itself is the platform's (security S-19); a domain is told it, so that it stays
 * pure.
 */
export interface AddressGrammar {
  /** A number in E.164, a national one read with `country`; `undefined` for anything else. */
  phone(text: string, country: ImportCountry | undefined): string | undefined;
  /** A mail address in its normal form; `undefined` for anything else. */
  email(text: string): string | undefined;
  /** What may be shown of a number. */
  maskPhone(text: string): string;
  /** What may be shown of a mail address. */
  maskEmail(text: string): string;
}

// NO: mobile numbers begin with 4 or 9, machine numbers with 58 and 59; SE: with 7. In DK nothing tells them apart.
const takesNoSms = /^\+47(?![49]|5[89])|^\+46(?!7)/;

/**
 * Is this Norwegian or Swedish number one that no SMS can reach?
 *
 * @param phone in E.164
 * @source `standards.md` §4.2
 */
export const isFixedLine = (phone: string): boolean => takesNoSms.test(phone);

/** Does this look like a number in its national form, so that the customer's country must be known to read it? */
export const isNationalNumber = (text: string): boolean => /^[0-9(][0-9 ()./-]{2,}$/.test(text);
