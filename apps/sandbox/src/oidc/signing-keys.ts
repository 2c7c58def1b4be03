import { randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type CryptoKey, type JWK } from 'jose';

/** A key pair of the issuer. Made at the start, never written anywhere. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** The private key as the issuer is given it. */
  readonly jwk: JWK;
  /** The public key in PEM: what an attacker would sign HS256 with. */
  readonly publicPem: string;
}

/** How tokens of the sandbox are signed. */
export const signingAlgorithm = 'RS256';

/** Makes a new key. */
export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: signingAlgorithm };
  return { kid, privateKey, jwk, publicPem: await exportSPKI(publicKey) };
}
