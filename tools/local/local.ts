import { Command, CommanderError } from 'commander';
import { readRunning, shutdownOnSignals, startDetached, stopRunning } from '@varde/local';
import { startSystem } from '../system/system';

const name = 'local';

interface UpOptions {
  readonly customers: string;
  readonly twilioUrl?: string;
  readonly smtpUrl?: string;
  readonly json?: boolean;
  readonly hold: string;
}

/** `npm run local -- up|down|status`: servers and programs in the background. @returns the exit code of experience §14 */
export async function runLocal(args: readonly string[]): Promise<number> {
  const outcome = { code: 0 };
  const program = new Command('local')
    .description(
      'Example: npm run local -- up --customers 1000\n\nThe servers and programs of a local sandbox, in the background.',
    )
    .exitOverride();
  program
    .command('up')
    .description('start everything and wait until it is ready')
    .option('--customers <n>', 'invented customers to import; 0 for none', '1000')
    .option('--hold <seconds>', 'how long lanes that are not critical wait before they send', '5')
    .option(
      '--twilio-url <url>',
      'a Twilio-compatible peer on this machine in place of the sandbox',
    )
    .option('--smtp-url <url>', 'an SMTP peer on this machine in place of the sandbox')
    .option('--json', 'answer with one document')
    .action(async (options: UpOptions) => void (outcome.code = await up(options)));
  program
    .command('down')
    .description('stop everything in order')
    .option('--json', 'answer with one document')
    .action(async (options: { json?: boolean }) => {
      const stopped = await stopRunning(name);
      tell(options.json, { stopped }, stopped ? 'Stopped.' : 'Nothing was running.');
    });
  program
    .command('status')
    .description('say what runs, and where')
    .option('--json', 'answer with one document')
    .action((options: { json?: boolean }) => {
      const state = readRunning(name);
      const answer = { ready: state?.ready ?? false, ...state?.addresses };
      tell(
        options.json,
        answer,
        state ? linesOf(answer) : 'Nothing is running. Start it with: npm run local -- up',
      );
    });
  program
    .command('run', { hidden: true })
    .option('--customers <n>')
    .option('--hold <seconds>')
    .option('--twilio-url <url>')
    .option('--smtp-url <url>')
    .action(run);
  try {
    await program.parseAsync(['node', 'local', ...args]);
    return outcome.code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 3;
  }
}

async function up(options: UpOptions): Promise<number> {
  const running = readRunning(name);
  if (running?.ready) {
    const answer = { ready: true, ...running.addresses };
    tell(options.json, answer, `It is running already.\n${linesOf(answer)}`);
    return 0;
  }
  const passed = [
    '--customers',
    options.customers,
    '--hold',
    options.hold,
    ...(options.twilioUrl ? ['--twilio-url', options.twilioUrl] : []),
    ...(options.smtpUrl ? ['--smtp-url', options.smtpUrl] : []),
  ];
  const state = await startDetached(__filename, ['run', ...passed], { name });
  const answer = { ready: true, ...state.addresses };
  tell(options.json, answer, linesOf(answer));
  return 0;
}

async function run(options: UpOptions): Promise<void> {
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  const shutdown = shutdownOnSignals(report);
  await startSystem({
    name,
    throwAway: false,
    customers: Number(options.customers),
    holdSeconds: Number(options.hold),
    report,
    shutdown,
    twilioUrl: options.twilioUrl,
    smtpUrl: options.smtpUrl,
  });
  await new Promise<never>(() => undefined);
}

function tell(json: boolean | undefined, document: object, words: string): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${words}\n`);
}

const linesOf = (answer: Readonly<Record<string, unknown>>): string =>
  ['api', 'sandbox', 'courier', 'postgres', 'redis', 'kafka', 'smtp']
    .flatMap((key) =>
      answer[key] === undefined ? [] : [`  ${key.padEnd(9)} ${String(answer[key] as string)}`],
    )
    .join('\n');
