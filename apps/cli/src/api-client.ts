import { Agent, request } from 'undici';
import { down, isUnreachable, refused } from './exit';

/** What a request is answered that was not granted. @source RFC 9457 */
interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly problems?: readonly { readonly field: string; readonly problem: string }[];
}

/** Asks the API. A no is thrown as {@link refused}, silence as {@link down}. */
export class ApiClient {
  private readonly agent = new Agent({
    connect: { timeout: 10_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  });

  /** @param address of the API, without the version */
  constructor(private readonly address: () => string) {}

  async call<T>(method: 'GET' | 'POST', path: string, token: string, body?: object): Promise<T> {
    const { status, text } = await this.send(method, path, token, body);
    const document = documentOf(text);
    if (document === undefined || status >= 500) throw this.silence(document);
    if (status < 400) return document as T;
    throw refusalOf(document);
  }

  /** Ends what is still under way, so that nothing keeps a finished command alive. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    body?: object,
  ): Promise<{ status: number; text: string }> {
    try {
      const answer = await request(`${this.address()}/v1${path}`, {
        method,
        dispatcher: this.agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : null,
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    } catch (cause) {
      if (!isUnreachable(cause)) throw cause;
      throw down(`The API does not answer at ${this.address()}. Is it running?`, cause);
    }
  }

  private silence(document: object | undefined): Error {
    if (document === undefined)
      return down(`What answers at ${this.address()} is not the API: check VARDE_API_URL.`);
    return down((document as Problem).detail ?? 'The API cannot answer at the moment. Try again.');
  }
}

function documentOf(text: string): object | undefined {
  try {
    const read: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    // Told by the caller, who knows where it asked.
    return undefined;
  }
}

function refusalOf({ code, detail, title, problems = [] }: Problem): Error {
  const fields = problems.map(({ field, problem }) => `\n  ${field}: ${problem}`).join('');
  return refused(code ?? 'refused', `${detail ?? title ?? 'The API refused.'}${fields}`);
}
