import { readFileSync } from 'node:fs';

/**
 * Which process is meant, beyond doubt. A pid alone is given away again; with the start time and the boot it names one
 * process for ever.
 *
 * @source recipes.md §1
 */
export interface ProcessMark {
  readonly pid: number;
  /** Field 22 of `/proc/<pid>/stat`: clock ticks since boot. */
  readonly start: string;
  /** `/proc/sys/kernel/random/boot_id`: another one after each start of the machine. */
  readonly boot: string;
}

/** What `/proc/<pid>/stat` says about a process. */
export interface ProcessState {
  readonly start: string;
  /** A zombie still has its pid and start time, but nothing runs any more. */
  readonly dead: boolean;
}

/**
 * Reads a line of `/proc/<pid>/stat`.
 *
 * @returns `undefined` when it is not such a line. The name in brackets may itself hold blanks and brackets
 */
export function parseProcessState(stat: string): ProcessState | undefined {
  const afterName = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const state = afterName[0];
  const start = afterName[19];
  if (!stat.includes(')') || !state || !start) return undefined;
  return { start, dead: state === 'Z' || state === 'X' };
}

/** The mark of a running process, or `undefined` when there is none with this pid. */
export function markOf(pid: number): ProcessMark | undefined {
  const state = stateOf(pid);
  return state && !state.dead ? { pid, start: state.start, boot: bootId() } : undefined;
}

/** The mark of this process itself. */
export function ownMark(): ProcessMark {
  const mark = markOf(process.pid);
  if (!mark) throw new Error('/proc cannot be read here: the local servers need Linux with /proc.');
  return mark;
}

/** Does exactly this process still run? A zombie, a pid given to another and a process before a reboot do not. */
export function isAlive(mark: ProcessMark): boolean {
  const now = markOf(mark.pid);
  return now !== undefined && now.start === mark.start && now.boot === mark.boot;
}

/** Sends a signal to exactly this process. @returns false when it runs no more */
export function signalTo(mark: ProcessMark, signal: NodeJS.Signals): boolean {
  if (!isAlive(mark)) return false;
  try {
    return process.kill(mark.pid, signal);
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
    throw error;
  }
}

/** Is this value, read from a file, a mark? */
export function isProcessMark(value: unknown): value is ProcessMark {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, start, boot } = value as Record<string, unknown>;
  return Number.isInteger(pid) && typeof start === 'string' && typeof boot === 'string';
}

/** Is this error the operating system's, or Node's own, with one of these codes? */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  // Not by `instanceof`: inside Jest the errors of Node's own modules come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return codes.includes(String(error.code));
}

function stateOf(pid: number): ProcessState | undefined {
  try {
    return parseProcessState(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
