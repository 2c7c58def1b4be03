import { isRoot } from './data-folder';
import { installPackages } from './apt';
import {
  findJava,
  findPostgres,
  isInstalled,
  oldestJava,
  oldestPostgres,
  type JavaBinary,
  type PostgresBinaries,
} from './installed';
import { ensureKafkaJars } from './kafka-jars';
import type { Report } from './report';
import { serverNames, type ServerName } from './server';

/** Everything that the local servers are started from. */
export interface ServerSoftware {
  /** The newest first; empty when an existing PostgreSQL is used. */
  readonly postgres: readonly PostgresBinaries[];
  readonly redis: string | undefined;
  readonly kafka: { readonly java: JavaBinary; readonly jars: string } | undefined;
}

/** Which servers are wanted, and how to stop a long installation. */
export interface SoftwareWish {
  readonly servers?: readonly ServerName[];
  readonly projectFolder?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What is needed, as a person and a package manager call it. */
const packages = {
  postgres: { title: `PostgreSQL ${oldestPostgres} or newer`, names: ['postgresql'] },
  redis: { title: 'redis-server', names: ['redis-server'] },
  java: {
    title: `Java ${oldestJava} or newer`,
    names: ['openjdk-17-jre-headless', 'default-jre-headless'],
  },
  maven: { title: 'Maven', names: ['maven'] },
  setpriv: { title: 'setpriv', names: ['util-linux'] },
} as const;

/** A piece of software that may be missing. */
export type Piece = keyof typeof packages;

/**
 * Finds the servers' software, and as root installs what is missing from the distribution's packages.
 *
 * @throws Error in one sentence that says what is missing and how to get it
 */
export async function ensureServerSoftware(
  report: Report,
  wish: SoftwareWish = {},
): Promise<ServerSoftware> {
  const servers = wish.servers ?? serverNames;
  let found = await look(servers);
  let missing = piecesMissing(found, servers);
  if (missing.length > 0 && isRoot()) {
    const titles = missing.map((piece) => packages[piece].title).join(', ');
    report(`Installing ${titles} from the distribution's packages.`);
    await installPackages(
      missing.map((piece) => packages[piece].names),
      wish.signal,
    );
    found = await look(servers);
    missing = piecesMissing(found, servers);
  }
  if (missing.length > 0) throw new Error(missingSentence(missing, found.java));
  const { java } = found;
  const jars = servers.includes('kafka')
    ? await ensureKafkaJars(report, wish, requireMaven)
    : undefined;
  return {
    postgres: found.postgres,
    redis: found.redis,
    kafka: java && jars ? { java, jars } : undefined,
  };
}

interface Found {
  readonly postgres: readonly PostgresBinaries[];
  readonly redis: string | undefined;
  readonly java: JavaBinary | undefined;
  readonly setpriv: boolean;
}

function piecesMissing(found: Found, servers: readonly ServerName[]): Piece[] {
  const missing: Piece[] = [];
  if (servers.includes('postgres') && found.postgres.length === 0) missing.push('postgres');
  if (servers.includes('redis') && !found.redis) missing.push('redis');
  if (servers.includes('kafka') && (found.java?.major ?? 0) < oldestJava) missing.push('java');
  if (!found.setpriv) missing.push('setpriv');
  return missing;
}

/** What is missing, how to get it, and the way around it, in one sentence. */
export function missingSentence(
  missing: readonly Piece[],
  java?: { major: number; path: string },
): string {
  const titles = missing.map((piece) =>
    piece === 'java' && java
      ? `${packages.java.title} (${java.path} is version ${java.major})`
      : packages[piece].title,
  );
  const names = missing.map((piece) => packages[piece].names[0]).join(' ');
  return (
    `The local servers need ${titles.join(', ')}: install with "sudo apt-get install ${names}", or name servers that ` +
    'run already in VARDE_POSTGRES_URL, VARDE_REDIS_URL and VARDE_KAFKA_BROKERS, and run this again.'
  );
}

async function look(servers: readonly ServerName[]): Promise<Found> {
  const [postgres, redis, java, setpriv] = await Promise.all([
    servers.includes('postgres') ? findPostgres() : [],
    servers.includes('redis') ? isInstalled('redis-server') : false,
    servers.includes('kafka') ? findJava() : undefined,
    isInstalled('setpriv'),
  ]);
  return { postgres, redis: redis ? 'redis-server' : undefined, java, setpriv };
}

/** Maven is needed once, for the jars. */
async function requireMaven(signal?: AbortSignal): Promise<void> {
  if (await isInstalled('mvn')) return;
  if (isRoot()) await installPackages([packages.maven.names], signal);
  if (!(await isInstalled('mvn'))) throw new Error(missingSentence(['maven']));
}
