import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MeFile, type Me } from './me-file';

const meAt = (issuer: string, person: string): Me => ({
  issuer,
  person,
  subject: person,
  personId: '5a4db0c5-0000-4000-8000-000000000001',
  name: 'Ingrid Lunde',
  isByName: true,
});

describe('who is signed in', () => {
  let folder: string;
  let file: MeFile;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'varde-me-')), 'varde');
    file = new MeFile(folder);
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('is nobody at first, and says how to sign in', () => {
    expect(() => file.read(undefined)).toThrow(/varde sign-in/);
  });

  it('is kept for each issuer, so that one installation never names another’s person', () => {
    file.keep(meAt('http://a.example/oidc', 'ingrid.noc'));
    file.keep(meAt('http://b.example/oidc', 'maja.author'));
    expect(file.read('http://a.example/oidc').person).toBe('ingrid.noc');
    expect(file.read(undefined).person).toBe('maja.author');
    expect(() => file.read('http://c.example/oidc')).toThrow(/Nobody is signed in/);
  });

  it('S-35: is read by its owner alone, and leaves nothing beside it', () => {
    file.keep(meAt('http://a.example/oidc', 'ingrid.noc'));
    expect(readdirSync(folder)).toEqual(['signed-in.json']);
    expect(statSync(join(folder, 'signed-in.json')).mode & 0o777).toBe(0o600);
  });

  it('says that a damaged file is damaged', () => {
    file.keep(meAt('http://a.example/oidc', 'ingrid.noc'));
    writeFileSync(join(folder, 'signed-in.json'), '{');
    expect(() => file.read(undefined)).toThrow(/damaged/);
  });
});
