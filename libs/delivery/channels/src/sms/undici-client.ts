import type { Pool } from 'undici';
import { providerCallMs } from '../channel';

/** What the SDK asks of an HTTP client. */
interface SdkRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string;
  readonly password?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What the SDK wants to hear back. */
interface SdkAnswer {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers: unknown;
}

/** The connection broke, or nothing came in time. */
export class NoAnswer extends Error {
  constructor(
    /** False when the provider cannot have seen anything of it. */
    readonly bytesSent: boolean,
    cause: unknown,
  ) {
    super('The provider did not answer', { cause });
  }
}

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The HTTP client that the SDK is given: undici's pool instead of its own, which is four to six times slower. */
export class UndiciClient {
  constructor(
    private readonly pool: Pool,
    private readonly base: string,
  ) {}

  /** @throws NoAnswer when nothing came back within the provider call's limit */
  async request(options: SdkRequest): Promise<SdkAnswer> {
    const url = new URL(options.uri);
    for (const [name, value] of Object.entries(options.params ?? {})) {
      url.searchParams.set(name, String(value));
    }
    try {
      const answer = await this.pool.request({
        path: this.base + url.pathname + url.search,
        method: options.method.toUpperCase(),
        headers: {
          authorization: `Basic ${Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: options.data ? form(options.data) : null,
        signal: AbortSignal.timeout(providerCallMs),
      });
      const text = await answer.body.text();
      return { statusCode: answer.statusCode, body: parsed(text), headers: answer.headers };
    } catch (cause) {
      throw new NoAnswer(!neverConnected.has((cause as { code?: string }).code ?? ''), cause);
    }
  }
}

function form(data: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return { message: 'The answer was not JSON' };
    throw cause;
  }
}
