import { ask } from './answer';
import type { ServerName } from './server';

/** Servers that run already and are used instead of our own. */
export interface ExistingServers {
  readonly postgresUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly kafkaBrokers?: readonly string[] | undefined;
}

/** Reads `VARDE_POSTGRES_URL`, `VARDE_REDIS_URL` and `VARDE_KAFKA_BROKERS` (a list with commas). Empty means not given. */
export function readExistingServers(env: NodeJS.ProcessEnv): ExistingServers {
  const brokers = (env['VARDE_KAFKA_BROKERS'] ?? '').split(',').map((broker) => broker.trim());
  const given = brokers.filter((broker) => broker !== '');
  return {
    postgresUrl: env['VARDE_POSTGRES_URL'] || undefined,
    redisUrl: env['VARDE_REDIS_URL'] || undefined,
    kafkaBrokers: given.length > 0 ? given : undefined,
  };
}

/** The servers that we have to start ourselves. */
export function serversToStart(existing: ExistingServers): readonly ServerName[] {
  return [
    ...(existing.postgresUrl ? [] : (['postgres'] as const)),
    ...(existing.redisUrl ? [] : (['redis'] as const)),
    ...(existing.kafkaBrokers ? [] : (['kafka'] as const)),
  ];
}

/** Where a server listens. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Host and port of a URL, or of `host:port`. @throws Error that names the setting and never shows the URL, which may hold a password */
export function addressIn(setting: string, text: string, usualPort: number): HostAndPort {
  const url = text.includes('://') ? text : `kafka://${text}`;
  if (!URL.canParse(url) || new URL(url).hostname === '') {
    throw new Error(`${setting} is no address: write it as in the README and run this again.`);
  }
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usualPort : Number(port) };
}

/** Makes sure that somebody listens there. @throws Error in one sentence */
export async function mustListen(setting: string, { host, port }: HostAndPort): Promise<void> {
  const answer = await ask(port, '', () => true, host);
  if (answer === undefined) {
    throw new Error(
      `${setting} names ${host}:${port}, where nothing listens: start that server or take the setting away.`,
    );
  }
}

/** Where the given servers are, each with the name of its setting. */
export function placesOf({
  postgresUrl,
  redisUrl,
  kafkaBrokers,
}: ExistingServers): readonly (readonly [ServerName, string, HostAndPort])[] {
  const given = [
    ['postgres', 'VARDE_POSTGRES_URL', postgresUrl, 5432],
    ['redis', 'VARDE_REDIS_URL', redisUrl, 6379],
    ['kafka', 'VARDE_KAFKA_BROKERS', kafkaBrokers?.[0], 9092],
  ] as const;
  return given.flatMap(([name, setting, text, usualPort]) =>
    text === undefined ? [] : [[name, setting, addressIn(setting, text, usualPort)] as const],
  );
}
