import { readConfig } from '@varde/platform-config';
import { cliConfig } from './cli.config';
import { contextFor } from './context';
import { exit, exitCodeOf, sentenceOf } from './exit';
import { programFor } from './program';

async function main(): Promise<void> {
  const context = contextFor(readConfig(cliConfig, process.env), process.env);
  try {
    await programFor(context).parseAsync(process.argv);
  } finally {
    await context.close();
  }
}

process.once('SIGINT', () => {
  // What was not committed is undone by the database; what was, is found as done by a second run.
  process.stderr.write('Interrupted. Running it again is safe.\n');
  process.exit(exit.interrupted);
});

// `varde incident list | head` closes the pipe when it has read enough.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(exit.done);
  throw cause;
});

void main()
  .catch((cause: unknown) => {
    process.exitCode = exitCodeOf(cause);
    const sentence = sentenceOf(cause);
    if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
  })
  // A sign-in that was being renewed, or a socket that rests, must not keep a finished command alive.
  .finally(() => process.stdout.write('', () => process.exit()));
