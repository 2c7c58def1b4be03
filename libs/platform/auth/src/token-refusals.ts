import { errors } from 'jose';
import { Refusal } from '@varde/kernel';

/** Why a token is not believed: code and sentence. None of them says more than the caller may know. @source S-1 */
export const tokenSentences = {
  'sign-in-missing': 'Nobody is signed in. Sign in and try again.',
  'token-unreadable':
    'The sign-in cannot be read: it is not a token, or a part of it is missing. Sign in again.',
  'token-algorithm-refused':
    'The sign-in is signed in a way that is not accepted here. Sign in again at our own sign-in service.',
  'token-key-unknown':
    'The sign-in is signed with a key that the sign-in service no longer uses. Sign in again.',
  'token-signature-wrong':
    'The signature of the sign-in is wrong. Sign in again at our own sign-in service.',
  'token-expired': 'The sign-in has expired. Sign in again.',
  'token-not-yet-valid':
    'The sign-in does not count yet. Check the clock of this machine and sign in again.',
  'token-of-another-issuer': 'The sign-in comes from another sign-in service. Sign in at ours.',
  'token-for-another-audience': 'The sign-in was made for another service. Sign in for this one.',
  'token-of-another-client': 'The sign-in was made by a program that may not use this service.',
  'token-of-another-kind':
    'This token is not meant for calling a service. Sign in again and use the access token.',
  'token-incomplete': 'The sign-in does not say who it is for, or until when. Sign in again.',
} as const;

/** The codes of {@link tokenSentences}. */
export type TokenRefusalCode = keyof typeof tokenSentences;

/** The refusal for a code. */
export const tokenRefusal = (code: TokenRefusalCode, cause?: unknown): Refusal =>
  new Refusal(code, tokenSentences[code], {}, undefined, { cause });

/** The sign-in service does not answer: nobody is let in, and nobody is called a liar. */
export const signInUnavailable = (cause: unknown): Refusal =>
  new Refusal(
    'sign-in-unavailable',
    'The sign-in service does not answer, so it cannot be checked who you are. Try again in a moment.',
    {},
    undefined,
    { cause },
  );

const codeOfClaim: Readonly<Record<string, TokenRefusalCode>> = {
  iss: 'token-of-another-issuer',
  aud: 'token-for-another-audience',
  nbf: 'token-not-yet-valid',
};

/** The refusal that an error of the verifying library stands for. What it does not know is no "yes" either. */
export function refusalOfToken(cause: unknown): Refusal {
  if (cause instanceof errors.JWTExpired) return tokenRefusal('token-expired', cause);
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const isAbsent = cause.reason === 'missing';
    return tokenRefusal(
      (isAbsent ? undefined : codeOfClaim[cause.claim]) ?? 'token-incomplete',
      cause,
    );
  }
  if (cause instanceof errors.JOSEAlgNotAllowed || cause instanceof errors.JOSENotSupported) {
    return tokenRefusal('token-algorithm-refused', cause);
  }
  if (
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return tokenRefusal('token-key-unknown', cause);
  }
  if (cause instanceof errors.JWSSignatureVerificationFailed)
    return tokenRefusal('token-signature-wrong', cause);
  if (cause instanceof errors.JWSInvalid || cause instanceof errors.JWTInvalid) {
    return tokenRefusal('token-unreadable', cause);
  }
  return signInUnavailable(cause);
}
