/** Where the servers of this run answer, and what lies ready on them. */
export interface TestServers {
  /** `postgres://postgres@host:port`, without a database. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
  readonly brokers: readonly string[];
  /** The migrated database that clones are made of. Nobody may connect to it. */
  readonly templateDatabase: string;
  /** Tables that the migrations themselves have filled: `schema.table`. They are never emptied. */
  readonly seededTables: readonly string[];
}

const variable = 'VARDE_TEST_SERVERS';

/** Hands the addresses to the workers: Jest gives them the environment of its own process. */
export function rememberServers(servers: TestServers): void {
  process.env[variable] = JSON.stringify(servers);
}

/** The servers of this run. @throws Error outside of `jest -c jest.int.config.cjs` */
export function testServers(): TestServers {
  const known = process.env[variable];
  if (!known) {
    throw new Error(
      'No test servers run here. Integration tests are started with `npx jest -c jest.int.config.cjs <path>`.',
    );
  }
  return JSON.parse(known) as TestServers;
}

/** Address of the run's Redis. Give BullMQ a prefix of your own: `aPrefix()`. */
export const redisUrl = (): string => testServers().redisUrl;

/** Addresses of the run's Kafka. Give topics and groups a prefix of your own: `aPrefix()`. */
export const brokers = (): readonly string[] => testServers().brokers;
