import { createHmac } from 'node:crypto';
import { SignJWT, type CryptoKey } from 'jose';
import { z } from 'zod';
import { makeSigningKey, signingAlgorithm } from './signing-keys';
import type { Issuer } from './issuer';
import { apiResource, freshAcr } from './issuer-policy';
import type { Clock } from '@varde/kernel';

/**
 * `POST /control/oidc/mint`: any token, also one that no honest issuer would make. Claims are laid over those of a good
 * token; `null` takes one out.
 */
export const mintOrder = z.strictObject({
  claims: z.record(z.string(), z.json()).default({}),
  header: z.record(z.string(), z.json()).default({}),
  key: z
    .enum(['current', 'old', 'foreign', 'none', 'public-key-as-secret'])
    .default('current')
    .describe('old: the key before the last rotation. none: alg none, no signature'),
});

/** What is asked of {@link mintToken}. */
export type MintOrder = z.infer<typeof mintOrder>;

const tokenLife = 600;

/** Makes the token. @throws Error when an old key is asked for and the keys were never rotated */
export async function mintToken(issuer: Issuer, order: MintOrder, clock: Clock): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  const claims = withoutNulls({ ...goodClaims(issuer, now), ...order.claims });
  const [current, old] = issuer.keys;
  switch (order.key) {
    case 'none':
      return `${encode({ alg: 'none', typ: 'at+jwt', ...order.header })}.${encode(claims)}.`;
    case 'public-key-as-secret':
      return signByPublicKey(order, claims, current?.publicPem ?? '');
    case 'foreign':
      return sign(order, claims, await makeSigningKey());
    case 'old':
      return sign(order, claims, old);
    case 'current':
      return sign(order, claims, current);
  }
}

function goodClaims(issuer: Issuer, now: number) {
  return {
    iss: issuer.options.issuer,
    aud: apiResource,
    sub: issuer.options.people[0]?.sub ?? 'nobody',
    client_id: 'varde-cli',
    iat: now,
    exp: now + tokenLife,
    jti: `minted-${now}`,
    acr: freshAcr,
    auth_time: now,
  };
}

type Claims = Record<string, z.core.util.JSONType>;

const withoutNulls = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signByPublicKey(order: MintOrder, claims: Claims, publicPem: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', ...order.header })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`;
}

async function sign(
  order: MintOrder,
  claims: Claims,
  key: { kid: string; privateKey: CryptoKey } | undefined,
): Promise<string> {
  if (!key) throw new Error('There is no old key yet: POST /control/oidc/rotate-keys first.');
  const header = { alg: signingAlgorithm, typ: 'at+jwt', kid: key.kid, ...order.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);
}
