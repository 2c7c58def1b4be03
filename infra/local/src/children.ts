import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { parseJson, readIfThere, replaceFile } from './file';
import { isAlive, isProcessMark, markOf, signalTo, type ProcessMark } from './process-mark';
import { waitFor } from './wait';

/** Signals that end a process in good order: PostgreSQL's fast shutdown is SIGINT, everything else takes SIGTERM. */
export type PoliteSignal = 'SIGINT' | 'SIGTERM';

/** A process that a launcher has started, as it stands in `children.json`. */
export interface ChildRecord extends ProcessMark {
  readonly name: string;
  readonly stopSignal: PoliteSignal;
}

/** How a process ended: a code, or the signal that killed it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What is to be started. */
export interface Spawned {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Both outputs are appended here, by the process itself: they survive a killed launcher. */
  readonly logFile: string;
  readonly stopSignal?: PoliteSignal;
}

/** A running child. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended; never rejects. */
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end, waits, and kills it when the time is up. @returns whether it had to be killed */
  end(graceMs: number): Promise<boolean>;
}

/** The children of one launcher, recorded in a file so that the next run can end what a killed one left. */
export interface Children {
  spawn(what: Spawned): Child;
  /** Kills everything at once, without order. */
  killHard(): number;
}

/** Begins an empty list of children in this file. */
export function openChildren(file: string): Children {
  const running = new Map<Child, ChildRecord>();
  const save = (): void => replaceFile(file, JSON.stringify([...running.values()]));
  save();
  return {
    spawn(what) {
      const child = spawnChild(what);
      const mark = markOf(child.pid);
      // A process that is gone already needs no record.
      if (mark) {
        running.set(child, { ...mark, name: what.name, stopSignal: what.stopSignal ?? 'SIGTERM' });
        save();
      }
      void child.exited.then(() => {
        if (running.delete(child)) save();
      });
      return child;
    },
    killHard() {
      const records = [...running.values()];
      return records.filter((record) => signalTo(record, 'SIGKILL')).length;
    },
  };
}

/** The processes that a file records and that still run. */
export function readChildren(file: string): readonly ChildRecord[] {
  const list = parseJson(readIfThere(file) ?? '[]');
  return Array.isArray(list) ? list.filter(isChildRecord).filter(isAlive) : [];
}

/**
 * Ends the children that a killed run left behind: asked first, killed after ten seconds. Only processes whose pid,
 * start time and boot agree with the record are touched.
 *
 * @returns the names of those that still ran
 */
export async function endStaleChildren(file: string, graceMs = 10_000): Promise<readonly string[]> {
  const stale = readChildren(file);
  // What was started last depends on what was started first.
  for (const child of [...stale].reverse()) signalTo(child, child.stopSignal);
  const allGone = (): boolean => !stale.some(isAlive);
  if (!(await waitFor(allGone, { withinMs: graceMs }))) {
    for (const child of stale) signalTo(child, 'SIGKILL');
    await waitFor(allGone, { withinMs: graceMs });
  }
  return stale.map((child) => child.name);
}

function spawnChild(what: Spawned): Child {
  const log = openSync(what.logFile, 'a', 0o600);
  try {
    // A session of its own: Ctrl-C reaches the launcher alone, so that the order of stopping holds.
    const child = spawn(what.command, what.args, {
      cwd: what.cwd ?? '/',
      env: what.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    const exited = new Promise<Exit>((settle) => {
      child.once('exit', (code, signal) => settle({ code, signal }));
      child.once('error', () => settle({ code: 127, signal: null }));
    });
    if (child.pid === undefined)
      throw new Error(`${what.name} could not be started: ${what.command} cannot be run.`);
    const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const signal = (name: NodeJS.Signals): void => void (hasExited() || child.kill(name));
    return {
      name: what.name,
      pid: child.pid,
      exited,
      hasExited,
      signal,
      async end(graceMs) {
        signal(what.stopSignal ?? 'SIGTERM');
        const late = setTimeout(() => signal('SIGKILL'), graceMs);
        const { signal: killedBy } = await exited;
        clearTimeout(late);
        return killedBy === 'SIGKILL';
      },
    };
  } finally {
    closeSync(log);
  }
}

function isChildRecord(value: unknown): value is ChildRecord {
  const stop = isProcessMark(value) && 'stopSignal' in value ? value.stopSignal : undefined;
  return stop === 'SIGINT' || stop === 'SIGTERM';
}
