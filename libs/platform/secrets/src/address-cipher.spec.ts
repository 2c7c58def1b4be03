import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { AddressCipher } from './address-cipher';
import { parseAddressKeys } from './address-keys';

const fresh = (): string => randomBytes(32).toString('base64');
const november = { hmac: fresh(), keys: { '2026-11': fresh() }, current: '2026-11' };
const december = {
  ...november,
  keys: { ...november.keys, '2026-12': fresh() },
  current: '2026-12',
};
const cipherOf = (keys: object): AddressCipher =>
  new AddressCipher(parseAddressKeys(JSON.stringify(keys)));
const cipher = cipherOf(november);

describe('AddressCipher', () => {
  it('gives back every address that it encrypted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 254 }), (address) => {
        expect(cipher.decrypt(cipher.encrypt(address))).toBe(address);
      }),
    );
  });

  it('writes version, month, nonce, tag and text, and never the same bytes twice', () => {
    const [one, other] = [cipher.encrypt('+4790000000'), cipher.encrypt('+4790000000')];
    expect([one[0], one.readUInt32BE(1), one.length]).toEqual([1, 202_611, 33 + 11]);
    expect(one.equals(other)).toBe(false);
    expect(one.subarray(5, 17).equals(other.subarray(5, 17))).toBe(false);
  });

  it('uses a nonce once, also after thousands of addresses', () => {
    const nonces = new Set(
      Array.from({ length: 5000 }, () => cipher.encrypt('x').subarray(5, 17).toString('hex')),
    );
    expect(nonces.size).toBe(5000);
  });

  it('S-32: reads what an older key wrote after the key has changed, and writes with the new one', () => {
    const later = cipherOf(december);
    expect(later.decrypt(cipher.encrypt('a@post.example'))).toBe('a@post.example');
    expect(later.encrypt('a').readUInt32BE(1)).toBe(202_612);
    expect(later.fingerprint('a').equals(cipher.fingerprint('a'))).toBe(true);
  });

  it('says which key is missing when a month is taken out', () => {
    const bytes = cipherOf(december).encrypt('a');
    expect(() => cipher.decrypt(bytes)).toThrow(
      expect.objectContaining({ code: 'address-key-unknown', facts: { keyId: 202_612 } }),
    );
  });

  it('refuses a ciphertext of which any single byte was changed', () => {
    const bytes = cipher.encrypt('+4790000000');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => cipher.decrypt(changed)).toThrow(expect.objectContaining({ name: 'Refusal' }));
    }
  });

  it('refuses what is cut off', () => {
    const bytes = cipher.encrypt('+4790000000');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => cipher.decrypt(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ name: 'Refusal' }),
      );
    }
  });

  it('fingerprints equal addresses equally and others differently, by its own key', () => {
    expect(cipher.fingerprint('+4790000000').equals(cipher.fingerprint('+4790000000'))).toBe(true);
    expect(cipher.fingerprint('+4790000000').equals(cipher.fingerprint('+4790000001'))).toBe(false);
    expect(
      cipher.fingerprint('a').equals(cipherOf({ ...november, hmac: fresh() }).fingerprint('a')),
    ).toBe(false);
  });

  it('S-35: shows no key when it is printed', () => {
    const told = inspect(cipher, { depth: 10, showHidden: true }) + JSON.stringify(cipher);
    for (const secret of [november.hmac, november.keys['2026-11']])
      expect(told).not.toContain(secret);
  });
});
