import { chmod, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instant } from '@varde/kernel';
import { SessionStore, stateFolder, type StoredSession } from './session-store';
import { aFolder } from './testing/a-folder';

const issuer = 'http://127.0.0.1:4100/oidc';
const sessionFor = (person: string): StoredSession => ({
  issuer,
  clientId: 'varde-cli',
  person,
  accessToken: `access-${person}`,
  refreshToken: `refresh-${person}`,
  expiresAt: instant(1_000),
});

let folder: Awaited<ReturnType<typeof aFolder>>;
let store: SessionStore;
let path: string;

beforeEach(async () => {
  folder = await aFolder();
  path = join(folder.path, 'varde');
  store = new SessionStore(path);
});
afterEach(() => folder.remove());

describe('stateFolder', () => {
  it.each([
    [{ XDG_STATE_HOME: '/var/state', HOME: '/people/x' }, '/var/state/varde'],
    [{ HOME: '/people/x' }, '/people/x/.local/state/varde'],
    [{ XDG_STATE_HOME: 'relative', HOME: '/people/x' }, '/people/x/.local/state/varde'],
  ])('of %p is %s', (environment, expected) => {
    expect(stateFolder(environment)).toBe(expected);
  });
});

describe('SessionStore', () => {
  it('keeps one sign-in per person, and knows who signed in last', async () => {
    await store.keep(sessionFor('maja.author'));
    await store.keep(sessionFor('aksel.approver'));
    await expect(store.find(issuer)).resolves.toEqual(sessionFor('aksel.approver'));
    await expect(store.find(issuer, 'maja.author')).resolves.toEqual(sessionFor('maja.author'));
    await expect(store.find('http://127.0.0.1:1/oidc')).resolves.toBeUndefined();
  });

  it('S-35: lets nobody but the owner read it', async () => {
    await store.keep(sessionFor('maja.author'));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    const files = await readdir(path);
    for (const file of files) expect((await stat(join(path, file))).mode & 0o777).toBe(0o600);
    expect(files.join()).not.toContain('maja');
  });

  it('S-35: refuses a sign-in that others can read', async () => {
    await store.keep(sessionFor('maja.author'));
    for (const file of await readdir(path)) await chmod(join(path, file), 0o644);
    await expect(store.find(issuer)).rejects.toMatchObject({ code: 'session-open-to-others' });
  });

  it('says that a damaged sign-in is damaged', async () => {
    await store.keep(sessionFor('maja.author'));
    const [file] = (await readdir(path)).filter((name) => name.startsWith('session-'));
    await writeFile(join(path, file ?? ''), '{"issuer":');
    await expect(store.find(issuer)).rejects.toMatchObject({ code: 'session-unreadable' });
  });

  it('forgets', async () => {
    await store.keep(sessionFor('maja.author'));
    await store.forget(issuer, 'maja.author');
    await store.forget(issuer, 'maja.author');
    await expect(store.find(issuer)).resolves.toBeUndefined();
    await expect(readdir(path)).resolves.toEqual([]);
  });

  it('lets one work at a time, and breaks the lock of one that was killed', async () => {
    await store.keep(sessionFor('maja.author'));
    const [file] = (await readdir(path)).filter((name) => name.startsWith('session-'));
    const lock = join(path, `${file}.lock`);
    await writeFile(lock, '');
    await utimes(lock, 1, 1);
    const inside: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      inside.push(`${name} in`);
      await stat(path);
      inside.push(`${name} out`);
    };
    await store.alone(issuer, 'maja.author', work('a'));
    await Promise.all([
      store.alone(issuer, 'maja.author', work('b')),
      store.alone(issuer, 'maja.author', work('c')),
    ]);
    expect(inside.map((one) => one.split(' ')[1])).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  });
});
