import { setTimeout as pause } from 'node:timers/promises';
import type { Me as Records } from '@varde/contracts';
import { stateFolder } from '@varde/platform-auth';
import { Database } from '@varde/platform-database';
import { ApiClient } from './api-client';
import type { CliConfig } from './cli.config';
import { down, isUnreachable, wrongUse } from './exit';
import type { Me } from './me-file';
import { outputTo, type Output } from './output';
import { SignIns } from './sign-ins';

/** What commands work with. Nothing is opened before a command asks for it. */
export interface Context extends Output {
  readonly config: CliConfig;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** With a sign-in made for this act. @source S-1 */
  postFresh<T>(path: string, body: object): Promise<T>;
  /** What the API answers within a few seconds, or `undefined`: for what is good to know and must hold nothing up. */
  glimpse<T>(work: () => Promise<T>): Promise<T | undefined>;
  signIn(as: string | undefined): Promise<Me>;
  me(): Me;
  /** Runs `work` under a role of the machine room. */
  withDatabase<T>(role: MachineRole, work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type MachineRole = 'import' | 'gate';

const glimpseMs = 3_000;

/** @param environment the process's environment, for the folder of the sign-ins */
export function contextFor(
  config: CliConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Context {
  const output = outputTo(process.stdout, process.stderr);
  const api = new ApiClient(() =>
    needed(config.VARDE_API_URL, 'VARDE_API_URL', 'the address of the API').replace(/\/$/, ''),
  );
  const signIns = new SignIns({
    folder: stateFolder(environment),
    issuer: () => needed(config.VARDE_OIDC_ISSUER, 'VARDE_OIDC_ISSUER', 'where people sign in'),
    progress: (line) => output.progress(line),
    whois: (token) => api.call<Records>('GET', '/me', token),
  });
  return {
    ...output,
    config,
    get: async (path) => api.call('GET', path, await signIns.token()),
    post: async (path, body) => api.call('POST', path, await signIns.token(), body),
    postFresh: async (path, body) => api.call('POST', path, await signIns.freshToken(), body),
    glimpse: (work) =>
      Promise.race([work().catch(() => undefined), pause(glimpseMs, undefined, { ref: false })]),
    signIn: (as) => signIns.signIn(as),
    me: () => signIns.me(config.VARDE_OIDC_ISSUER),
    withDatabase: (role, work) => withDatabase(config, role, work),
    close: () => api.close(),
  };
}

async function withDatabase<T>(
  config: CliConfig,
  role: MachineRole,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const name = role === 'import' ? 'VARDE_IMPORT_DATABASE_URL' : 'VARDE_GATE_DATABASE_URL';
  const url = needed(config[name], name, `the database under the role varde_${role}`);
  const database = await Database.connect({
    url,
    applicationName: `varde-cli-${role}`,
    poolSize: role === 'import' ? 6 : 1,
  }).catch((cause: unknown) => {
    throw down(cause instanceof Error ? cause.message : 'PostgreSQL does not answer.', cause);
  });
  try {
    return await work(database);
  } catch (cause) {
    if (!isUnreachable(cause)) throw cause;
    throw down('PostgreSQL went away in the middle. What was not finished was not kept.', cause);
  } finally {
    await database.close().catch(() => undefined); // it may be gone, which has been told
  }
}

/** A setting that this command cannot do without. @throws CommandFailed that names the variable */
export function needed(value: string | undefined, name: string, meaning: string): string {
  if (value !== undefined) return value;
  throw wrongUse(
    `${name} is not set (${meaning}). Set it, or start a local stack: npm run local -- up`,
  );
}
