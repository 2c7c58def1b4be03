import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  refreshTokenGrant,
  type Configuration,
} from 'openid-client';
import { signInAs } from '@varde/platform-auth';
import type { Sandbox } from '../sandbox';
import { aSandbox, ask, Browser, control } from '../testing';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.close());

/** Checks a token as the API does, against the keys that are published now. */
async function verified(token: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${sandbox.issuer}/jwks`));
  const expected = { issuer: sandbox.issuer, audience: 'urn:varde:api', algorithms: ['RS256'] };
  return (await jwtVerify(token, keys, expected)).payload;
}

const cli = (): Promise<Configuration> =>
  discovery(new URL(sandbox.issuer), 'varde-cli', undefined, None(), {
    execute: [allowInsecureRequests],
  });

const redirectUri = 'http://127.0.0.1:5555/callback';

/** The address that a browser is sent to. The challenge is of a verifier that is never used. */
function authorizationRequest(claims?: object): string {
  const query = new URLSearchParams({
    client_id: 'varde-cli',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...(claims ? { claims: JSON.stringify(claims) } : {}),
  });
  return `${sandbox.issuer}/auth?${query.toString()}`;
}

const mint = async (order: object): Promise<string> =>
  String((await control(sandbox, 'POST', 'oidc/mint', order)).value['token']);

describe('the code flow', () => {
  it('S-1: gives an access token for the API that says who, how and when', async () => {
    const { accessToken, idToken, refreshToken, expiresAt } = await signInAs({
      issuer: sandbox.issuer,
      person: 'maja.author',
    });
    const claims = await verified(accessToken);
    expect(claims).toMatchObject({
      sub: 'sandbox-maja.author',
      client_id: 'varde-cli',
      acr: 'urn:varde:acr:session',
      auth_time: expect.any(Number) as number,
    });
    expect(expiresAt).toBe((claims.exp ?? 0) * 1000);
    expect([idToken.length > 0, refreshToken.length > 0]).toEqual([true, true]);
    expect(decodeProtectedHeader(accessToken).typ).toBe('at+jwt');
  });

  it('S-1: grants the step-up to a sign-in that was asked for it', async () => {
    const { accessToken } = await signInAs({
      issuer: sandbox.issuer,
      person: 'aksel.approver',
      fresh: true,
    });
    expect(await verified(accessToken)).toMatchObject({ acr: 'urn:varde:acr:fresh' });
  });

  it('S-1: a session is enough for ordinary work, never for a step-up', async () => {
    const browser = new Browser();
    const walk = async (claims?: object, person?: string): Promise<string> => {
      let answer = await browser.visit(authorizationRequest(claims));
      while (answer.status === 303) {
        const location = new URL(answer.headers['location'] ?? '', sandbox.url).href;
        if (location.startsWith(redirectUri)) return 'signed in';
        answer = await browser.visit(location);
        if (answer.status === 200 && person !== undefined)
          answer = await browser.visit(location, { person });
      }
      return /<h1>(.*?)<\/h1>/.exec(answer.text)?.[1] ?? answer.text;
    };
    const fresh = { id_token: { acr: { essential: true, values: ['urn:varde:acr:fresh'] } } };
    expect(await walk()).toBe('Who are you?');
    expect(await walk(undefined, 'sofia.approver')).toBe('signed in');
    expect(await walk()).toBe('signed in');
    expect(await walk(fresh)).toBe('Who are you?');
    expect(await walk(fresh, 'sofia.approver')).toBe('signed in');
    expect(await walk(fresh)).toBe('Who are you?');
  });

  it('asks for PKCE', async () => {
    const query = new URLSearchParams({
      client_id: 'varde-cli',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: redirectUri,
    });
    const { status, headers } = await ask(`${sandbox.issuer}/auth?${query.toString()}`);
    expect(status).toBe(303);
    expect(headers['location']).toMatch(/error=invalid_request.*PKCE/);
  });

  it('says in one sentence that somebody is not known', async () => {
    await expect(signInAs({ issuer: sandbox.issuer, person: 'nobody' })).rejects.toThrow(
      /Nobody here is called "nobody"\. Choose one of: ingrid\.noc/,
    );
  });

  it('refuses an issuer that is not on this machine', async () => {
    await expect(
      signInAs({ issuer: 'https://sign-in.operator.example', person: 'x' }),
    ).rejects.toThrow(/on this machine only/);
  });
});

describe('a refresh', () => {
  it('gives a new refresh token; the old one, used again, ends the whole row', async () => {
    const { refreshToken } = await signInAs({
      issuer: sandbox.issuer,
      person: 'vera.viewer',
      fresh: true,
    });
    const config = await cli();
    const renewed = await refreshTokenGrant(config, refreshToken);
    expect(renewed.refresh_token).not.toBe(refreshToken);
    expect(await verified(renewed.access_token)).toMatchObject({ acr: 'urn:varde:acr:fresh' });
    await expect(refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(refreshTokenGrant(config, renewed.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('the device flow', () => {
  it('signs a terminal in by a code that is typed in a browser', async () => {
    const config = await cli();
    const device = await initiateDeviceAuthorization(config, { scope: 'openid' });
    await typeCode(device.verification_uri, device.user_code, 'dag.duty');
    const { access_token: token } = await pollDeviceAuthorizationGrant(config, {
      ...device,
      interval: 1,
    });
    expect(await verified(token)).toMatchObject({
      sub: 'sandbox-dag.duty',
      acr: 'urn:varde:acr:session',
    });
  });
});

describe('keys', () => {
  it('S-1: a token of the old key fails after the rotation, a new one passes, a session goes on', async () => {
    const { accessToken, refreshToken } = await signInAs({
      issuer: sandbox.issuer,
      person: 'vera.viewer',
    });
    await control(sandbox, 'POST', 'oidc/rotate-keys');
    await expect(verified(accessToken)).rejects.toThrow();
    await expect(verified(await mint({ key: 'old' }))).rejects.toThrow();
    const renewed = await refreshTokenGrant(await cli(), refreshToken);
    expect(await verified(renewed.access_token)).toMatchObject({ sub: 'sandbox-vera.viewer' });
  });
});

describe('minted tokens', () => {
  it('are good unless something is asked for', async () => {
    expect(await verified(await mint({ claims: { sub: 'sandbox-erik.crisis' } }))).toMatchObject({
      sub: 'sandbox-erik.crisis',
      acr: 'urn:varde:acr:fresh',
    });
  });

  it.each([
    ['alg none', { key: 'none' }],
    ['HS256 with the public key as the secret', { key: 'public-key-as-secret' }],
    ['a key that nobody knows', { key: 'foreign' }],
    ['another audience', { claims: { aud: 'urn:other:api' } }],
    ['another issuer', { claims: { iss: 'https://issuer.example' } }],
    ['an expiry in the past', { claims: { exp: 1 } }],
  ] as const)('S-1: %s does not pass', async (_what, order) => {
    await expect(verified(await mint(order))).rejects.toThrow();
  });

  it('leave a claim out that is null', async () => {
    expect(await verified(await mint({ claims: { acr: null } }))).not.toHaveProperty('acr');
  });
});

/** What a person does in the browser: type the code, say yes, pick who they are. */
async function typeCode(address: string, userCode: string, person: string): Promise<void> {
  const browser = new Browser();
  const follow = (location: string | undefined): string => new URL(location ?? '', address).href;
  const xsrf = /name="xsrf" value="([^"]+)"/.exec((await browser.visit(address)).text)?.[1] ?? '';
  const form = { xsrf, user_code: userCode };
  expect((await browser.visit(address, form)).text).toContain(userCode);
  const confirmed = await browser.visit(address, { ...form, confirm: 'yes' });
  const picker = follow(confirmed.headers['location']);
  expect((await browser.visit(picker)).text).toContain('Who are you?');
  const picked = await browser.visit(picker, { person });
  const done = await browser.visit(follow(picked.headers['location']));
  expect(done.text).toContain('The terminal is signed in');
}
