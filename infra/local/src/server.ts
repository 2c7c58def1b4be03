import { appendFileSync, statSync } from 'node:fs';
import type { Child, Children, PoliteSignal } from './children';
import { lastLines, readFrom } from './file';
import type { CommandLine } from './parent-death';
import { choosePort } from './port';
import type { Report } from './report';
import { waitFor } from './wait';

/** The three real servers under Varde. */
export const serverNames = ['postgres', 'redis', 'kafka'] as const;
/** One of them. */
export type ServerName = (typeof serverNames)[number];

/** How one kind of server is started and recognised. */
export interface ServerPlan {
  readonly name: ServerName;
  /** As a person calls it. */
  readonly title: string;
  readonly logFile: string;
  readonly stopSignal: PoliteSignal;
  readonly env: NodeJS.ProcessEnv;
  /** Writes what belongs to the port and says what to run. */
  command(port: number): CommandLine | Promise<CommandLine>;
  /** Does our own server, not just any, answer on this port? */
  isReady(port: number, pid: number): boolean | Promise<boolean>;
  /** After a stop in good order. */
  stopped?(): void;
}

/** A server that runs, and can be killed and started again on its port by a fault test. */
export interface RunningServer {
  readonly name: ServerName;
  readonly port: number;
  readonly pid: number;
  /** SIGKILL, and waits until it is gone. */
  kill9(): Promise<void>;
  /** Starts it again on the same port after `kill9`. */
  startAgain(): Promise<void>;
  /** Asks it to end in good order. */
  stop(): Promise<void>;
}

/** What a start needs besides the plan. */
export interface ServerSetting {
  readonly children: Children;
  readonly report: Report;
  readonly wishedPort?: number | undefined;
  /** No further try once the launcher stops. */
  readonly stopping: () => boolean;
}

const readyWithinMs = 60_000;
const stopGraceMs = 20_000;
/** Java's code after a stop in good order: 128 and the number of the signal. */
const endedBySigterm = 143;
/** A killed server's files stay locked until its last process is gone. */
const stillLocked =
  /already exists|still in use|pre-existing shared memory|failed to acquire lock/i;
const portTaken = /address already in use|could not bind|Failed to bind/i;

/** Starts a server and waits until it answers as our own. @throws Error in plain words, with the end of its log */
export async function startServer(
  plan: ServerPlan,
  setting: ServerSetting,
): Promise<RunningServer> {
  let { port, asWished } = await choosePort(setting.wishedPort);
  let child: Child | undefined;
  const giveUpAt = performance.now() + readyWithinMs;
  while (!child) {
    if (setting.stopping())
      throw new Error(`${plan.title} was not started: the stack is being stopped.`);
    const attempt = await tryStart(plan, setting, port);
    if (attempt.ready) child = attempt.child;
    else if (performance.now() > giveUpAt) throw failed(plan, attempt.said);
    else if (portTaken.test(attempt.said)) {
      ({ port } = await choosePort());
      asWished = setting.wishedPort === undefined;
    } else if (!stillLocked.test(attempt.said)) throw failed(plan, attempt.said);
    else await waitFor(() => false, { withinMs: 250 });
  }
  if (!asWished) {
    setting.report(
      `Port ${setting.wishedPort} is taken by another program: ${plan.title} listens on ${port} instead.`,
    );
  }
  return running(plan, setting, port, child);
}

type Attempt = { ready: true; child: Child } | { ready: false; said: string };

async function tryStart(plan: ServerPlan, setting: ServerSetting, port: number): Promise<Attempt> {
  appendFileSync(plan.logFile, '', { mode: 0o600 });
  const logBegin = statSync(plan.logFile).size;
  const line = await plan.command(port);
  const child = setting.children.spawn({ ...plan, ...line });
  const outcome = await waitFor(
    async () => {
      if (child.hasExited()) return 'ended';
      if (setting.stopping()) return 'stopping';
      return (await plan.isReady(port, child.pid)) && !child.hasExited() ? 'ready' : undefined;
    },
    { withinMs: readyWithinMs },
  );
  if (outcome === 'ready') return { ready: true, child };
  if (outcome !== 'ended') await child.end(stopGraceMs);
  return { ready: false, said: readFrom(plan.logFile, logBegin) };
}

function running(
  plan: ServerPlan,
  setting: ServerSetting,
  port: number,
  first: Child,
): RunningServer {
  let child = first;
  let expected = false;
  const watch = (watched: Child): void => {
    void watched.exited.then(({ code, signal }) => {
      if (expected || setting.stopping()) return;
      setting.report(
        `${plan.title} has ended by itself (${signal ?? `code ${code}`}). Its log is ${plan.logFile}; stop and start again.`,
      );
    });
  };
  watch(child);
  return {
    name: plan.name,
    port,
    get pid() {
      return child.pid;
    },
    async kill9() {
      expected = true;
      child.signal('SIGKILL');
      await child.exited;
    },
    async startAgain() {
      child = await startAgain(plan, setting, port);
      expected = false;
      watch(child);
    },
    async stop() {
      expected = true;
      const killed = await child.end(stopGraceMs);
      const { code } = await child.exited;
      if (killed) {
        setting.report(`${plan.title} did not end within ${stopGraceMs / 1000} s and was killed.`);
      } else if (code === 0 || code === endedBySigterm) plan.stopped?.();
    },
  };
}

async function startAgain(plan: ServerPlan, setting: ServerSetting, port: number): Promise<Child> {
  let said = '';
  const child = await waitFor(
    async () => {
      if (setting.stopping())
        throw new Error(`${plan.title} was not started again: the stack is being stopped.`);
      const attempt = await tryStart(plan, setting, port);
      if (attempt.ready) return attempt.child;
      said = attempt.said;
      if (!stillLocked.test(said)) throw failed(plan, said);
      return undefined;
    },
    { withinMs: readyWithinMs, everyMs: 250 },
  );
  if (!child) throw failed(plan, said);
  return child;
}

function failed(plan: ServerPlan, said: string): Error {
  const why = said.trim() === '' ? 'It said nothing.' : `It said:\n${lastLines(said)}`;
  return new Error(`${plan.title} did not start. ${why}\n  The whole log is ${plan.logFile}.`);
}
