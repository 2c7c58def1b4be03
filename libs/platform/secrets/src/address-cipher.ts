import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';
import { Refusal } from '@varde/kernel';
import type { AddressKeys } from './address-keys';

const version = 1;
const headerBytes = 5;
const nonceBytes = 12;
const tagBytes = 16;
const textStart = headerBytes + nonceBytes + tagBytes;
const noncesAtOnce = 1024;

/**
 * Encrypts the addresses of customers, and fingerprints them so that two equal ones can be found without reading them.
 *
 * A ciphertext is: version (1 byte), key id (4 bytes, the month as a number: 202611), nonce (12), tag (16), text. Version and key
 * id are authenticated too. Random nonces of 96 bits: a key of one month may encrypt some 2^32 addresses.
 *
 * @source security.md S-26, S-32; NIST SP 800-38D §8.2.2
 */
export class AddressCipher {
  readonly #hmac: KeyObject;
  readonly #keys: ReadonlyMap<number, KeyObject>;
  readonly #current: KeyObject;
  readonly #header = Buffer.alloc(headerBytes);
  readonly #nonces = Buffer.alloc(nonceBytes * noncesAtOnce);
  #nonce = noncesAtOnce;

  constructor(keys: AddressKeys) {
    this.#hmac = keys.hmac;
    this.#keys = new Map([...keys.byMonth].map(([month, key]) => [numberOf(month), key]));
    const current = keys.byMonth.get(keys.current);
    if (!current)
      throw new Refusal('address-key-unknown', 'The current address key is not among the keys.');
    this.#current = current;
    this.#header.writeUInt8(version, 0);
    this.#header.writeUInt32BE(numberOf(keys.current), 1);
  }

  /** The ciphertext of an address in its normal form. The same address gives another one each time. */
  encrypt(address: string): Buffer {
    const nonce = this.#nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#current, nonce, { authTagLength: tagBytes });
    cipher.setAAD(this.#header);
    const text = cipher.update(address, 'utf8');
    cipher.final();
    return Buffer.concat([this.#header, nonce, cipher.getAuthTag(), text], textStart + text.length);
  }

  /**
   * The address in a ciphertext.
   *
   * @throws Refusal `address-unreadable` (not ours, cut off or changed) or `address-key-unknown` (its key is not at hand)
   */
  decrypt(bytes: Buffer): string {
    if (bytes.length < textStart || bytes[0] !== version) throw unreadable();
    const key = this.#keys.get(bytes.readUInt32BE(1));
    if (!key) {
      throw new Refusal(
        'address-key-unknown',
        'An address was encrypted with a key that is not in the key file: put that month back.',
        {
          keyId: bytes.readUInt32BE(1),
        },
      );
    }
    const nonce = bytes.subarray(headerBytes, headerBytes + nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(bytes.subarray(0, headerBytes));
    decipher.setAuthTag(bytes.subarray(headerBytes + nonceBytes, textStart));
    try {
      return decipher.update(bytes.subarray(textStart), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw unreadable();
    }
  }

  /** The fingerprint of an address in its normal form: 32 bytes, equal for equal addresses. */
  fingerprint(address: string): Buffer {
    return createHmac('sha256', this.#hmac).update(address).digest();
  }

  // Asking the generator for 12 bytes at a time costs as much as the encryption.
  #nextNonce(): Buffer {
    if (this.#nonce === noncesAtOnce) {
      randomFillSync(this.#nonces);
      this.#nonce = 0;
    }
    const start = nonceBytes * this.#nonce++;
    return this.#nonces.subarray(start, start + nonceBytes);
  }
}

const numberOf = (month: string): number => Number(month.replace('-', ''));

const unreadable = (): Refusal =>
  new Refusal(
    'address-unreadable',
    'An encrypted address cannot be read: it was changed, cut off or is not ours.',
  );
