import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeAddressKeysFile } from '@varde/platform-secrets';

/** Secrets of one sandbox installation: made once, kept beside its data, of no use anywhere else. */
export interface SandboxSecrets {
  readonly accountSid: string;
  readonly authToken: string;
  readonly addressKeysFile: string;
}

/** Reads the secrets of an installation, or makes them. */
export function sandboxSecrets(folder: string): SandboxSecrets {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    const made = {
      accountSid: `AC${randomBytes(16).toString('hex')}`,
      authToken: randomBytes(16).toString('hex'),
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  const addressKeysFile = join(folder, 'address-keys.json');
  makeAddressKeysFile(addressKeysFile, new Date().toISOString().slice(0, 7));
  return {
    ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<SandboxSecrets, 'addressKeysFile'>),
    addressKeysFile,
  };
}
