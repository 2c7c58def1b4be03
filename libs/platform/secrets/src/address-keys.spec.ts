import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Refusal } from '@varde/kernel';
import { makeAddressKeysFile, parseAddressKeys, readAddressKeys } from './address-keys';

const fresh = (): string => randomBytes(32).toString('base64');
const file = (over: Record<string, unknown> = {}): string =>
  JSON.stringify({ hmac: fresh(), keys: { '2026-11': fresh() }, current: '2026-11', ...over });

const refusalOf = (text: string): Refusal => {
  try {
    parseAddressKeys(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was not refused');
};

const same = fresh();
const refused: readonly (readonly [what: string, text: string, code: string])[] = [
  ['no JSON', '{"hmac":"SECRET', 'address-keys-malformed'],
  ['a missing part', JSON.stringify({ hmac: fresh() }), 'address-keys-malformed'],
  ['a part too many', file({ old: fresh() }), 'address-keys-malformed'],
  [
    'a key that is not named by a month',
    file({ keys: { first: fresh() }, current: 'first' }),
    'address-keys-malformed',
  ],
  ['a current key that is not there', file({ current: '2026-12' }), 'address-keys-malformed'],
  ['a short key', file({ hmac: randomBytes(16).toString('base64') }), 'address-key-short'],
  ['text that is no base64', file({ hmac: '*'.repeat(44) }), 'address-key-short'],
  ['an empty key', file({ hmac: '' }), 'address-key-short'],
  [
    'a phrase',
    file({ hmac: Buffer.from('changeme-changeme-changeme-chang').toString('base64') }),
    'address-key-default',
  ],
  ['zeros', file({ hmac: Buffer.alloc(32).toString('base64') }), 'address-key-default'],
  [
    'one key for two purposes',
    file({ hmac: same, keys: { '2026-11': same } }),
    'address-key-reused',
  ],
];

describe('the keys of the addresses', () => {
  it('reads a file of fresh keys', () => {
    const keys = parseAddressKeys(file());
    expect([keys.current, [...keys.byMonth.keys()]]).toEqual(['2026-11', ['2026-11']]);
  });

  it.each(refused)('S-35: refuses %s', (_what, text, code) => {
    expect(refusalOf(text).code).toBe(code);
  });

  it.each(refused)(
    'S-35: says nothing of what the file holds when it refuses %s',
    (_what, text) => {
      const told = inspect(refusalOf(text), { depth: 10 });
      for (const secret of text.match(/[A-Za-z0-9+/=*]{40,}|SECRET/g) ?? [])
        expect(told).not.toContain(secret);
    },
  );

  it('S-35: shows no key when it is printed or made JSON', () => {
    const text = file();
    const keys = parseAddressKeys(text);
    const told = inspect(keys, { depth: 10, showHidden: true }) + JSON.stringify(keys);
    for (const secret of text.match(/[A-Za-z0-9+/=]{40,}/g) ?? [])
      expect(told).not.toContain(secret);
  });

  it('says that the file cannot be read, and which setting names it', () => {
    expect(() => readAddressKeys('/nowhere/keys.json')).toThrow(/VARDE_ADDRESS_KEYS_FILE/);
  });
});

describe('a key file for a sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'varde-keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner alone, and can be read', () => {
    const name = join(folder, 'keys.json');
    expect(makeAddressKeysFile(name, '2026-11')).toBe(true);
    const before = readFileSync(name, 'utf8');
    expect(makeAddressKeysFile(name, '2026-12')).toBe(false);
    expect(readFileSync(name, 'utf8')).toBe(before);
    expect(statSync(name).mode & 0o777).toBe(0o600);
    expect(readAddressKeys(name).current).toBe('2026-11');
  });
});
