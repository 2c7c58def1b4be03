import type { Dispatcher, Pool } from 'undici';
import type { RetryAfter } from '@varde/delivery-domain';

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

/** 429: turned away unprocessed. An error of our own, since the SDK's leaves the headers out. */
export class TooMany extends Error {
  constructor(readonly asked: RetryAfter) {
    super('The provider is busy');
  }
}

/**
 * The HTTP client that the SDK is given: undici's pool instead of its own, which is four to six times slower.
 *
 * @source benchmarks §5
 */
export class UndiciClient {
  constructor(
    private readonly pool: Pool,
    private readonly base: string,
    private readonly callMs: number,
  ) {}

  /** @throws NoAnswer when nothing came back within the provider call's limit; TooMany when it is busy */
  request(options: SdkRequest): Promise<SdkAnswer> {
    const url = new URL(options.uri);
    for (const [name, value] of Object.entries(options.params ?? {})) {
      url.searchParams.set(name, String(value));
    }
    return new Promise((answer, refuse) => {
      this.pool.dispatch(
        {
          path: this.base + url.pathname + url.search,
          method: options.method.toUpperCase(),
          headers: {
            authorization: `Basic ${Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
            accept: 'application/json',
          },
          body: options.data ? form(options.data) : null,
        },
        new Call(answer, refuse, this.callMs),
      );
    });
  }
}

/**
 * One call under way. A handler of the pool's own instead of a stream and an abort signal for each answer: those cost as much as
 * the call itself.
 */
class Call implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private statusCode = 0;
  private headers: Readonly<Record<string, string | string[] | undefined>> = {};
  private isLate = false;

  constructor(
    private readonly answer: (answer: SdkAnswer) => void,
    private readonly refuse: (cause: NoAnswer | TooMany) => void,
    callMs: number,
  ) {
    this.timer = setTimeout(() => this.giveUp(), callMs);
  }

  // A connection is there and the request is about to be written. Who waited for it too long has been given up already:
  // it must not go out now, when nobody counts on it any more.
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isLate) return controller.abort(new Error('too late'));
    this.controller = controller;
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    statusCode: number,
    headers: Call['headers'],
  ): void {
    this.statusCode = statusCode;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    if (this.statusCode === 429) return this.refuse(new TooMany(this.asked()));
    const body = parsed(Buffer.concat(this.chunks).toString('utf8'));
    this.answer({ statusCode: this.statusCode, body, headers: this.headers });
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    clearTimeout(this.timer);
    this.refuse(new NoAnswer(this.controller !== undefined, cause));
  }

  private asked(): RetryAfter {
    const { date, 'retry-after': retryAfter } = this.headers;
    return { retryAfter: [retryAfter].flat()[0], date: [date].flat()[0] };
  }

  private giveUp(): void {
    const cause = new Error('No answer in time');
    this.isLate = true;
    if (this.controller) this.controller.abort(cause);
    else this.refuse(new NoAnswer(false, cause));
  }
}

function form(data: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

const notJson = { message: 'The answer was not a JSON object' };

// The SDK reads fields of whatever it is given: anything but an object would make it fail in its own way.
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : notJson;
  } catch (cause) {
    if (cause instanceof SyntaxError) return notJson;
    throw cause;
  }
}
