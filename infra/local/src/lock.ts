import { linkSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createHash, randomBytes } from 'node:crypto';
import { parseJson, readIfThere, replaceFile } from './file';
import { isAlive, isErrno, isProcessMark, ownMark, type ProcessMark } from './process-mark';
import { waitFor } from './wait';

/** Addresses of a running stack by name, as a script may use them: `api`, `postgres`, `twilio` … */
export type Addresses = Readonly<Record<string, unknown>>;

/** Who runs a stack, and where its parts answer. */
export interface LockState {
  readonly owner: ProcessMark;
  /** False while it starts, and again as soon as it begins to stop. */
  readonly ready: boolean;
  readonly addresses: Addresses;
}

/** The right to use a stack's folder. */
export interface Lock {
  readonly file: string;
  /** Tells others what is so now. */
  update(change: { readonly ready?: boolean; readonly addresses?: Addresses }): void;
}

/** Either the folder is ours now, or somebody who is alive has it. */
export type LockOutcome =
  | { readonly kind: 'taken'; readonly lock: Lock; readonly afterDead: ProcessMark | undefined }
  | { readonly kind: 'held'; readonly holder: LockState };

const lockFile = (folder: string): string => join(folder, 'lock.json');

/** Takes the lock of a folder; a dead owner's is taken over. */
export async function takeLock(folder: string): Promise<LockOutcome> {
  const file = lockFile(folder);
  const state: LockState = { owner: ownMark(), ready: false, addresses: {} };
  if (createWhole(file, state))
    return { kind: 'taken', lock: openLock(file, state), afterDead: undefined };
  return alone(file, () => {
    const holder = parseLock(readIfThere(file));
    if (holder && isAlive(holder.owner)) return { kind: 'held', holder };
    rmSync(file, { force: true });
    // Between these two lines a newcomer may have been faster: then the lock is theirs.
    if (createWhole(file, state))
      return { kind: 'taken', lock: openLock(file, state), afterDead: holder?.owner };
    const newcomer = parseLock(readIfThere(file));
    return newcomer ? { kind: 'held', holder: newcomer } : undefined;
  });
}

/** Gives a lock back. Another's lock is left alone. */
export function releaseLock(lock: Lock): void {
  const holder = parseLock(readIfThere(lock.file));
  if (holder && holder.owner.pid === process.pid && isAlive(holder.owner))
    rmSync(lock.file, { force: true });
}

/** Who holds the folder and runs; `undefined` when nobody does. */
export function readLock(folder: string): LockState | undefined {
  const state = parseLock(readIfThere(lockFile(folder)));
  return state && isAlive(state.owner) ? state : undefined;
}

/** Reads what another process has written. @returns `undefined` when it is not a lock */
export function parseLock(text: string | undefined): LockState | undefined {
  const value = parseJson(text ?? '');
  if (typeof value !== 'object' || value === null) return undefined;
  const { owner, ready, addresses } = value as Record<string, unknown>;
  if (!isProcessMark(owner) || typeof addresses !== 'object' || addresses === null)
    return undefined;
  return { owner, ready: ready === true, addresses: addresses as Addresses };
}

function openLock(file: string, first: LockState): Lock {
  let state = first;
  return {
    file,
    update(change) {
      state = { ...state, ...change };
      replaceFile(file, JSON.stringify(state, undefined, 2));
    },
  };
}

/** As `open` with `wx`, but the file appears with its text in it: a reader never finds it empty. */
function createWhole(file: string, state: LockState): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(state, undefined, 2), { flag: 'wx', mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/**
 * One at a time over all processes of the machine: two that find the same dead owner must not both remove the lock, or
 * the second removes the first one's. An abstract socket is the mutex, since the kernel gives it back when we die.
 */
async function alone<T>(file: string, act: () => T | undefined): Promise<T> {
  const name = `\0varde-${createHash('sha256').update(file).digest('hex')}`;
  const result = await waitFor(
    () =>
      new Promise<T | undefined>((settle, fail) => {
        const mutex = createServer();
        mutex.once('error', (error) =>
          isErrno(error, 'EADDRINUSE') ? settle(undefined) : fail(error),
        );
        mutex.listen(name, () => {
          try {
            const got = act();
            mutex.close(() => settle(got));
          } catch (error) {
            mutex.close(() =>
              fail(new Error(`The lock ${file} could not be taken.`, { cause: error })),
            );
          }
        });
      }),
    { withinMs: 10_000 },
  );
  if (result === undefined)
    throw new Error(`The lock ${file} could not be read within 10 s: look who holds it.`);
  return result;
}
