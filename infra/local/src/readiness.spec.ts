import { isPostmasterReady } from './postgres-server';
import { isOurRedis } from './redis-server';

const pidFile = (pid: number, state: string): string =>
  [pid, '/data', '1700000000', '5432', '', '127.0.0.1', '  12345', state].join('\n');

describe('PostgreSQL is ready', () => {
  it.each([
    ['when its own file says so', pidFile(42, 'ready   '), true],
    ['not while it starts', pidFile(42, 'starting'), false],
    ['not while it stops', pidFile(42, 'stopping'), false],
    ['not when the file is of a postmaster that was killed', pidFile(41, 'ready   '), false],
    ['not before the file is whole', '42\n/data\n', false],
    ['not without a file', '', false],
  ])('%s', (_when, file, expected) => {
    expect(isPostmasterReady(file, 42)).toBe(expected);
  });
});

describe('Redis is ready', () => {
  const info =
    '$40\r\n# Server\r\nredis_version:7.0.15\r\nprocess_id:42\r\ntcp_port:1\r\n\r\n+OK\r\n';
  it.each([
    ['when it answers and is our process', `+PONG\r\n${info}`, 42, true],
    ['not when somebody else’s Redis answers', `+PONG\r\n${info}`, 4, false],
    [
      'not while it reads its data',
      `-LOADING Redis is loading the dataset in memory\r\n${info}`,
      42,
      false,
    ],
    ['not when it asks for a password', '-NOAUTH Authentication required.\r\n', 42, false],
    ['not when nobody answers', '', 42, false],
  ])('%s', (_when, answer, pid, expected) => {
    expect(isOurRedis(answer, pid)).toBe(expected);
  });
});
