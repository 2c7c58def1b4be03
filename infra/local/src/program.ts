import { appendFileSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import type { Child, Children, Exit } from './children';
import { lastLines, readFrom } from './file';
import { dyingWithLauncher } from './parent-death';
import type { Report } from './report';
import { waitFor } from './wait';

/** How a program shows that it is ready: a line in its log, or a status 200 at an address. */
export type Readiness = { readonly line: string | RegExp } | { readonly url: string };

/** One of Varde's programs. */
export interface ProgramPlan {
  /** `api`, `engine` … */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly ready: Readiness;
  /** Default: `logs/<name>.log` in the stack's folder. */
  readonly logFile?: string;
  readonly cwd?: string;
  /** Start it again when it ends by itself, a few times. */
  readonly restart: boolean;
}

/** A program under supervision. */
export interface Program {
  readonly name: string;
  /** Of the process that runs now; another one after a restart. */
  readonly pid: number;
  readonly logFile: string;
  /** How often it was started again, by itself or after `kill9`. */
  readonly restarts: number;
  /** Settles once the process that runs now is ready. @throws Error with the end of its log */
  ready(): Promise<void>;
  /** Settles when it has ended for good: it was stopped, or is not started again. */
  readonly exited: Promise<Exit>;
  /** SIGTERM, half a minute of grace, SIGKILL. Asked twice it does it once. */
  stop(): Promise<void>;
  /** SIGKILL, as a fault test wants it; settles when the process is gone. A program with `restart` comes again. */
  kill9(): Promise<void>;
}

/** What supervision needs from the stack. */
export interface ProgramSetting {
  readonly children: Children;
  readonly report: Report;
  readonly folder: string;
  readonly stopping: () => boolean;
}

const stopGraceMs = 30_000;
const readyWithinMs = 60_000;
/** So often in a row; one that has run a minute begins to count anew. */
const mostRestarts = 5;
const steadyAfterMs = 60_000;
const firstPauseMs = 200;

/** Starts a program and looks after it until it is stopped. */
export function startProgram(plan: ProgramPlan, setting: ProgramSetting): Program {
  const { children, report } = setting;
  const logFile = plan.logFile ?? join(setting.folder, 'logs', `${plan.name}.log`);
  const line = dyingWithLauncher(plan, 'TERM');
  let restarts = 0;
  let inARow = 0;
  let killing = false;
  let stopped: Promise<void> | undefined;
  let run = launch();

  function launch(): Run {
    appendFileSync(logFile, '', { mode: 0o600 });
    const logBegin = statSync(logFile).size;
    const { name, env, cwd } = plan;
    const child = children.spawn({
      name,
      env,
      logFile,
      ...line,
      ...(cwd === undefined ? {} : { cwd }),
    });
    return {
      child,
      ready: untilReady(plan, child, logFile, logBegin),
      startedAt: performance.now(),
    };
  }

  const exited = supervise();
  async function supervise(): Promise<Exit> {
    for (;;) {
      const exit = await run.child.exited;
      if (stopped || setting.stopping()) return exit;
      const asked = killing;
      killing = false;
      if (performance.now() - run.startedAt > steadyAfterMs) inARow = 0;
      if (!asked) inARow += 1;
      const how = exit.signal ?? `code ${exit.code}`;
      if (!plan.restart || inARow > mostRestarts) {
        const often = plan.restart
          ? ` for the ${inARow}th time in a row and is not started again`
          : '';
        if (!asked)
          report(`${plan.name} has ended by itself (${how})${often}. Its log is ${logFile}.`);
        return exit;
      }
      if (!asked) {
        report(
          `${plan.name} has ended by itself (${how}) and is started again. Its log is ${logFile}.`,
        );
        await waitFor(() => stopped !== undefined, { withinMs: firstPauseMs * 2 ** (inARow - 1) });
        if (stopped || setting.stopping()) return exit;
      }
      restarts += 1;
      run = launch();
    }
  }

  return {
    name: plan.name,
    logFile,
    exited,
    get pid() {
      return run.child.pid;
    },
    get restarts() {
      return restarts;
    },
    ready: () => run.ready,
    stop: () => (stopped ??= stop()),
    async kill9() {
      const { child } = run;
      if (child.hasExited()) return;
      killing = true;
      child.signal('SIGKILL');
      await child.exited;
    },
  };

  async function stop(): Promise<void> {
    const killed = await run.child.end(stopGraceMs);
    if (killed)
      report(
        `${plan.name} did not end within ${stopGraceMs / 1000} s and was killed. Its log is ${logFile}.`,
      );
  }
}

interface Run {
  readonly child: Child;
  readonly ready: Promise<void>;
  readonly startedAt: number;
}

function untilReady(
  plan: ProgramPlan,
  child: Child,
  logFile: string,
  logBegin: number,
): Promise<void> {
  const said = (): string => readFrom(logFile, logBegin);
  const isReady = async (): Promise<boolean> =>
    'url' in plan.ready ? answersOk(plan.ready.url) : contains(said(), plan.ready.line);
  const wait = async (): Promise<void> => {
    const outcome = await waitFor(
      async () =>
        child.hasExited() ? 'ended' : (await isReady()) && !child.hasExited() && 'ready',
      { withinMs: readyWithinMs, everyMs: 20 },
    );
    if (outcome === 'ready') return;
    const what =
      outcome === 'ended'
        ? 'ended before it was ready'
        : `was not ready within ${readyWithinMs / 1000} s`;
    throw new Error(`${plan.name} ${what}. The end of its log ${logFile}:\n${lastLines(said())}`);
  };
  const ready = wait();
  // Nobody may be waiting when a restarted program fails; the supervisor tells it.
  ready.catch(() => undefined);
  return ready;
}

function contains(text: string, line: string | RegExp): boolean {
  return typeof line === 'string' ? text.includes(line) : text.search(line) >= 0;
}

function answersOk(url: string): Promise<boolean> {
  return new Promise((settle) => {
    const request = get(url, { timeout: 2000, agent: false }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => settle(false));
  });
}
