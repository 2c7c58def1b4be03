import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children';
import { ownFolder } from './data-folder';
import { mustListen, placesOf, type ExistingServers, type HostAndPort } from './existing-servers';
import { planKafka } from './kafka-server';
import { planPostgres } from './postgres-server';
import { planRedis } from './redis-server';
import type { Report } from './report';
import { startServer, type RunningServer, type ServerName, type ServerPlan } from './server';
import type { ServerSoftware } from './server-software';

/** The servers of one stack: our own, and those that ran before. */
export interface ServerGroup {
  readonly places: Readonly<Record<ServerName, HostAndPort>>;
  /** @throws Error for a server that was not started by us */
  server(name: ServerName): RunningServer;
  /** Kafka, Redis, PostgreSQL, one after another. */
  stop(): Promise<void>;
}

/** What the servers are started with. */
export interface GroupInput {
  /** The stack's folder. */
  readonly folder: string;
  readonly projectFolder: string;
  readonly software: ServerSoftware;
  readonly existing: ExistingServers;
  readonly throwAway: boolean;
  readonly wishedPorts?: Readonly<Partial<Record<ServerName, number>>>;
  readonly children: Children;
  readonly report: Report;
  /** Once aborted nothing more is started. */
  readonly signal: AbortSignal;
}

/** Starts our own servers side by side and looks for the others. @throws the first failure, after stopping what had come up */
export async function startServers(input: GroupInput): Promise<ServerGroup> {
  const { children, report, signal, wishedPorts } = input;
  const running = new Map<ServerName, RunningServer>();
  const places = new Map<ServerName, HostAndPort>();
  const stop = async (): Promise<void> => {
    for (const name of ['kafka', 'redis', 'postgres'] as const) await running.get(name)?.stop();
  };
  const start = async (planning: ServerPlan | Promise<ServerPlan>): Promise<void> => {
    const plan = await planning;
    const wishedPort = wishedPorts?.[plan.name];
    const stopping = (): boolean => signal.aborted;
    const server = await startServer(plan, { children, report, stopping, wishedPort });
    running.set(plan.name, server);
    places.set(plan.name, { host: '127.0.0.1', port: server.port });
  };
  const find = async ([name, setting, where]: ReturnType<
    typeof placesOf
  >[number]): Promise<void> => {
    await mustListen(setting, where);
    places.set(name, where);
  };
  const all = [...plansOf(input).map(start), ...placesOf(input.existing).map(find)];
  // One that fails must not leave the others running behind our back: wait for all of them, then tell.
  await Promise.allSettled(all);
  try {
    await Promise.all(all);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    places: {
      postgres: known(places, 'postgres'),
      redis: known(places, 'redis'),
      kafka: known(places, 'kafka'),
    },
    server: (name) => known(running, name),
    stop,
  };
}

function known<T>(parts: ReadonlyMap<ServerName, T>, name: ServerName): T {
  const found = parts.get(name);
  if (!found)
    throw new Error(`The ${name} of this stack was not started by us, so we do not end it.`);
  return found;
}

function plansOf(input: GroupInput): (ServerPlan | Promise<ServerPlan>)[] {
  const { folder, projectFolder, throwAway, signal } = input;
  const { postgres, redis, kafka } = input.software;
  const settings = (file: string): string =>
    readFileSync(join(projectFolder, 'infra', file), 'utf8');
  const logs = ownFolder(join(folder, 'logs'), 0o700);
  const at = (name: ServerName): { folder: string; logFile: string } => ({
    folder,
    logFile: join(logs, `${name}.log`),
  });
  const plans: (ServerPlan | Promise<ServerPlan>)[] = [];
  if (postgres.length > 0) {
    const conf = settings('postgres/postgresql.conf');
    plans.push(
      planPostgres({ ...at('postgres'), installed: postgres, settings: conf, throwAway, signal }),
    );
  }
  if (redis) plans.push(planRedis({ ...at('redis'), binary: redis }));
  if (kafka)
    plans.push(
      planKafka({ ...at('kafka'), ...kafka, settings: settings('kafka/server.properties') }),
    );
  return plans;
}
