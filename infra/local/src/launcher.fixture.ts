import { shutdownOnSignals } from './shutdown';
import { startStack } from './stack';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const shutdown = shutdownOnSignals(say);

/**
 * A small launcher as the real ones are built, for tests that kill it: `node launcher.cjs <name> throw-away|named [program]`.
 * Says one JSON line when it is ready, and stays until a signal comes.
 */
async function main([name = 'fixture', kind, program]: readonly string[]): Promise<void> {
  const stack = await startStack({ name, throwAway: kind === 'throw-away', report: say, shutdown });
  if (program !== undefined) {
    await stack.startProgram({
      name: 'program',
      command: process.execPath,
      args: ['-e', program],
      env: {},
      ready: { line: 'ready' },
      restart: true,
    });
  }
  stack.announce({ fixture: process.pid });
  say(JSON.stringify({ folder: stack.folder, postgres: stack.postgres.superuserUrl('postgres') }));
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  // After a signal the shutdown itself ends the process, with the signal's code.
  if (shutdown.signal.aborted) return;
  say(error instanceof Error ? error.message : String(error));
  await shutdown.run();
  process.exit(1);
});
