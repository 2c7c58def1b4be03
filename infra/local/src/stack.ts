import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endStaleChildren, openChildren, type Children } from './children';
import { findProjectFolder } from './data-folder';
import { serversToStart, type ExistingServers, type HostAndPort } from './existing-servers';
import { releaseLock, takeLock, type Addresses, type Lock, type LockState } from './lock';
import { startProgram, type Program, type ProgramPlan } from './program';
import { silent, type Report } from './report';
import type { RunningServer, ServerName } from './server';
import { startServers, type ServerGroup } from './server-group';
import { ensureServerSoftware } from './server-software';
import type { Shutdown } from './shutdown';
import { openFolder } from './stack-folder';

/** How a stack is wished. */
export interface StackOptions {
  /** Small letters, digits and dashes. A named stack keeps its data under this name. */
  readonly name: string;
  /** True: a folder of its own, in memory where possible, gone when the stack stops. */
  readonly throwAway: boolean;
  /** Instead of the folder that follows from user, checkout and name. Its parent must exist. */
  readonly folder?: string;
  readonly wishedPorts?: Readonly<Partial<Record<ServerName, number>>>;
  readonly existing?: ExistingServers;
  readonly report?: Report;
  /** Then a signal stops the stack in order, also in the middle of its start. */
  readonly shutdown?: Shutdown;
  readonly projectFolder?: string;
}

/** PostgreSQL, Redis and Kafka, running, and the programs started on top of them. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly postgres: HostAndPort & {
    /** For migrations and tests only: programs have roles of their own. */
    superuserUrl(database: string): string;
  };
  readonly redis: HostAndPort & { readonly url: string };
  readonly kafka: { readonly brokers: readonly string[] };
  /** One of our own servers, to be killed and started again by a fault test. @throws Error for an existing one */
  server(name: ServerName): RunningServer;
  /** Starts a program that is stopped before the servers; settles when it is ready. */
  startProgram(program: ProgramPlan): Promise<Program>;
  /** Tells others (`status`) that everything is up, and where. Names given again are replaced. */
  announce(addresses: Addresses): void;
  /** Programs, Kafka, Redis, PostgreSQL, in this order. Asked twice it does it once. */
  stop(): Promise<void>;
  /** SIGKILL to all recorded children at once. @returns how many */
  killHard(): number;
}

/** The stack of this name runs already. */
export class StackRunsAlready extends Error {
  override readonly name = 'StackRunsAlready';

  constructor(
    readonly stackName: string,
    readonly holder: LockState,
  ) {
    super(
      `The stack "${stackName}" runs already (process ${holder.owner.pid}): use it, or stop it first.`,
    );
  }
}

/**
 * Starts the three servers and waits until each answers as our own.
 *
 * @throws StackRunsAlready
 * @throws Error in plain words; whatever had been started by then is stopped again
 */
export function startStack(options: StackOptions): Promise<Stack> {
  let children: Children | undefined;
  const start = begin(options, (opened) => (children = opened));
  // Registered before anything is there: a Ctrl-C in the middle waits for the start to give up and clean behind itself.
  options.shutdown?.onStop(
    `the stack "${options.name}"`,
    async () => {
      // A start that failed has told its caller why.
      const stack = await start.catch(() => undefined);
      await stack?.stop();
    },
    () => children?.killHard() ?? 0,
  );
  return start;
}

async function begin(options: StackOptions, opened: (children: Children) => void): Promise<Stack> {
  const { shutdown, report = silent, projectFolder = findProjectFolder(), existing = {} } = options;
  const software = await ensureServerSoftware(report, {
    servers: serversToStart(existing),
    projectFolder,
    signal: shutdown?.signal,
  });
  const folder = await openFolder({ ...options, projectFolder });
  const outcome = await takeLock(folder);
  if (outcome.kind === 'held') throw new StackRunsAlready(options.name, outcome.holder);
  const { lock } = outcome;
  try {
    const record = join(folder, 'children.json');
    const ended = await endStaleChildren(record);
    if (ended.length > 0) report(`Ended what a killed run had left behind: ${ended.join(', ')}.`);
    const children = openChildren(record);
    opened(children);
    const aborted = new AbortController();
    const signal = AbortSignal.any([aborted.signal, ...(shutdown ? [shutdown.signal] : [])]);
    const ground = { ...options, projectFolder, report, existing, folder, software, children };
    const servers = await startServers({ ...ground, signal });
    return raise({
      name: options.name,
      existing,
      folder,
      report,
      lock,
      children,
      servers,
      aborted,
      signal,
      leave,
    });
  } catch (error) {
    leave();
    throw error;
  }

  function leave(): void {
    if (options.throwAway) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    else releaseLock(lock);
  }
}

interface Ground {
  readonly name: string;
  readonly existing: ExistingServers;
  readonly folder: string;
  readonly report: Report;
  readonly lock: Lock;
  readonly children: Children;
  readonly servers: ServerGroup;
  readonly aborted: AbortController;
  /** Aborted by our own stop, and by a signal from outside. */
  readonly signal: AbortSignal;
  /** Gives the folder back, or takes it away. */
  readonly leave: () => void;
}

function raise(ground: Ground): Stack {
  const { name, folder, report, lock, children, servers, aborted } = ground;
  const programs: Program[] = [];
  const stopping = (): boolean => ground.signal.aborted;
  const where = whereabouts(servers, ground.existing);
  let addresses: Addresses = {
    postgres: where.postgres.superuserUrl('postgres'),
    redis: where.redis.url,
    kafka: where.kafka.brokers,
  };
  lock.update({ addresses });
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    aborted.abort();
    lock.update({ ready: false });
    await Promise.all(programs.map((program) => program.stop()));
    await servers.stop();
    ground.leave();
  }

  async function addProgram(plan: ProgramPlan): Promise<Program> {
    if (stopping()) throw new Error(`${plan.name} was not started: the stack is being stopped.`);
    const program = startProgram(plan, { children, report, folder, stopping });
    programs.push(program);
    try {
      await program.ready();
      return program;
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  function announce(more: Addresses): void {
    addresses = { ...addresses, ...more };
    if (!stopping()) lock.update({ ready: true, addresses });
  }

  return {
    name,
    folder,
    ...where,
    server: (server) => servers.server(server),
    startProgram: addProgram,
    announce,
    stop: () => (stopped ??= stopAll()),
    killHard: () => children.killHard(),
  };
}

function whereabouts(
  { places }: ServerGroup,
  { postgresUrl, redisUrl, kafkaBrokers }: ExistingServers,
): Pick<Stack, 'postgres' | 'redis' | 'kafka'> {
  const { postgres, redis, kafka } = places;
  return {
    postgres: {
      ...postgres,
      superuserUrl(database) {
        const url = new URL(postgresUrl ?? `postgres://postgres@127.0.0.1:${postgres.port}`);
        url.pathname = `/${encodeURIComponent(database)}`;
        return url.href;
      },
    },
    redis: { ...redis, url: redisUrl ?? `redis://127.0.0.1:${redis.port}` },
    kafka: { brokers: kafkaBrokers ?? [`127.0.0.1:${kafka.port}`] },
  };
}
