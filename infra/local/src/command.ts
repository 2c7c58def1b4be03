import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { CommandLine } from './parent-death';
import { isErrno } from './process-mark';

/** How a command ended, with everything it said on both outputs. A command that cannot be run ends with 127. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Runs a command to its end; when `signal` is aborted it is asked to end first. Never rejects. */
export function runCommand(
  { command, args }: CommandLine,
  {
    env = process.env,
    signal,
    cwd = '/',
  }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined; cwd?: string } = {},
): Promise<Finished> {
  return new Promise((settle) => {
    const said: Buffer[] = [];
    const finish = (code: number, extra = ''): void => {
      signal?.removeEventListener('abort', stop);
      settle({ code, output: Buffer.concat(said).toString() + extra });
    };
    const child = trySpawn(command, args, { env, cwd });
    // The whole group: Maven and apt-get work through processes of their own.
    const stop = (): void => {
      if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    };
    if (!child) return finish(127, `${command} cannot be run.`);
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    child.once('error', (error) => finish(127, error.message));
    child.once('close', (code) => finish(code ?? 128));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
  });
}

/** Node tells some failures, as a file in the place of a folder, by throwing at once instead of by an event. */
function trySpawn(
  command: string,
  args: readonly string[],
  place: { env: NodeJS.ProcessEnv; cwd: string },
): ChildProcessByStdio<null, Readable, Readable> | undefined {
  try {
    return spawn(command, args, { ...place, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (isErrno(error, 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOEXEC')) return undefined;
    throw error;
  }
}
