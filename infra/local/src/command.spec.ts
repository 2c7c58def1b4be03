import { runCommand } from './command';

const node = (script: string): { command: string; args: readonly string[] } => ({
  command: process.execPath,
  args: ['-e', script],
});

describe('runCommand', () => {
  it('hands back what was said on both outputs, and the code', async () => {
    const { code, output } = await runCommand(
      node('console.log("a"); console.error("b"); process.exitCode = 3'),
    );
    expect({ code, lines: output.trim().split('\n').sort() }).toEqual({
      code: 3,
      lines: ['a', 'b'],
    });
  });

  it.each([
    ['that does not exist', '/nowhere/at/all'],
    ['inside a file', '/etc/passwd/bin/java'],
    ['that may not be run', '/etc/passwd'],
  ])('ends a command %s with 127 instead of throwing', async (_what, command) => {
    expect((await runCommand({ command, args: [] })).code).toBe(127);
  });

  it('ends the command, and what it has started, when it is told to stop', async () => {
    const stop = new AbortController();
    const shell = runCommand(
      { command: 'sh', args: ['-c', 'sleep 1000 | sleep 1000'] },
      { signal: stop.signal },
    );
    stop.abort();
    expect((await shell).code).not.toBe(0);
  });
});
