/** A token that must not open the door of an approval, and what is said to whoever brings it. @source S-1 */
export interface BadToken {
  readonly what: string;
  /** Laid over the claims of a good token; `null` takes one out. `exp` and `auth_time` are seconds from now. */
  readonly claims?: Readonly<Record<string, string | number | null>>;
  readonly header?: Readonly<Record<string, string>>;
  readonly key?: 'current' | 'old' | 'foreign' | 'none' | 'public-key-as-secret';
  /** Instead of a token. */
  readonly authorization?: string | null;
  readonly status: 401 | 403;
  readonly code: string;
}

/** Thirteen and more ways to be wrong. */
export const badTokens: readonly BadToken[] = [
  {
    what: 'made for another audience',
    claims: { aud: 'urn:other:api' },
    status: 401,
    code: 'token-for-another-audience',
  },
  {
    what: "another program's",
    claims: { client_id: 'somebody-else' },
    status: 401,
    code: 'token-of-another-client',
  },
  {
    what: 'of no program',
    claims: { client_id: null },
    status: 401,
    code: 'token-of-another-client',
  },
  { what: 'unsigned, alg none', key: 'none', status: 401, code: 'token-algorithm-refused' },
  {
    what: 'signed HS256 with the public key',
    key: 'public-key-as-secret',
    status: 401,
    code: 'token-algorithm-refused',
  },
  { what: 'expired by one second', claims: { exp: -1 }, status: 401, code: 'token-expired' },
  { what: 'expiring this second', claims: { exp: 0 }, status: 401, code: 'token-expired' },
  { what: 'without an end', claims: { exp: null }, status: 401, code: 'token-incomplete' },
  { what: 'not valid yet', claims: { nbf: 60 }, status: 401, code: 'token-not-yet-valid' },
  {
    what: 'of another issuer',
    claims: { iss: 'https://evil.example' },
    status: 401,
    code: 'token-of-another-issuer',
  },
  {
    what: 'signed with the key before the rotation',
    key: 'old',
    status: 401,
    code: 'token-key-unknown',
  },
  {
    what: "signed by a stranger under our key's name",
    key: 'foreign',
    status: 401,
    code: 'token-signature-wrong',
  },
  {
    what: 'without a step-up',
    claims: { acr: 'urn:varde:acr:session' },
    status: 401,
    code: 'fresh-sign-in-needed',
  },
  {
    what: 'that does not say how the sign-in was made',
    claims: { acr: null },
    status: 401,
    code: 'fresh-sign-in-needed',
  },
  {
    what: 'whose step-up is 5 minutes and a second old',
    claims: { auth_time: -301 },
    status: 401,
    code: 'fresh-sign-in-needed',
  },
  {
    what: 'that does not say when the sign-in was',
    claims: { auth_time: null },
    status: 401,
    code: 'fresh-sign-in-needed',
  },
  { what: 'without a subject', claims: { sub: null }, status: 401, code: 'token-incomplete' },
  {
    what: 'of an account that nobody registered',
    claims: { sub: 'stranger' },
    status: 403,
    code: 'account-unknown',
  },
  {
    what: 'of a person without the role',
    claims: { sub: 'viewer' },
    status: 403,
    code: 'right-missing',
  },
  {
    what: 'of another kind',
    header: { typ: 'logout+jwt' },
    status: 401,
    code: 'token-of-another-kind',
  },
  {
    what: 'that is garbage',
    authorization: 'Bearer garbage',
    status: 401,
    code: 'token-unreadable',
  },
  {
    what: 'that is garbage in three parts',
    authorization: 'Bearer a.b.c',
    status: 401,
    code: 'token-unreadable',
  },
  {
    what: 'under another scheme',
    authorization: 'Basic YWJjOmRlZg==',
    status: 401,
    code: 'token-unreadable',
  },
  { what: 'that is not there', authorization: null, status: 401, code: 'sign-in-missing' },
];
