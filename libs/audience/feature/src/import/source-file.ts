import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '@varde/kernel';

const pieceBytes = 64 * 1024;

/** A file on its way in. */
export interface SourceFile {
  /** Its text in pieces, without a byte order mark. */
  readonly pieces: AsyncIterable<string>;
  /** Bytes on the disk. */
  readonly size: number;
  /** Bytes of the disk that were read until now. */
  readBytes(): number;
  /** SHA-256 of the bytes on the disk; only once `pieces` has ended. */
  sha256(): Buffer;
}

/**
 * Opens a file to be read as UTF-8; `.gz` is unpacked on the way.
 *
 * @throws Refusal `file-not-found`; while reading `file-not-utf8`, `file-not-gzip`
 */
export async function openSource(file: string): Promise<SourceFile> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new Refusal('file-not-found', `There is no file ${file}: check the name.`);
  }
  const hash = createHash('sha256');
  let read = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const bytes of createReadStream(file, { highWaterMark: pieceBytes })) {
      read += (bytes as Buffer).length;
      hash.update(bytes as Buffer);
      yield bytes as Buffer;
    }
  };
  return {
    pieces: decoded(file.endsWith('.gz') ? unpacked(counted(), file) : counted(), file),
    size: found.size,
    readBytes: () => read,
    sha256: () => hash.digest(),
  };
}

async function* unpacked(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  const { Readable } = await import('node:stream');
  const source = Readable.from(bytes);
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) yield piece as Buffer;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw cause;
    throw new Refusal(
      'file-not-gzip',
      `${file} is not a whole gzip file. Nothing was read.`,
      {},
      undefined,
      { cause },
    );
  } finally {
    source.destroy();
  }
}

async function* decoded(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    const last = decoder.decode();
    if (last !== '') yield last;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw cause;
    throw new Refusal(
      'file-not-utf8',
      `${file} is not UTF-8. Nothing was read: export it as UTF-8.`,
    );
  }
}
