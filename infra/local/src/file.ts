import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  fstatSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { isErrno } from './process-mark';

/** Writes a file so that a reader, and a run that is killed in between, sees the old text or the new, never a half. */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, text, { mode });
  renameSync(fresh, path);
}

/** The text of a file, or `undefined` when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Parses JSON that another process wrote; `undefined` for anything else, since a torn file is no reason to stop. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The text of a log from a byte on: what a program has said since it was started. */
export function readFrom(path: string, offset: number): string {
  const file = openSync(path, 'r');
  try {
    const length = Math.max(0, fstatSync(file).size - offset);
    const bytes = Buffer.alloc(length);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, length, offset));
  } finally {
    closeSync(file);
  }
}

/** The last lines of a text, indented, for the end of an error message. */
export function lastLines(text: string, count = 8): string {
  const lines = text.trimEnd().split('\n').slice(-count);
  return lines.map((line) => `    ${line}`).join('\n');
}
