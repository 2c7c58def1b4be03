import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isErrno } from './process-mark';

const enoughSharedMemoryBytes = 1024 ** 3;

/** Are we root? Then PostgreSQL must run as somebody else, who has to pass through our folders. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The folder of the checkout: the nearest one above with the launcher's own settings in it.
 *
 * @param from  where to begin looking: this file when it runs from source, the bundle's folder when bundled
 */
export function findProjectFolder(from: readonly string[] = startingPoints()): string {
  for (const start of from) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, 'infra/local/kafka/pom.xml'))) return realpathSync(folder);
      if (folder === dirname(folder)) break;
    }
  }
  throw new Error(
    'The folder of the project was not found: run this inside the checkout of Varde.',
  );
}

/**
 * Where stacks of this user and this checkout keep their data, outside the project: the project may lie where
 * PostgreSQL's user cannot go.
 *
 * @param temporary  the folder for temporary files, `/dev/shm` for stacks that live in memory
 */
export function dataFolder(projectFolder: string, temporary = lastingTemporaryFolder()): string {
  const hash = createHash('sha256').update(projectFolder).digest('hex').slice(0, 10);
  return ownFolder(join(temporary, `varde-${process.getuid?.() ?? 0}-${hash}`), passable());
}

/** Where throw-away stacks live: in memory when a gigabyte is free there, else beside the others. */
export function throwAwayRoots(projectFolder: string): readonly string[] {
  const places = memoryHasRoom()
    ? ['/dev/shm', lastingTemporaryFolder()]
    : [lastingTemporaryFolder()];
  return places.map((place) =>
    ownFolder(join(dataFolder(projectFolder, place), 'throw-away'), passable()),
  );
}

/** A name for a throw-away folder that says whose it is. */
export const throwAwayName = (name: string): string =>
  `${name}.${process.pid}.${randomBytes(4).toString('hex')}`;

/** The pid in the name of a throw-away folder. */
export const ownerOfThrowAway = (folderName: string): number | undefined => {
  const pid = /\.(\d+)\.[0-9a-f]{8}$/.exec(folderName)?.[1];
  return pid === undefined ? undefined : Number(pid);
};

/**
 * Makes a folder, or takes the one that is there, and makes sure that it is a folder and ours: in a place where
 * everybody may write, somebody may have put a link of that name first.
 */
export function ownFolder(path: string, mode: number, uid = process.getuid?.() ?? 0): string {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
  const found = lstatSync(path);
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== process.getuid?.())) {
    throw new Error(
      `${path} is not a folder of ours: somebody else has made it. Remove it and try again.`,
    );
  }
  if ((found.mode & 0o777) !== mode) chmodSync(path, mode);
  return path;
}

/** Root's folders let PostgreSQL's user pass without letting him look; other users need no such thing. */
export const passable = (): number => (isRoot() ? 0o711 : 0o700);

/** `/tmp` is emptied at a restart on many machines, so root, whose data others do not clean, uses `/var/tmp`. */
function lastingTemporaryFolder(): string {
  return isRoot() ? '/var/tmp' : tmpdir();
}

function memoryHasRoom(): boolean {
  try {
    accessSync('/dev/shm', constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > enoughSharedMemoryBytes;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'EACCES')) return false;
    throw error;
  }
}

function startingPoints(): readonly string[] {
  // A bundle in ES module format has no __dirname.
  return [...(typeof __dirname === 'string' ? [__dirname] : []), process.cwd()];
}
