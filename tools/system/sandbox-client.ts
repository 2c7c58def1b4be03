import { request } from 'undici';

/** The outside world's control desk: what its phones and mailboxes got, its moods, its clock. */
export interface SandboxClient {
  get<T>(path: string): Promise<T>;
  put<T>(path: string, body: object): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
  /** Moves the installation's clock, and waits until every program has followed. */
  moveClock(seconds: number): Promise<void>;
}

/** @param url address of the sandbox */
export function sandboxAt(url: string): SandboxClient {
  const call = async <T>(
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: object,
  ): Promise<T> => {
    const answer = await request(`${url}${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400)
      throw new Error(`The sandbox answered ${answer.statusCode} to ${method} ${path}: ${text}`);
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return (isJson ? JSON.parse(text) : text) as T;
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body ?? {}),
    moveClock: async (seconds) => {
      await call('PUT', '/control/clock', { shiftSeconds: seconds });
    },
  };
}
