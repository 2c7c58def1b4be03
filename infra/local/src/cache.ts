import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { markOf } from './process-mark';

/** Where things are kept that can be fetched again. @source XDG Base Directory Specification */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = env['XDG_CACHE_HOME'];
  return join(home?.startsWith('/') ? home : join(homedir(), '.cache'), 'varde');
}

/** Opens the cache and takes away what killed runs have begun in it. */
export function openCache(cache = cacheFolder()): string {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const pid = drafterOf(name);
    if (pid !== undefined && markOf(pid) === undefined) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
  return cache;
}

/** The name under which something is written until it is whole and takes its own name. */
export const draftOf = (path: string): string =>
  `${path}.${process.pid}.${randomBytes(4).toString('hex')}.part`;

/** The process that writes, or wrote, this draft; `undefined` for a thing that is whole. */
export function drafterOf(name: string): number | undefined {
  const pid = /\.(\d+)\.[0-9a-f]{8}\.part$/.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
