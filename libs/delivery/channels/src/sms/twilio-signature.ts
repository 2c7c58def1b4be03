import { validateRequest, validateRequestWithBody } from 'twilio';

/** A callback as it came in, and what it is checked against. */
export interface SignedCallback {
  /** The exact public address under which it was called. */
  readonly url: string;
  readonly signature: string | undefined;
  readonly parameters: Readonly<Record<string, string | string[]>>;
  /** The body as it came in where it is JSON: its hash stands in the address, and no parameter is signed by itself. */
  readonly json?: string | undefined;
}

/**
 * Did the provider sign this callback, with one of these tokens? Compared in constant time by the provider's own validator.
 *
 * @param tokens the token, and during a rotation the one before
 * @source S-10; standards §4.3
 */
export const isSignedByTwilio = (
  { url, signature = '', parameters, json }: SignedCallback,
  tokens: readonly string[],
): boolean =>
  tokens.some((token) =>
    json === undefined
      ? validateRequest(token, signature, url, { ...parameters })
      : validateRequestWithBody(token, signature, url, json),
  );
