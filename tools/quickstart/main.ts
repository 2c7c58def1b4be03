import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { isSampleSize, sampleSize } from '@varde/audience-feature';
import { shutdownOnSignals, StackRunsAlready, untilStopped, type Shutdown } from '@varde/local';
import { startSystem } from '../system/system';
import { playMainJob } from './story';
import { tellerTo, type Teller } from './teller';

interface Options {
  readonly customers: number;
  readonly once?: boolean;
}

function customerCount(text: string): number {
  const count = Number(text.replaceAll(/[ _]/g, ''));
  if (isSampleSize(count)) return count;
  throw new InvalidArgumentError(
    `It is a whole number from ${sampleSize.fewest} to ${sampleSize.most}, such as 3000.`,
  );
}

/** Sets everything up on this machine and plays the main job, for a newcomer to see. */
async function quickstart(options: Options): Promise<number> {
  const isTerminal = process.stdout.isTTY === true;
  const tell = tellerTo((text) => void process.stdout.write(text), isTerminal);
  const shutdown = shutdownOnSignals((line) => tell.line(line));
  try {
    return await untilStopped(shutdown, () => upAndPlay(options, tell, isTerminal, shutdown));
  } finally {
    shutdown.dispose();
  }
}

async function upAndPlay(
  options: Options,
  tell: Teller,
  isTerminal: boolean,
  shutdown: Shutdown,
): Promise<number> {
  tell.step('Varde: everything on this machine, with invented people');
  const system = await startSystem({
    name: 'quickstart',
    // Fresh each time: the story begins with nothing open, and a run that was killed leaves nothing in the way.
    throwAway: true,
    usualPorts: true,
    customers: options.customers,
    holdSeconds: 5,
    report: (line) => tell.line(line),
    shutdown,
  });
  try {
    const balances = await playMainJob(system, tell);
    tell.step('To look at');
    tell.table(
      ['what', 'address'],
      [
        ['phones and mailboxes as people see them', system.addresses.sandbox],
        ['API documentation', `${system.addresses.api}/docs`],
        ['logs of the programs', `${system.stack.folder}/logs`],
      ],
    );
    if (isTerminal && !options.once) {
      tell.line('It stays up until Ctrl-C.');
      await new Promise<never>(() => undefined);
    }
    return balances ? 0 : 1;
  } finally {
    await system.stop();
  }
}

const program = new Command('quickstart')
  .description(
    'Example: npm run quickstart -- --once\n\nStarts real local servers and programs with an invented world and plays a night outage.',
  )
  .option(
    '--customers <n>',
    `invented customers in the sample world, ${sampleSize.fewest} to ${sampleSize.most}`,
    customerCount,
    50_000,
  )
  .option(
    '--once',
    'end when the main job has been played; exit code 0 only if the ledger balances',
  )
  .exitOverride()
  .action(async (options: Options) => {
    process.exitCode = await quickstart(options);
  });

program.parseAsync(process.argv).catch((cause: unknown) => {
  if (cause instanceof CommanderError) {
    process.exitCode = cause.exitCode === 0 ? 0 : 2;
    return;
  }
  const sentence = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(
    `${sentence}${cause instanceof StackRunsAlready ? ' It is the quickstart of another terminal.' : ''}\n`,
  );
  process.exitCode = 3;
});
