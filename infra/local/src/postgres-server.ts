import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, rmSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { isRoot, ownFolder } from './data-folder';
import { readIfThere } from './file';
import { dyingWithLauncher, type Identity } from './parent-death';
import type { PostgresBinaries } from './installed';
import type { ServerPlan } from './server';

/** What the plan of a PostgreSQL server is made of. */
export interface PostgresInput {
  readonly installed: readonly PostgresBinaries[];
  /** The stack's folder. */
  readonly folder: string;
  readonly logFile: string;
  /** Text of `infra/postgres/postgresql.conf`. */
  readonly settings: string;
  /** No sync of the fresh cluster to the disk: it will not outlive this run. */
  readonly throwAway: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Prepares the data folder, once, and says how PostgreSQL is started from it. */
export async function planPostgres(input: PostgresInput): Promise<ServerPlan> {
  const identity = isRoot() ? postgresUser() : undefined;
  const home = ownFolder(join(input.folder, 'pg'), 0o700, identity?.uid);
  const give = (path: string): void => {
    if (identity) chownSync(path, identity.uid, identity.gid);
  };
  give(home);
  const data = join(home, 'data');
  const { bin } = matching(input.installed, data);
  if (!existsSync(data)) await initialise(bin, home, identity, input);
  const settings = join(home, 'postgresql.conf');
  writeFileSync(settings, input.settings, { mode: 0o600 });
  give(settings);
  return {
    name: 'postgres',
    title: 'PostgreSQL',
    logFile: input.logFile,
    stopSignal: 'SIGINT',
    env: postgresEnv(bin),
    command: (port) =>
      dyingWithLauncher(
        {
          command: join(bin, 'postgres'),
          args: [
            '-D',
            data,
            '-p',
            String(port),
            '-k',
            '',
            '-c',
            'listen_addresses=127.0.0.1',
            '-c',
            `config_file=${settings}`,
          ],
        },
        'INT',
        identity,
      ),
    // The file lies in our data folder and holds our pid: no other server can have written it.
    isReady: (_port, pid) =>
      isPostmasterReady(readIfThere(join(data, 'postmaster.pid')) ?? '', pid),
  };
}

/**
 * Does `postmaster.pid` say that this process takes connections?
 *
 * @source PostgreSQL, src/include/utils/pidfile.h: line 1 the pid, line 8 the state
 */
export function isPostmasterReady(pidFile: string, pid: number): boolean {
  const lines = pidFile.split('\n');
  return lines[0]?.trim() === String(pid) && lines[7]?.trim() === 'ready';
}

async function initialise(
  bin: string,
  home: string,
  identity: Identity | undefined,
  input: PostgresInput,
): Promise<void> {
  const fresh = join(home, 'data.new');
  // What a killed run has begun is worth nothing.
  rmSync(fresh, { recursive: true, force: true });
  const flags = [
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    ...(input.throwAway ? ['-N'] : []),
  ];
  const line = dyingWithLauncher(
    { command: join(bin, 'initdb'), args: ['-D', fresh, ...flags] },
    'TERM',
    identity,
  );
  const { code, output } = await runCommand(line, { env: postgresEnv(bin), signal: input.signal });
  if (code !== 0)
    throw new Error(`PostgreSQL could not lay out its data in ${home}:\n${output.trim()}`);
  renameSync(fresh, join(home, 'data'));
}

/** Data of one major version are read by the same major version only. */
function matching(installed: readonly PostgresBinaries[], data: string): PostgresBinaries {
  const written = readIfThere(join(data, 'PG_VERSION'))?.trim();
  const found =
    written === undefined ? installed[0] : installed.find(({ major }) => String(major) === written);
  if (found) return found;
  throw new Error(
    `The data in ${data} were written by PostgreSQL ${written}, which is not installed: install it, or delete that folder to begin anew.`,
  );
}

function postgresUser(): Identity {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch (cause) {
    throw new Error(
      'PostgreSQL must not run as root and there is no user "postgres": make one, or run as another user.',
      { cause },
    );
  }
}

function postgresEnv(bin: string): NodeJS.ProcessEnv {
  return { PATH: `${bin}:/usr/bin:/bin`, LANG: 'C.UTF-8', TZ: 'UTC' };
}
