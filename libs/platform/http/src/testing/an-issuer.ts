import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { freshAcr } from '@varde/platform-auth';
import type { BadToken } from '../bad-tokens.cases';
import { specNow } from './a-person';

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  readonly publicPem: string;
}

async function aKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256' },
    publicPem: await exportSPKI(publicKey),
  };
}

const nowSeconds = specNow / 1000;
const relative = ['exp', 'nbf', 'auth_time'];
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A sign-in service over real HTTP that signs whatever a spec asks for. */
export class SpecIssuer {
  private constructor(
    private readonly server: Server,
    private readonly old: Key,
    private readonly foreign: Key,
    private current: Key,
  ) {}

  static async start(): Promise<SpecIssuer> {
    const server = createServer();
    const first = await aKey('first');
    const issuer = new SpecIssuer(server, first, await aKey('second'), first);
    server.on('request', (request, response) => {
      const body =
        request.url?.endsWith('/jwks') === true
          ? { keys: [issuer.current.jwk] }
          : issuer.discovery();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Signs with a new key and publishes only that one. */
  async rotate(): Promise<void> {
    this.current = await aKey('second');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The `Authorization` header of a case; of a good token for an empty one. */
  async authorization(given: Partial<BadToken> = {}): Promise<string | undefined> {
    if (given.authorization !== undefined) return given.authorization ?? undefined;
    return `Bearer ${await this.token(given)}`;
  }

  private async token({
    claims = {},
    header = {},
    key = 'current',
  }: Partial<BadToken>): Promise<string> {
    const payload = this.claims(claims);
    const head = { typ: 'at+jwt', ...header };
    if (key === 'none') return `${encoded({ alg: 'none', ...head })}.${encoded(payload)}.`;
    if (key === 'public-key-as-secret') {
      const signed = `${encoded({ alg: 'HS256', kid: this.current.kid, ...head })}.${encoded(payload)}`;
      return `${signed}.${createHmac('sha256', this.current.publicPem).update(signed).digest('base64url')}`;
    }
    const signer = { current: this.current, old: this.old, foreign: this.foreign }[key];
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: signer.kid, ...head })
      .sign(signer.privateKey);
  }

  private claims(
    given: Readonly<Record<string, string | number | null>>,
  ): Record<string, string | number> {
    const all = {
      iss: this.url,
      aud: 'urn:varde:api',
      sub: 'approver',
      client_id: 'varde-cli',
      iat: nowSeconds,
      exp: 600,
      acr: freshAcr,
      auth_time: 0,
      ...given,
    };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) =>
        value === null
          ? []
          : [[name, relative.includes(name) ? nowSeconds + Number(value) : value]],
      ),
    );
  }

  private discovery(): object {
    return { issuer: this.url, jwks_uri: `${this.url}/jwks` };
  }
}
