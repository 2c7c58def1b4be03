import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { request } from 'undici';
import { instant, type Instant } from '@varde/kernel';
import { freshAcr } from './signed-in-person';

/** Who signs in, where, and how freshly. */
export interface SignInAs {
  /** The sandbox's issuer. Loopback only: no real issuer lets somebody in by name. */
  readonly issuer: string;
  /** Account name, `maja.author` for instance. */
  readonly person: string;
  /** Ask for the `acr` that approve, dispatch and release want (S-1). */
  readonly fresh?: boolean;
  /** @defaultValue `varde-cli` */
  readonly clientId?: string;
}

/** What a sign-in gives. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** When the access token ends. */
  readonly expiresAt: Instant;
}

/** Nobody listens there: the browser's last step is read, not taken. */
const redirectUri = 'http://127.0.0.1:1/callback';
const mostSteps = 10;

/**
 * Signs a person of the sandbox in without a browser: the real code flow with PKCE, state and nonce, in which this
 * function follows the redirects, keeps the cookies and fills in the one form, as a browser would.
 *
 * @throws Error in one sentence when the issuer is not on loopback, does not answer, or does not know the person
 * @source `recipes.md` §5; issue, `sign-in --as`
 */
export async function signInAs(asked: SignInAs): Promise<SignedIn> {
  const issuer = loopbackIssuer(asked.issuer);
  const config = await discovery(issuer, asked.clientId ?? 'varde-cli', undefined, None(), {
    execute: [allowInsecureRequests],
  });
  const checks = {
    pkceCodeVerifier: randomPKCECodeVerifier(),
    expectedState: randomState(),
    expectedNonce: randomNonce(),
  };
  const start = await authorizationUrl(config, checks, asked.fresh === true);
  const callback = await playBrowser(start, asked.person);
  const { access_token: accessToken, ...rest } = await authorizationCodeGrant(
    config,
    callback,
    checks,
  );
  const { exp = 0 } = decodeJwt(accessToken);
  return {
    accessToken,
    refreshToken: rest.refresh_token ?? '',
    idToken: rest.id_token ?? '',
    expiresAt: instant(exp * 1000),
  };
}

function loopbackIssuer(issuer: string): URL {
  const url = new URL(issuer);
  if (/^(127(\.\d+){3}|localhost|\[::1\])$/.test(url.hostname)) return url;
  throw new Error(
    `Signing in by name works with a sandbox on this machine only, not with ${url.origin}: sign in with a browser.`,
  );
}

interface Checks {
  readonly pkceCodeVerifier: string;
  readonly expectedState: string;
  readonly expectedNonce: string;
}

/** `acr_values` alone would not force a step-up where a session exists: the claims parameter does. */
async function authorizationUrl(
  config: Configuration,
  checks: Checks,
  isFresh: boolean,
): Promise<URL> {
  const claims = { id_token: { acr: { essential: true, values: [freshAcr] } } };
  return buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: await calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...(isFresh ? { claims: JSON.stringify(claims) } : {}),
  });
}

interface Step {
  readonly url: URL;
  readonly form?: string;
}

/** Walks from the authorization request to the redirect that carries the code; returns that redirect's address. */
async function playBrowser(start: URL, person: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let step: Step = { url: start };
  for (let taken = 0; taken < mostSteps; taken += 1) {
    if (step.url.href.startsWith(redirectUri)) return step.url;
    step = await takeStep(step, cookies, person);
  }
  throw new Error(`The issuer at ${start.origin} sent the sign-in of ${person} round in circles.`);
}

async function takeStep(
  { url, form }: Step,
  cookies: Map<string, string>,
  person: string,
): Promise<Step> {
  const { statusCode, headers, body } = await request(url, {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form === undefined ? {} : { body: form }),
  });
  const text = await body.text();
  keepCookies(cookies, headers['set-cookie']);
  const location = headers['location'];
  if (typeof location === 'string') return { url: new URL(location, url) };
  if (statusCode === 200 && form === undefined) {
    return { url, form: new URLSearchParams({ person }).toString() };
  }
  throw new Error(`The sandbox did not let ${person} in (${statusCode}): ${sentenceOf(text)}`);
}

function keepCookies(cookies: Map<string, string>, set: string | string[] | undefined): void {
  for (const cookie of [set ?? []].flat()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The `error` of a JSON answer, or else the beginning of what came. */
function sentenceOf(text: string): string {
  const [, error] = /^\{"error":"(.*)"\}$/.exec(text) ?? [];
  return error?.replace(/\\"/g, '"') ?? text.slice(0, 200);
}
