import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endStaleChildren } from './children';
import {
  dataFolder,
  findProjectFolder,
  ownerOfThrowAway,
  ownFolder,
  passable,
  throwAwayName,
  throwAwayRoots,
} from './data-folder';
import { readLock, type LockState } from './lock';
import { markOf } from './process-mark';

/** Which folder a stack wants. */
export interface FolderWish {
  readonly name: string;
  readonly throwAway: boolean;
  readonly folder?: string;
  readonly projectFolder: string;
}

/** The folder of a named stack of this user and this checkout. @throws Error for a name that is no folder's */
export function stackFolder(name: string, projectFolder = findProjectFolder()): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name === 'throw-away') {
    throw new Error(
      `"${name}" is no name for a stack: small letters, digits and dashes, a letter first.`,
    );
  }
  return join(dataFolder(projectFolder), name);
}

/** What is known of the running stack of this name; `undefined` when none runs. */
export function readRunning(name: string, folder = stackFolder(name)): LockState | undefined {
  return readLock(folder);
}

/** Makes the folder of a stack, and first an end to what killed throw-away stacks have left. */
export async function openFolder(wish: FolderWish): Promise<string> {
  const { name, throwAway, folder, projectFolder } = wish;
  const roots = throwAwayRoots(projectFolder);
  for (const root of roots) await sweep(root);
  if (folder !== undefined) {
    mkdirSync(dirname(folder), { recursive: true });
    return ownFolder(folder, passable());
  }
  const named = stackFolder(name, projectFolder);
  if (!throwAway) return ownFolder(named, passable());
  return ownFolder(join(roots[0] ?? dirname(named), throwAwayName(name)), passable());
}

async function sweep(root: string): Promise<void> {
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    if (isInUse(folder, ownerOfThrowAway(name))) continue;
    await endStaleChildren(join(folder, 'children.json'));
    // Another start may be sweeping the same folder.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The lock says more than the pid in the name, which may be another's by now; a folder without one is just being made, or taken away. */
function isInUse(folder: string, owner: number | undefined): boolean {
  if (existsSync(join(folder, 'lock.json'))) return readLock(folder) !== undefined;
  return owner !== undefined && markOf(owner) !== undefined;
}
