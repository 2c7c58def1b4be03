import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from '@varde/kernel';
import { z } from 'zod';

/** Keys for the addresses of customers. Holds `KeyObject`s only: no log, no error and no dump can show their bytes (S-35). */
export interface AddressKeys {
  /** Key of the fingerprint of an address. It never changes, or nobody would be recognised any more. */
  readonly hmac: KeyObject;
  /** Keys that addresses were encrypted with, by month id (`2026-11`). */
  readonly byMonth: ReadonlyMap<string, KeyObject>;
  /** Month id of the key that new ciphertexts get. */
  readonly current: string;
}

const keyBytes = 32;
const monthId = /^\d{4}-(0[1-9]|1[0-2])$/;
const fileShape = z.strictObject({
  hmac: z.string(),
  keys: z.record(z.string(), z.string()),
  current: z.string(),
});

/**
 * Reads the address keys from the file that `VARDE_ADDRESS_KEYS_FILE` names: `{ hmac, keys: { "2026-11": … }, current }`, each
 * key 32 bytes in base64.
 *
 * @throws Refusal `address-keys-unreadable`, `address-keys-malformed`, `address-key-short`, `address-key-default`,
 *         `address-key-reused`. No message quotes what the file holds
 * @source security.md S-32, S-35
 */
export function readAddressKeys(file: string): AddressKeys {
  return parseAddressKeys(textOf(file));
}

/** {@link readAddressKeys} for a text that is at hand already. */
export function parseAddressKeys(text: string): AddressKeys {
  const { hmac, keys, current } = shapeOf(text);
  const ids = Object.keys(keys);
  for (const id of ids)
    if (!monthId.test(id)) throw malformed('a key is named by its month, such as 2026-11');
  if (!ids.includes(current)) throw malformed('"current" must name one of "keys"');
  const all = [hmac, ...Object.values(keys)];
  if (new Set(all).size !== all.length) {
    throw new Refusal(
      'address-key-reused',
      'Two address keys are the same: make a key of its own for each purpose and month.',
    );
  }
  const byMonth = new Map(ids.map((id) => [id, keyOf(keys[id] ?? '', id)]));
  return { hmac: keyOf(hmac, 'hmac'), byMonth, current };
}

/**
 * Makes a key file for a sandbox: fresh random keys, mode 0600. An existing file is left alone, since what was encrypted with
 * it could not be read any more.
 *
 * @returns whether a file was made
 */
export function makeAddressKeysFile(file: string, month: string): boolean {
  if (!monthId.test(month)) throw malformed('a key is named by its month, such as 2026-11');
  const fresh = (): string => randomBytes(keyBytes).toString('base64');
  const text = JSON.stringify(
    { hmac: fresh(), keys: { [month]: fresh() }, current: month },
    null,
    2,
  );
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Refusal(
      'address-keys-unreadable',
      `The file of the address keys cannot be read (${why}): set VARDE_ADDRESS_KEYS_FILE to a file that this program may read.`,
    );
  }
}

// Parse errors of JSON and zod quote the text, hence the cause is left out on purpose.
function shapeOf(text: string): z.infer<typeof fileShape> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed('it is not JSON');
  }
  const found = fileShape.safeParse(parsed);
  if (!found.success) throw malformed('it must be { "hmac", "keys": { "2026-11": … }, "current" }');
  return found.data;
}

function keyOf(base64: string, name: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  if (
    bytes.length !== keyBytes ||
    bytes.toString('base64').replace(/={1,2}$/, '') !== base64.replace(/={1,2}$/, '')
  ) {
    throw new Refusal(
      'address-key-short',
      `The address key "${name}" is not ${keyBytes} bytes in base64: make one with a random generator.`,
    );
  }
  if (looksChosen(bytes)) {
    throw new Refusal(
      'address-key-default',
      `The address key "${name}" was not made by a random generator: make one before you start.`,
    );
  }
  return createSecretKey(bytes);
}

/** A phrase, or a few bytes over and over: of random keys less than one in 10^12 looks like this. */
function looksChosen(bytes: Buffer): boolean {
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return printable || new Set(bytes).size < 16;
}

const malformed = (what: string): Refusal =>
  new Refusal('address-keys-malformed', `The file of the address keys is not right: ${what}.`);
