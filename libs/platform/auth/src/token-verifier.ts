import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { instant, Refusal, seconds, type Clock, type Duration, type Instant } from '@varde/kernel';
import { refusalOfToken, signInUnavailable, tokenRefusal } from './token-refusals';

/** Algorithms that a token may be signed with. `none` and everything with a shared secret is refused. @source S-1 */
export const signingAlgorithms = ['RS256', 'ES256'] as const;

/** The `aud` of tokens for this API. */
export const apiAudience = 'urn:varde:api';

/** Whose tokens are believed. */
export interface TokenVerifierOptions {
  /** The `iss` of good tokens, exactly. */
  readonly issuer: string;
  /** @defaultValue {@link apiAudience} */
  readonly audience?: string;
  /** Programs whose sign-ins count: `varde-cli`, `varde-console`. */
  readonly clients: readonly string[];
  /** Where the issuer's keys are. @defaultValue as the issuer's discovery document says */
  readonly jwksUri?: string;
  /** The real clock, also in a sandbox: tokens are dated by the issuer, whose clock nobody moves. */
  readonly clock: Clock;
  /**
   * A token with an unknown key makes us ask for the keys again, but not sooner than this after the last time, or anybody could
   * make us flood the issuer. @defaultValue one second
   */
  readonly askAgainAfter?: Duration;
}

/** What a good token says. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  readonly acr?: string;
  readonly authTime?: Instant;
}

// A key that the issuer has withdrawn is believed for as long at most.
const keysKeptMs = 30_000;
const longestAnswerMs = 3_000;

const tokenTypes = [undefined, 'JWT', 'at+jwt', 'application/at+jwt'];

/** Checks bearer tokens against the issuer's published keys. */
export class TokenVerifier {
  private keys: JWTVerifyGetKey | undefined;

  constructor(private readonly options: TokenVerifierOptions) {}

  /**
   * What a token says, if it is good: signature, algorithm, issuer, audience, client, expiry to the second.
   *
   * @param authorization the header, `Bearer …`
   * @throws Refusal with one of the codes of {@link tokenRefusal}, or `sign-in-unavailable`
   */
  async verify(authorization: string | undefined): Promise<VerifiedToken> {
    const token = /^Bearer +([\w-]+(?:\.[\w-]*){1,4})$/i.exec(authorization ?? '')?.[1];
    if (authorization === undefined || authorization === '') throw tokenRefusal('sign-in-missing');
    if (token === undefined) throw tokenRefusal('token-unreadable');
    return this.verified(await this.payloadOf(token));
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    const keys = await this.issuersKeys();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: this.options.issuer,
        audience: this.options.audience ?? apiAudience,
        algorithms: [...signingAlgorithms],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 0,
        currentDate: new Date(this.options.clock.now()),
      });
      if (!tokenTypes.includes(protectedHeader.typ)) throw tokenRefusal('token-of-another-kind');
      return payload;
    } catch (cause) {
      throw cause instanceof Refusal ? cause : refusalOfToken(cause);
    }
  }

  private verified(payload: JWTPayload): VerifiedToken {
    const { client_id: clientId, azp, acr, auth_time: authTime } = payload;
    const client = clientId ?? azp;
    if (typeof client !== 'string' || !this.options.clients.includes(client)) {
      throw tokenRefusal('token-of-another-client');
    }
    if (typeof payload.sub !== 'string' || payload.sub === '')
      throw tokenRefusal('token-incomplete');
    return {
      issuer: this.options.issuer,
      subject: payload.sub,
      clientId: client,
      ...(typeof acr === 'string' ? { acr } : {}),
      ...(typeof authTime === 'number' ? { authTime: instant(authTime * 1000) } : {}),
    };
  }

  private async issuersKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= createRemoteJWKSet(
      new URL(this.options.jwksUri ?? (await discoverKeys(this.options.issuer))),
      {
        cacheMaxAge: keysKeptMs,
        cooldownDuration: this.options.askAgainAfter ?? seconds(1),
        timeoutDuration: longestAnswerMs,
      },
    );
    return this.keys;
  }
}

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function discoverKeys(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(address, {
      redirect: 'error',
      signal: AbortSignal.timeout(longestAnswerMs),
    });
    if (!answer.ok) throw new errors.JOSEError(`${address} answered ${answer.status}`);
    const document = discoveryDocument.parse(await answer.json());
    if (document.issuer !== issuer)
      throw new errors.JOSEError(`${address} speaks for another issuer`);
    return document.jwks_uri;
  } catch (cause) {
    throw signInUnavailable(cause);
  }
}
