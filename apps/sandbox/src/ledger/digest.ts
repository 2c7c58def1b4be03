import { createHash } from 'node:crypto';

/** The first 64 bits of a SHA-256, as two unsigned halves: enough to tell three million things apart. */
export interface Digest {
  readonly high: number;
  readonly low: number;
}

const hash = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** The digest of some parts, which cannot run into each other: a NUL stands between them. */
export function digest(...parts: readonly string[]): Digest {
  const bytes = hash(parts.join('\0'));
  return { high: bytes.readUInt32BE(0), low: bytes.readUInt32BE(4) };
}

/** SHA-256 in hex: how the ledger names a number or a text without saying it. */
export const fingerprint = (text: string): string => hash(text).toString('hex');
