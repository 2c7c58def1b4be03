import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  ClientError,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  refreshTokenGrant,
  ResponseBodyError,
  type Configuration,
  type TokenEndpointResponse,
} from 'openid-client';
import { between, instant, plus, Refusal, seconds, type Clock, type Instant } from '@varde/kernel';
import type { SessionStore, StoredSession } from './session-store';
import { freshAcr } from './signed-in-person';
import { apiAudience } from './token-verifier';

/** What the person at the terminal must be shown. */
export interface DevicePrompt {
  /** Where to go, with any browser on any machine. */
  readonly address: string;
  /** The same with the code in it, for whoever can click. */
  readonly addressWithCode?: string;
  /** What to compare, or to type. */
  readonly code: string;
  readonly expiresAt: Instant;
}

/** How a terminal signs somebody in. */
export interface DeviceSignIn {
  readonly issuer: string;
  /** @defaultValue `varde-cli` */
  readonly clientId?: string;
  readonly onPrompt: (prompt: DevicePrompt) => void;
  readonly clock: Clock;
  /** Ask for the sign-in that approve, dispatch and release want (S-1). */
  readonly fresh?: boolean;
  /** Seconds between two questions to the issuer, where it names none. @defaultValue 5 (RFC 8628 §3.2) */
  readonly intervalSeconds?: number;
  /** Ends the waiting: Ctrl-C. */
  readonly signal?: AbortSignal;
}

const cli = 'varde-cli';
const askedFor = { scope: 'openid offline_access', resource: apiAudience };
// A token that ends while a request is under way is refreshed before it.
const margin = seconds(30);

/**
 * Signs a person in at a terminal without a browser: they open an address anywhere, compare a code and sign in there.
 *
 * @throws Refusal `sign-in-unavailable`, `sign-in-declined`
 * @source RFC 8628; `recipes.md` §5
 */
export async function signInByDevice(asked: DeviceSignIn): Promise<StoredSession> {
  const { issuer, clientId = cli, clock } = asked;
  const config = await issuerAt(issuer, clientId);
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [freshAcr] } } });
  try {
    const device = await initiateDeviceAuthorization(config, {
      ...askedFor,
      ...(asked.fresh === true ? { claims, acr_values: freshAcr, prompt: 'login' } : {}),
    });
    asked.onPrompt({
      address: device.verification_uri,
      ...(device.verification_uri_complete === undefined
        ? {}
        : { addressWithCode: device.verification_uri_complete }),
      code: device.user_code,
      expiresAt: plus(clock.now(), seconds(device.expires_in)),
    });
    const interval = device.interval ?? asked.intervalSeconds ?? 5;
    const tokens = await pollDeviceAuthorizationGrant(
      config,
      { ...device, interval },
      { resource: apiAudience },
      asked.signal === undefined ? {} : { signal: asked.signal },
    );
    return sessionOf({ issuer, clientId }, tokens);
  } catch (cause) {
    throw refusalOfSignIn(cause, issuer);
  }
}

/** Which sign-in is asked for. */
export interface TokenAsked {
  readonly issuer: string;
  readonly store: SessionStore;
  readonly clock: Clock;
  /** Without it, whoever signed in last at this issuer. */
  readonly person?: string;
}

/**
 * An access token that is still good for half a minute at least; refreshed, and the new refresh token kept, where it is not.
 *
 * @throws Refusal `sign-in-missing`, `sign-in-over`, `sign-in-unavailable`
 */
export async function currentToken({ issuer, store, clock, person }: TokenAsked): Promise<string> {
  const isGood = (one: StoredSession): boolean => between(clock.now(), one.expiresAt) > margin;
  const kept = await store.find(issuer, person);
  if (!kept)
    throw new Refusal('sign-in-missing', 'Nobody is signed in. Run "varde sign-in" first.');
  if (isGood(kept)) return kept.accessToken;
  return store.alone(issuer, kept.person, async () => {
    // Another process may have refreshed it while this one waited.
    const now = (await store.find(issuer, kept.person)) ?? kept;
    if (isGood(now)) return now.accessToken;
    const renewed = await refreshed(now);
    await store.keep(renewed);
    return renewed.accessToken;
  });
}

async function refreshed(session: StoredSession): Promise<StoredSession> {
  const config = await issuerAt(session.issuer, session.clientId);
  try {
    const tokens = await refreshTokenGrant(config, session.refreshToken, { resource: apiAudience });
    return sessionOf(session, {
      ...tokens,
      refresh_token: tokens.refresh_token ?? session.refreshToken,
    });
  } catch (cause) {
    throw refusalOfSignIn(cause, session.issuer);
  }
}

/** Keeps what a sign-in gave, from whichever flow, in the shape of the store. */
export function sessionOf(
  { issuer, clientId = cli, person }: { issuer: string; clientId?: string; person?: string },
  tokens: Pick<TokenEndpointResponse, 'access_token' | 'refresh_token'>,
): StoredSession {
  const { exp = 0, sub = '' } = decodeJwt(tokens.access_token);
  return {
    issuer,
    clientId,
    person: person ?? sub,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? '',
    expiresAt: instant(exp * 1000),
  };
}

async function issuerAt(issuer: string, clientId: string): Promise<Configuration> {
  const url = new URL(issuer);
  const isLoopback = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(url.hostname);
  try {
    return await discovery(
      url,
      clientId,
      undefined,
      None(),
      isLoopback ? { execute: [allowInsecureRequests] } : {},
    );
  } catch (cause) {
    throw refusalOfSignIn(cause, issuer);
  }
}

function refusalOfSignIn(cause: unknown, issuer: string): unknown {
  const { host } = new URL(issuer);
  if (cause instanceof Refusal) return cause;
  if (cause instanceof Error && cause.name === 'AbortError') return cause;
  if (cause instanceof ResponseBodyError) {
    const isOver = cause.error === 'invalid_grant';
    return isOver
      ? new Refusal(
          'sign-in-over',
          'Your sign-in is over. Run "varde sign-in" again.',
          {},
          undefined,
          { cause },
        )
      : new Refusal(
          'sign-in-declined',
          `The sign-in at ${host} was not completed (${cause.error}). Begin it again.`,
          {},
          undefined,
          { cause },
        );
  }
  if (cause instanceof ClientError || cause instanceof TypeError) {
    const sentence = `The sign-in service at ${host} does not answer as it should. Is it running, and is its address right?`;
    return new Refusal('sign-in-unavailable', sentence, {}, undefined, { cause });
  }
  return cause;
}
