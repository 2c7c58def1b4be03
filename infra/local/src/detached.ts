import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, passable } from './data-folder';
import { lastLines, readFrom } from './file';
import { readLock, type LockState } from './lock';
import { isAlive, signalTo } from './process-mark';
import { readChildren } from './children';
import { silent, type Report } from './report';
import { stackFolder } from './stack-folder';
import { waitFor } from './wait';

/** What a launcher in the background needs besides its entry. */
export interface DetachedOptions {
  /** The stack that the entry will start. */
  readonly name: string;
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** How long it may take until everything is ready, in milliseconds. A first run fetches packages. */
  readonly withinMs?: number;
}

const usualPatienceMs = 15 * 60_000;
/** Programs have 30 s, each server 20 s. */
const stopPatienceMs = 100_000;

/**
 * Starts a launcher in the background, free of this terminal, and waits until its lock says that the stack is ready.
 *
 * @param entry  the script that calls `startStack` with the same name, and then `announce`
 * @throws Error with the last lines of its log when it ends before, or is not ready in time and was stopped
 */
export async function startDetached(
  entry: string,
  args: readonly string[],
  options: DetachedOptions,
): Promise<LockState> {
  const folder = ownFolder(options.folder ?? stackFolder(options.name), passable());
  const logFile = join(ownFolder(join(folder, 'logs'), 0o700), 'launcher.log');
  const launcher = background(entry, args, options, logFile);
  const withinMs = options.withinMs ?? usualPatienceMs;
  const outcome = await waitFor(
    () => {
      const state = readLock(folder);
      if (state?.ready) return state;
      // Another launcher may have been faster; ours says so, ends, and the stack is as good.
      return launcher.hasEnded() && !state && 'ended';
    },
    { withinMs, everyMs: 25 },
  );
  if (outcome !== undefined && outcome !== 'ended') return outcome;
  if (outcome === undefined) await stopRunning(options.name, { folder });
  const what =
    outcome === 'ended'
      ? 'ended before it was ready'
      : `was not ready within ${withinMs / 1000} s and was stopped`;
  throw new Error(
    `The stack "${options.name}" ${what}. The end of its log ${logFile}:\n${lastLines(readFrom(logFile, 0), 15)}`,
  );
}

/**
 * Stops the stack that runs in another process, and waits until it is gone. A launcher that does not come to an end is
 * killed together with the children that it has recorded.
 *
 * @returns false when none ran
 */
export async function stopRunning(
  name: string,
  { folder = stackFolder(name), report = silent }: { folder?: string; report?: Report } = {},
): Promise<boolean> {
  const running = readLock(folder);
  if (!running) return false;
  const { owner } = running;
  signalTo(owner, 'SIGTERM');
  const gone = (): boolean => !isAlive(owner);
  if (await waitFor(gone, { withinMs: stopPatienceMs })) return true;
  const children = readChildren(join(folder, 'children.json'));
  for (const mark of [owner, ...children]) signalTo(mark, 'SIGKILL');
  report(
    `The stack "${name}" did not stop within ${stopPatienceMs / 1000} s: its ${children.length + 1} processes were killed.`,
  );
  await waitFor(() => gone() && !children.some(isAlive), { withinMs: 10_000 });
  return true;
}

function background(
  entry: string,
  args: readonly string[],
  options: DetachedOptions,
  logFile: string,
): { hasEnded(): boolean } {
  const log = openSync(logFile, 'w', 0o600);
  try {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: options.cwd ?? process.cwd(),
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    return { hasEnded: () => child.exitCode !== null || child.signalCode !== null };
  } finally {
    closeSync(log);
  }
}
