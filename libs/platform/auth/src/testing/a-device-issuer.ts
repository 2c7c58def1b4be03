import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { UnsecuredJWT } from 'jose';
import { systemClock } from '@varde/platform-time';

/** A sign-in service with the device flow and refresh tokens that count once, over real HTTP. */
export interface DeviceIssuer {
  readonly url: string;
  /** Forms that came in, in order: `/device` and `/token`. */
  readonly forms: readonly Record<string, string>[];
  close(): Promise<void>;
}

interface Answers {
  /** How often the person has not decided yet. @defaultValue 1 */
  readonly pending?: number;
  /** What the person says. @defaultValue yes */
  readonly decision?: 'yes' | 'no';
  /** Life of an access token in seconds. @defaultValue 900 */
  readonly life?: number;
}

/** Starts one. */
export async function aDeviceIssuer({
  pending = 1,
  decision = 'yes',
  life = 900,
}: Answers = {}): Promise<DeviceIssuer> {
  const forms: Record<string, string>[] = [];
  const spent = new Set<string>();
  let issued = 0;
  let waits = pending;

  const tokens = (): object => {
    issued += 1;
    const now = Math.floor(systemClock.now() / 1000);
    const accessToken = new UnsecuredJWT({
      sub: 'sandbox-maja.author',
      n: issued,
      exp: now + life,
    }).encode();
    return {
      access_token: accessToken,
      token_type: 'bearer',
      expires_in: life,
      refresh_token: `refresh-${issued}`,
    };
  };
  const token = (form: Record<string, string>): [number, object] => {
    if (form['grant_type'] === 'refresh_token') {
      const used = form['refresh_token'] ?? '';
      if (spent.has(used)) return [400, { error: 'invalid_grant' }];
      spent.add(used);
      return [200, tokens()];
    }
    if (waits > 0) {
      waits -= 1;
      return [400, { error: 'authorization_pending' }];
    }
    return decision === 'yes' ? [200, tokens()] : [400, { error: 'access_denied' }];
  };
  const answerTo = (url: string, form: Record<string, string>): [number, object] => {
    if (url === '/token') return token(form);
    if (url === '/device') {
      const page = `${address()}/activate`;
      return [
        200,
        {
          device_code: 'd',
          user_code: 'WDJB-MJHT',
          verification_uri: page,
          verification_uri_complete: `${page}?user_code=WDJB-MJHT`,
          expires_in: 600,
        },
      ];
    }
    return [
      200,
      {
        issuer: address(),
        token_endpoint: `${address()}/token`,
        device_authorization_endpoint: `${address()}/device`,
      },
    ];
  };

  const server = createServer((request, response) => {
    void formOf(request).then((form) => {
      if (request.method === 'POST') forms.push(form);
      const [status, body] = answerTo(request.url ?? '', form);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: address(),
    forms,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const formOf = async (request: IncomingMessage): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(await text(request)));
