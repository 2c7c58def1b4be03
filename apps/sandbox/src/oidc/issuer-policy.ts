import { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';

/** The resource that access tokens are for: the `aud` that the API asks for. */
export const apiResource = 'urn:varde:api';
/** `acr` of a sign-in that was made for this very request. Only it opens approve, dispatch and release (S-1). */
export const freshAcr = 'urn:varde:acr:fresh';
/** `acr` of any other sign-in. */
export const sessionAcr = 'urn:varde:acr:session';

/** Does the request insist on a fresh sign-in, by the `claims` parameter? `acr_values` alone is only a wish. */
export function asksForFresh(claims: unknown): boolean {
  const acr = (
    claims as
      | { id_token?: { acr?: { essential?: boolean; value?: string; values?: string[] } } }
      | undefined
  )?.id_token?.acr;
  return acr?.essential === true && [acr.value, ...(acr.values ?? [])].includes(freshAcr);
}

/** The issuer's own prompts, and one more: who asks for a fresh sign-in gets one, however young the session is. */
export function promptPolicy() {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  policy
    .get('login')
    ?.checks.add(
      new Check('fresh_sign_in', 'a fresh sign-in is required', 'login_required', ({ oidc }) =>
        asksForFresh(oidc.claims) && !oidc.result?.['login']
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}

/** `acr` and `auth_time` of the sign-in behind an access token, however it was asked for. */
export function signInClaims({ oidc }: KoaContextWithOIDC): Record<string, string | number> {
  const source =
    oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken ?? oidc.entities.DeviceCode;
  return {
    ...(source?.acr === undefined ? {} : { acr: source.acr }),
    ...(source?.authTime === undefined ? {} : { auth_time: source.authTime }),
  };
}

const loopbackClient = (clientId: string, name: string, path: string, grants: string[]) => ({
  client_id: clientId,
  client_name: name,
  application_type: 'native' as const,
  token_endpoint_auth_method: 'none' as const,
  redirect_uris: [`http://127.0.0.1${path}`],
  response_types: ['code' as const],
  grant_types: ['authorization_code', 'refresh_token', ...grants],
});

/** The programs that may ask for tokens. Both are public; a loopback redirect matches on any port. */
export const clients: NonNullable<Configuration['clients']> = [
  loopbackClient('varde-cli', 'Varde command line', '/callback', [
    'urn:ietf:params:oauth:grant-type:device_code',
  ]),
  loopbackClient('varde-console', 'Varde console', '/signed-in', []),
];
