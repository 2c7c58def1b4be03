import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { apiAudience, freshAcr } from '@varde/platform-auth';
import { systemClock } from '@varde/platform-time';

/** How a token of a test differs from a fresh sign-in. */
export interface TokenGiven {
  /** @defaultValue true */
  readonly isFresh?: boolean;
}

/** A sign-in service over real HTTP, which signs in whoever a test names. */
export class TestIssuer {
  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
    readonly url: string,
  ) {}

  static async start(): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answerTo(request.url ?? '', url, jwk)));
    });
    return new TestIssuer(server, privateKey, url);
  }

  /** An access token of this account. */
  async token(subject: string, { isFresh = true }: TokenGiven = {}): Promise<string> {
    const now = Math.floor(systemClock.now() / 1000);
    const claims = {
      client_id: 'varde-cli',
      auth_time: isFresh ? now : now - 3_600,
      acr: isFresh ? freshAcr : 'urn:varde:acr:session',
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setIssuer(this.url)
      .setSubject(subject)
      .setAudience(apiAudience)
      .setIssuedAt(now)
      .setExpirationTime(now + 600)
      .sign(this.key);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const answerTo = (path: string, url: string, jwk: JWK): object =>
  path.endsWith('/jwks') ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` };
