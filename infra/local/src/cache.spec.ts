import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, draftOf, drafterOf, openCache } from './cache';

describe('the cache', () => {
  it.each([
    ['where the desktop standard says', { XDG_CACHE_HOME: '/c' }, /^\/c\/varde$/],
    ['in the home folder otherwise', {}, /\/\.cache\/varde$/],
    [
      'in the home folder when the setting is relative, which the standard forbids',
      { XDG_CACHE_HOME: 'c' },
      /\/\.cache\/varde$/,
    ],
  ])('lies %s', (_where, env, expected) => {
    expect(cacheFolder(env)).toMatch(expected);
  });

  it('loses the drafts of runs that were killed, and keeps what is whole or being written', () => {
    const cache = mkdtempSync(join(tmpdir(), 'varde-cache-'));
    const whole = join(cache, 'kafka-4.4.0');
    const ours = draftOf(whole);
    const torn = `${whole}.${2 ** 30}.0123abcd.part`;
    for (const folder of [whole, ours, torn]) mkdirSync(folder);
    openCache(cache);
    expect([whole, ours, torn].map((folder) => existsSync(folder))).toEqual([true, true, false]);
    rmSync(cache, { recursive: true });
  });

  it('knows whose a draft is', () => {
    expect(drafterOf(draftOf('kafka-4.4.0'))).toBe(process.pid);
    expect(drafterOf('kafka-4.4.0')).toBeUndefined();
  });
});
