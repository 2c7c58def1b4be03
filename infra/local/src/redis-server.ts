import { join } from 'node:path';
import { ask } from './answer';
import { ownFolder } from './data-folder';
import { dyingWithLauncher } from './parent-death';
import type { ServerPlan } from './server';

/**
 * How every Redis of ours is set: each job is on the disk, and a full memory is an error instead of a lost job.
 *
 * @source stack.md §5; BullMQ, "going to production"
 */
export const redisSettings = [
  '--appendonly',
  'yes',
  '--maxmemory-policy',
  'noeviction',
  '--save',
  '',
] as const;

/** Says how Redis is started in the stack's folder. */
export function planRedis({
  binary,
  folder,
  logFile,
}: {
  binary: string;
  folder: string;
  logFile: string;
}): ServerPlan {
  const data = ownFolder(join(folder, 'redis'), 0o700);
  const place = ['--bind', '127.0.0.1', '--dir', data, '--daemonize', 'no'];
  return {
    name: 'redis',
    title: 'Redis',
    logFile,
    stopSignal: 'SIGTERM',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    command: (port) =>
      dyingWithLauncher(
        { command: binary, args: ['--port', String(port), ...place, ...redisSettings] },
        'TERM',
      ),
    async isReady(port, pid) {
      const answer = await ask(port, 'PING\r\nINFO server\r\nQUIT\r\n', (bytes) =>
        bytes.includes('\r\n+OK\r\n'),
      );
      return isOurRedis(answer?.toString() ?? '', pid);
    },
  };
}

/** Does the answer to PING and INFO come from this process, with its data loaded? */
export function isOurRedis(answer: string, pid: number): boolean {
  return answer.startsWith('+PONG') && answer.includes(`\nprocess_id:${pid}\r`);
}
