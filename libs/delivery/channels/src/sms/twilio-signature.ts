import { validateRequest } from 'twilio';

/** A callback as it came in, and what it is checked against. */
export interface SignedCallback {
  /** The exact public address under which it was called. */
  readonly url: string;
  readonly signature: string | undefined;
  readonly parameters: Readonly<Record<string, string | string[]>>;
}

/**
 * Did the provider sign this callback, with one of these tokens? Compared in constant time by the provider's own validator.
 *
 * @param tokens the token, and during a rotation the one before
 * @source S-10; standards §4.3
 */
export const isSignedByTwilio = (callback: SignedCallback, tokens: readonly string[]): boolean =>
  tokens.some((token) =>
    validateRequest(token, callback.signature ?? '', callback.url, { ...callback.parameters }),
  );
