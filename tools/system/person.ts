import { signInAs } from '@varde/platform-auth';
import { request } from 'undici';

/** The API said no, or could not. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** An invented person at work: signs in as a browser would, and asks the API. */
export interface Person {
  readonly accountName: string;
  get<T>(path: string): Promise<T>;
  /** @param fresh a sign-in made for this act, as approving and releasing ask for */
  post<T>(path: string, body: object, fresh?: boolean): Promise<T>;
}

/** Signs a person in at the sandbox's issuer. @throws ApiProblem from its calls */
export function personAt(api: string, issuer: string, accountName: string): Person {
  let usual: Promise<string> | undefined;
  const token = async (fresh: boolean): Promise<string> => {
    if (fresh) return (await signInAs({ issuer, person: accountName, fresh: true })).accessToken;
    usual ??= signInAs({ issuer, person: accountName }).then((signedIn) => signedIn.accessToken);
    return usual;
  };
  const call = async <T>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    fresh: boolean,
  ): Promise<T> => {
    const answer = await request(`${api}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token(fresh)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.body.text();
    const document = (text ? JSON.parse(text) : {}) as T & {
      code?: string;
      detail?: string;
      title?: string;
    };
    if (answer.statusCode >= 400) {
      throw new ApiProblem(
        answer.statusCode,
        document.code ?? 'unknown',
        document.detail ?? document.title ?? text,
      );
    }
    return document;
  };
  return {
    accountName,
    get: (path) => call('GET', path, undefined, false),
    post: (path, body, fresh = false) => call('POST', path, body, fresh),
  };
}
