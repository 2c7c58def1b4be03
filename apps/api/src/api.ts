import { communicationSettings, type CommunicationSettings } from '@varde/communication-feature';
import {
  Authenticator,
  findPersonIn,
  IdentityRepository,
  TokenVerifier,
} from '@varde/platform-auth';
import { Database } from '@varde/platform-database';
import type { HttpAppOptions } from '@varde/platform-http';
import { Outbox } from '@varde/platform-outbox';
import { InstallationClock, systemClock } from '@varde/platform-time';
import type { ApiConfig } from './api.config';

/** What the API's features stand on. */
export interface ApiParts {
  readonly database: Database;
  /** Signed in under the gate's own role, which can do nothing but halt and release. */
  readonly gateDatabase: Database;
  readonly outbox: Outbox;
  readonly clock: InstallationClock;
  readonly settings: CommunicationSettings;
}

// Programs through which people sign in.
const clients = ['varde-cli', 'varde-console'];

/**
 * The program that people and their tools speak to. It writes rows and the outbox, and never waits for Kafka or Redis (P-2).
 *
 * @source `architecture.md` §2
 */
export class Api implements ApiParts {
  private constructor(
    readonly database: Database,
    readonly gateDatabase: Database,
    readonly clock: InstallationClock,
    readonly settings: CommunicationSettings,
    /** How a sign-in is checked. */
    readonly authenticate: NonNullable<HttpAppOptions['authenticate']>,
  ) {}

  /** The relay that publishes lives in another program, so it is notified. */
  readonly outbox = new Outbox('notify');

  /** Connects. @throws Error in one sentence when something needed is down */
  static async start(config: ApiConfig): Promise<Api> {
    const url = config.VARDE_DATABASE_URL;
    const database = await Database.connect({ url, applicationName: 'varde-api', poolSize: 16 });
    const opened = [database];
    try {
      await assertInstalled(database);
      const gateDatabase = await Database.connect({
        url: config.VARDE_GATE_DATABASE_URL,
        applicationName: 'varde-api-gate',
        poolSize: 4,
      });
      opened.push(gateDatabase);
      // Nothing falls due in this program: a move of a sandbox's clock is acknowledged at once.
      const clock = await InstallationClock.follow(url, 'api', () => Promise.resolve());
      const settings = communicationSettings(config);
      return new Api(database, gateDatabase, clock, settings, authenticateWith(config, database));
    } catch (cause) {
      await Promise.all(opened.map((one) => one.close()));
      throw cause;
    }
  }

  /** Closes its connections; called once no request is under way any more. */
  async stop(): Promise<void> {
    await this.clock.close();
    await Promise.all([this.database.close(), this.gateDatabase.close()]);
  }
}

// Tokens are dated by the issuer, whose clock nobody moves: so ours is the machine's, in a sandbox too.
function authenticateWith(config: ApiConfig, database: Database): Api['authenticate'] {
  const verifier = new TokenVerifier({
    issuer: config.VARDE_OIDC_ISSUER,
    audience: config.VARDE_OIDC_AUDIENCE,
    clients,
    clock: systemClock,
  });
  const findPerson = findPersonIn(database, new IdentityRepository());
  const authenticator = new Authenticator(verifier, findPerson, systemClock);
  return (authorization, use) => authenticator.authenticate(authorization, use);
}

async function assertInstalled(database: Database): Promise<void> {
  const rows = await database.transaction((tx) =>
    tx.query(`select kind from platform.installation`),
  );
  if (rows.length > 0) return;
  throw new Error('This database is no installation of Varde yet. Run "varde db migrate" first.');
}
