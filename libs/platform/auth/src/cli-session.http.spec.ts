import { decodeJwt } from 'jose';
import { hours, plus } from '@varde/kernel';
import { systemClock } from '@varde/platform-time';
import { currentToken, signInByDevice, type DevicePrompt } from './cli-session';
import { SessionStore } from './session-store';
import { aDeviceIssuer, type DeviceIssuer } from './testing/a-device-issuer';
import { aFolder } from './testing/a-folder';

let folder: Awaited<ReturnType<typeof aFolder>>;
let store: SessionStore;
let issuer: DeviceIssuer | undefined;

beforeEach(async () => {
  folder = await aFolder();
  store = new SessionStore(folder.path);
});
afterEach(async () => {
  await issuer?.close();
  await folder.remove();
});

const later = { now: () => plus(systemClock.now(), hours(1)) };
const numberOf = (token: string): unknown => decodeJwt(token)['n'];

async function signIn(
  started: DeviceIssuer,
  given: { fresh?: boolean; onPrompt?: (prompt: DevicePrompt) => void } = {},
) {
  issuer = started;
  // oauth4webapi waits whole seconds between two questions; 0.01 keeps the spec from waiting for a person who is a program.
  return signInByDevice({
    issuer: started.url,
    clock: systemClock,
    intervalSeconds: 0.01,
    onPrompt: () => undefined,
    ...given,
  });
}

describe('signInByDevice', () => {
  it('shows address and code, waits for the person, and knows who it was', async () => {
    const prompts: DevicePrompt[] = [];
    const session = await signIn(await aDeviceIssuer(), {
      onPrompt: (prompt) => prompts.push(prompt),
    });
    expect(session).toMatchObject({
      person: 'sandbox-maja.author',
      clientId: 'varde-cli',
      refreshToken: 'refresh-1',
    });
    expect(prompts).toMatchObject([{ code: 'WDJB-MJHT', address: `${issuer?.url}/activate` }]);
    expect(issuer?.forms[0]).toMatchObject({ client_id: 'varde-cli', resource: 'urn:varde:api' });
  });

  it('S-1: insists on a fresh sign-in where one is needed', async () => {
    await signIn(await aDeviceIssuer(), { fresh: true });
    expect(JSON.parse(issuer?.forms[0]?.['claims'] ?? '{}')).toEqual({
      id_token: { acr: { essential: true, values: ['urn:varde:acr:fresh'] } },
    });
  });

  it('says so when the person declined', async () => {
    await expect(signIn(await aDeviceIssuer({ decision: 'no' }))).rejects.toMatchObject({
      code: 'sign-in-declined',
    });
  });

  it('says so when the sign-in service is away', async () => {
    const asked = { issuer: 'http://127.0.0.1:1', clock: systemClock, onPrompt: () => undefined };
    await expect(signInByDevice(asked)).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  });
});

describe('currentToken', () => {
  it('asks to sign in first', async () => {
    const asked = { issuer: 'http://127.0.0.1:1', store, clock: systemClock };
    await expect(currentToken(asked)).rejects.toMatchObject({ code: 'sign-in-missing' });
  });

  it('gives the token that is still good without asking anybody', async () => {
    const session = await signIn(await aDeviceIssuer());
    await store.keep(session);
    const asked = issuer?.forms.length;
    await expect(currentToken({ issuer: session.issuer, store, clock: systemClock })).resolves.toBe(
      session.accessToken,
    );
    expect(issuer?.forms).toHaveLength(asked ?? 0);
  });

  it('refreshes one that has ended, and keeps the new refresh token', async () => {
    await store.keep(await signIn(await aDeviceIssuer()));
    const token = await currentToken({ issuer: issuer?.url ?? '', store, clock: later });
    expect(numberOf(token)).toBe(2);
    await expect(store.find(issuer?.url ?? '')).resolves.toMatchObject({
      refreshToken: 'refresh-2',
      accessToken: token,
    });
  });

  it('uses a refresh token once, however many commands run together', async () => {
    await store.keep(await signIn(await aDeviceIssuer({ life: 3_600 + 900 })));
    const kept = await store.find(issuer?.url ?? '');
    if (kept) await store.keep({ ...kept, expiresAt: systemClock.now() });
    const asked = { issuer: issuer?.url ?? '', store, clock: systemClock };
    const tokens = await Promise.all([
      currentToken(asked),
      currentToken(asked),
      currentToken(asked),
    ]);
    expect(tokens.map(numberOf)).toEqual([2, 2, 2]);
  });

  it('says that the sign-in is over when the refresh token does not count any more', async () => {
    const session = await signIn(await aDeviceIssuer());
    await store.keep(session);
    await currentToken({ issuer: session.issuer, store, clock: later });
    await store.keep(session);
    await expect(
      currentToken({ issuer: session.issuer, store, clock: later }),
    ).rejects.toMatchObject({ code: 'sign-in-over' });
  });
});
