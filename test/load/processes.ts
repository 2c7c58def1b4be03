import { readFileSync } from 'node:fs';
import type { System } from '../../tools/system/system';

// The kernel counts CPU time in hundredths of a second on every Linux that Node runs on.
const msPerTick = 10;

/** What one process, with its children that have no name of their own, has used. @property cpuMs user and system time @property peakMiB largest resident memory of one of them */
export interface Used {
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/** The processes that a load test looks at, by name. */
export type Watched = Readonly<Record<string, number>>;

/** Everything that runs for a benchmark: the programs, the servers, the sink, and the benchmark itself. */
export const processesOf = (system: System, sinkPid: number): Watched => ({
  bench: process.pid,
  sink: sinkPid,
  ...Object.fromEntries(Object.entries(system.programs).map(([name, { pid }]) => [name, pid])),
  ...Object.fromEntries(
    (['postgres', 'redis', 'kafka'] as const).map((name) => [name, system.stack.server(name).pid]),
  ),
});

/** What each has used since it started; subtract two to know a round. A process that is gone counts nothing. */
export const usedBy = (watched: Watched): Readonly<Record<string, Used>> =>
  Object.fromEntries(
    Object.entries(watched).map(([name, pid]) => {
      // The benchmark is the parent of the others: a child that is watched itself is not counted twice.
      const all = [pid, ...childrenOf(pid).filter((one) => !Object.values(watched).includes(one))];
      return [
        name,
        {
          cpuMs: all.reduce((sum, one) => sum + cpuMsOf(one), 0),
          peakMiB: Math.max(...all.map(peakMiBOf)),
        },
      ];
    }),
  );

/** CPU milliseconds by process between two looks, the largest first; what used none is left out. */
export const cpuBetween = (
  before: ReturnType<typeof usedBy>,
  after: ReturnType<typeof usedBy>,
): [name: string, cpuMs: number][] =>
  Object.entries(after)
    .map(([name, { cpuMs }]): [string, number] => [name, cpuMs - (before[name]?.cpuMs ?? 0)])
    .filter(([, cpuMs]) => cpuMs > 0)
    .sort(([, one], [, other]) => other - one);

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

// Fields 14 to 17 after the program's name, which may hold spaces: own time, and that of children which have ended.
function cpuMsOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 15);
  return fields.reduce((sum, ticks) => sum + Number(ticks), 0) * msPerTick;
}

const peakMiBOf = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024);

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw cause;
  }
}
