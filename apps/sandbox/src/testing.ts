import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { readSandboxConfig } from './sandbox.config';
import { startSandbox, type Sandbox } from './sandbox';

/** Account and token of a sandbox under test. */
export const account = {
  accountSid: 'AC00000000000000000000000000000001',
  authToken: 'a-token-of-the-test',
} as const;

/** A sandbox on free ports. */
export const aSandbox = (env: Readonly<Record<string, string>> = {}): Promise<Sandbox> =>
  startSandbox(
    readSandboxConfig({
      SANDBOX_PORT: '0',
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_TWILIO_ACCOUNT_SID: account.accountSid,
      SANDBOX_TWILIO_AUTH_TOKEN: account.authToken,
      ...env,
    }),
  );

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Asks by HTTP, on a connection of its own, so that a mood that cuts it cuts nobody else's. */
export async function ask(
  url: string,
  method = 'GET',
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const options = { method, headers, ...(body === undefined ? {} : { body }) };
  const {
    statusCode,
    headers: answered,
    body: answer,
  } = await request(url, { ...options, reset: true });
  return { status: statusCode, headers: answered, text: await answer.text() };
}

/** A browser that keeps cookies and does not follow redirects by itself. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  async visit(url: string, form?: Readonly<Record<string, string>>): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = 'application/x-www-form-urlencoded';
    const answer = form
      ? await ask(url, 'POST', new URLSearchParams(form).toString(), {
          cookie,
          'content-type': type,
        })
      : await ask(url, 'GET', undefined, { cookie });
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** Asks a control route; the answer is JSON. */
export async function control<T = Record<string, unknown>>(
  sandbox: Sandbox,
  method: string,
  path: string,
  value?: unknown,
): Promise<{ status: number; value: T }> {
  const body = value === undefined ? undefined : JSON.stringify(value);
  const headers = { 'content-type': 'application/json' };
  const { status, text } = await ask(`${sandbox.url}/control/${path}`, method, body, headers);
  return { status, value: JSON.parse(text) as T };
}

const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;

/** Address of the Messages API of a sandbox. */
export const messagesUrl = (sandbox: Sandbox): string =>
  `${sandbox.url}/2010-04-01/Accounts/${account.accountSid}/Messages`;

/** Posts a message as Twilio's client does; `status` and the parsed `body` of the answer. */
export async function postMessage(
  sandbox: Sandbox,
  fields: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new URLSearchParams({ To: '+4790000001', From: 'Nettinfo', Body: 'Hei', ...fields });
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const { status, text } = await ask(
    `${messagesUrl(sandbox)}.json`,
    'POST',
    form.toString(),
    headers,
  );
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

/** Reads from the Messages API with the account's sign-in. */
export async function getFromApi(
  url: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { status, text } = await ask(url, 'GET', undefined, { authorization });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

/** A status callback as it arrived. */
export interface ReceivedCallback {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly isSignedByUs: boolean;
}

/** A stand-in for the courier's door for receipts: notes what comes, and answers what it is told to. */
export class Receiver {
  readonly callbacks: ReceivedCallback[] = [];
  /** Answers still to be given instead of 204, first in first out. */
  readonly answers: number[] = [];
  #waiting: { count: number; resolve: () => void }[] = [];
  readonly #server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      this.#note(incoming, Buffer.concat(chunks).toString());
      response.writeHead(this.answers.shift() ?? 204).end();
    });
  });

  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  urlFor(delivery: string): string {
    return `http://127.0.0.1:${this.port}/receipts/${delivery}?from=sandbox`;
  }

  /** Resolves as soon as so many callbacks have come. */
  received(count: number): Promise<void> {
    if (this.callbacks.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  statuses(): string[] {
    return this.callbacks.map(({ fields }) => fields['MessageStatus'] ?? '');
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #note(incoming: IncomingMessage, body: string): void {
    const fields = Object.fromEntries(new URLSearchParams(body));
    const url = `http://127.0.0.1:${this.port}${incoming.url}`;
    const signature = String(incoming.headers['x-twilio-signature']);
    const isSignedByUs = validateRequest(account.authToken, signature, url, fields);
    this.callbacks.push({ path: incoming.url ?? '', fields, isSignedByUs });
    const isReached = ({ count }: { count: number }): boolean => this.callbacks.length >= count;
    this.#waiting.filter(isReached).forEach(({ resolve }) => resolve());
    this.#waiting = this.#waiting.filter((one) => !isReached(one));
  }
}
