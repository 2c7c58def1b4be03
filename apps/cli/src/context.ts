import { request } from 'undici';
import { Database } from '@varde/platform-database';
import {
  currentToken,
  sessionOf,
  SessionStore,
  signInAs,
  signInByDevice,
  stateFolder,
} from '@varde/platform-auth';
import { systemClock } from '@varde/platform-time';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliConfig } from './cli.config';
import { CommandFailed, down, exit, wrongUse } from './exit';

/** Who signed in last, and how. */
export interface Me {
  readonly issuer: string;
  readonly person: string;
  readonly personId: string;
  readonly name: string;
  /** Signed in by name, as only a sandbox allows. */
  readonly isByName: boolean;
}

/** What commands work with. */
export interface Context {
  readonly config: CliConfig;
  /** The result, for a person or a program. @param words what a person reads */
  answer(json: boolean | undefined, document: unknown, words: string | readonly string[]): void;
  /** Progress and what goes wrong on the way: never part of the result. */
  progress(line: string): void;
  get<T>(path: string): Promise<T>;
  /** @param fresh a sign-in made for this act */
  post<T>(path: string, body: object, fresh?: boolean): Promise<T>;
  signIn(as: string | undefined): Promise<Me>;
  me(): Me;
  database(role: 'import' | 'gate'): Promise<Database>;
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
}

/** @param environment the process's environment, for the folder of the sign-ins */
export function contextFor(
  config: CliConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Context {
  const folder = stateFolder(environment);
  const store = new SessionStore(folder);
  const meFile = join(folder, 'me.json');
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);

  const issuer = (): string =>
    needed(config.VARDE_OIDC_ISSUER, 'VARDE_OIDC_ISSUER', 'where people sign in');
  const me = (): Me => {
    if (!existsSync(meFile))
      throw new CommandFailed(
        exit.refused,
        'not-signed-in',
        'Nobody is signed in here. Use: varde sign-in',
      );
    return JSON.parse(readFileSync(meFile, 'utf8')) as Me;
  };
  const token = async (fresh: boolean): Promise<string> => {
    const who = me();
    if (!fresh)
      return currentToken({ issuer: issuer(), store, clock: systemClock, person: who.person });
    if (who.isByName)
      return (await signInAs({ issuer: issuer(), person: who.person, fresh: true })).accessToken;
    return (
      await signInByDevice({
        issuer: issuer(),
        clock: systemClock,
        fresh: true,
        onPrompt: prompt(progress),
      })
    ).accessToken;
  };
  const call = async <T>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    bearer: string,
  ): Promise<T> => {
    const api = needed(config.VARDE_API_URL, 'VARDE_API_URL', 'the address of the API');
    const answer = await request(`${api}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    }).catch((cause: unknown) => {
      throw down(`The API does not answer at ${api}. Is it running?`, cause);
    });
    const text = await answer.body.text();
    const document = (text === '' ? {} : JSON.parse(text)) as T & Problem;
    if (answer.statusCode === 503 || answer.statusCode === 500)
      throw down(document.detail ?? 'The API cannot answer at the moment.');
    if (answer.statusCode >= 400)
      throw new CommandFailed(
        exit.refused,
        document.code ?? 'refused',
        document.detail ?? document.title ?? 'The API refused.',
      );
    return document;
  };

  return {
    config,
    progress,
    me,
    answer: (json, document, words) => {
      process.stdout.write(
        json ? `${JSON.stringify(document)}\n` : `${[words].flat().join('\n')}\n`,
      );
    },
    get: async (path) => call('GET', path, undefined, await token(false)),
    post: async (path, body, fresh = false) => call('POST', path, body, await token(fresh)),
    signIn: async (as) => {
      const session = as
        ? sessionOf(
            { issuer: issuer(), person: as },
            tokensOf(await signInAs({ issuer: issuer(), person: as })),
          )
        : await signInByDevice({
            issuer: issuer(),
            clock: systemClock,
            onPrompt: prompt(progress),
          });
      await store.keep(session);
      const found = await call<{ personId: string; name: string }>(
        'GET',
        '/me',
        undefined,
        session.accessToken,
      );
      const kept: Me = {
        issuer: issuer(),
        person: session.person,
        personId: found.personId,
        name: found.name,
        isByName: as !== undefined,
      };
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(meFile, JSON.stringify(kept), { mode: 0o600 });
      return kept;
    },
    database: (role) => {
      const [url, name] =
        role === 'import'
          ? [config.VARDE_IMPORT_DATABASE_URL, 'VARDE_IMPORT_DATABASE_URL']
          : [config.VARDE_GATE_DATABASE_URL, 'VARDE_GATE_DATABASE_URL'];
      return Database.connect({
        url: needed(url, name, `the database under the role varde_${role}`),
        applicationName: `varde-cli-${role}`,
        poolSize: 6,
      }).catch((cause: unknown) => {
        throw down(cause instanceof Error ? cause.message : 'PostgreSQL does not answer.', cause);
      });
    },
  };
}

const tokensOf = (signedIn: {
  accessToken: string;
  refreshToken: string;
}): { access_token: string; refresh_token: string } => ({
  access_token: signedIn.accessToken,
  refresh_token: signedIn.refreshToken,
});

const prompt =
  (progress: (line: string) => void) =>
  ({
    address,
    addressWithCode,
    code,
  }: {
    address: string;
    addressWithCode?: string;
    code: string;
  }): void =>
    progress(`Open ${addressWithCode ?? address} in any browser and compare the code: ${code}`);

/** @throws CommandFailed that names the variable */
export function needed(value: string | undefined, name: string, meaning: string): string {
  if (value !== undefined) return value;
  throw wrongUse(
    `${name} is not set (${meaning}). Set it, or start a local stack: npm run local -- up`,
  );
}
