import { isNationalNumber, type AddressGrammar, type ImportCountry } from '@varde/audience-domain';
import {
  maskEmail,
  maskPhone,
  normalEmail,
  normalPhone,
  type AddressCipher,
} from '@varde/platform-secrets';

/** The platform's grammar of addresses, as the domain asks for it. */
export const rowGrammar: AddressGrammar = {
  phone: (text, country) => normalPhone(text, country),
  email: normalEmail,
  maskPhone,
  maskEmail,
};

/** Ciphertext and fingerprint of an address, side by side as the staging tables have them. */
export function sealed(
  cipher: AddressCipher,
  address: string | undefined,
): readonly [Buffer | undefined, Buffer | undefined] {
  if (address === undefined) return [undefined, undefined];
  return [cipher.encrypt(address), cipher.fingerprint(address)];
}

/** How a national number was understood, masked; nothing where the number was international or was not understood. */
export function understanding(
  written: string,
  country: ImportCountry | undefined,
  understood: string | undefined,
): string | undefined {
  if (country === undefined || understood === undefined || !isNationalNumber(written))
    return undefined;
  if (!understood.startsWith('+')) return undefined;
  return `${maskPhone(written)} read as ${maskPhone(understood)} (${country})`;
}
