import { Client } from 'pg';
import { kafkaAnswers, redisAnswers, type Addresses } from '@varde/local';

const patienceMs = 2_500;

/** A part of the stack that does not answer. */
export interface Away {
  readonly name: string;
  /** A server stays away; a program that ended is started again by itself. */
  readonly kind: 'server' | 'program';
}

interface Part extends Away {
  /** Its key among the addresses. */
  readonly key: string;
  readonly answers: (address: string) => Promise<boolean>;
}

const saysReady =
  (path: string) =>
  async (address: string): Promise<boolean> =>
    (await fetch(`${address}${path}`, { signal: AbortSignal.timeout(patienceMs) })).ok;

const parts: readonly Part[] = [
  { key: 'postgres', name: 'PostgreSQL', kind: 'server', answers: postgresAnswers },
  { key: 'redis', name: 'Redis', kind: 'server', answers: redisAnswers },
  {
    key: 'kafka',
    name: 'Kafka',
    kind: 'server',
    answers: async (brokers) =>
      (await Promise.all(brokers.split(',').map(kafkaAnswers))).every(Boolean),
  },
  { key: 'sandbox', name: 'sandbox', kind: 'program', answers: saysReady('/health') },
  { key: 'engine', name: 'engine', kind: 'program', answers: saysReady('/health/ready') },
  { key: 'courier', name: 'courier', kind: 'program', answers: saysReady('/health/ready') },
  { key: 'api', name: 'api', kind: 'program', answers: saysReady('/health/ready') },
];

/** Asks every part of a running stack for a sign of life, all at once. @returns those that do not answer, servers first */
export async function awayFrom(addresses: Addresses): Promise<readonly Away[]> {
  const found = await Promise.all(
    parts.map(async ({ key, name, kind, answers }) => {
      const address = addresses[key];
      if (typeof address !== 'string') return [];
      return (await answers(address).catch(() => false)) ? [] : [{ name, kind }];
    }),
  );
  return found.flat();
}

/** What a person reads when something is away, and what to do. */
export function awaySentence(away: readonly Away[]): string {
  const servers = away.filter(({ kind }) => kind === 'server');
  if (servers.length > 0)
    return `It does not work: ${named(servers)} not answer. Stop what is left and start again: npm run local -- down, then npm run local -- up`;
  return `It does not work at the moment: ${named(away)} not say that it is ready. A program that ended is started again by itself: look again in a few seconds. If it stays so: npm run local -- down, then npm run local -- up`;
}

function named(away: readonly Away[]): string {
  const names = away.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? `${last} does` : `${names.join(', ')} and ${last} do`;
}

async function postgresAnswers(connectionString: string): Promise<boolean> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  client.on('error', () => undefined); // told by the answer
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
