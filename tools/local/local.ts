import { Command, CommanderError, InvalidArgumentError } from 'commander';
import {
  readRunning,
  shutdownOnSignals,
  startDetached,
  stopRunning,
  untilStopped,
} from '@varde/local';
import { startSystem } from '../system/system';
import { awayFrom, awaySentence, type Away } from './away';
import { peerAddress } from './peer-address';
import { statusLines, statusOf } from './status';

const name = 'local';

interface UpOptions {
  readonly customers: number;
  readonly twilioUrl?: string;
  readonly smtpUrl?: string;
  readonly json?: boolean;
  readonly hold: number;
}

const twilioPeer = (text: string): string => peerAddress('twilio', text);
const smtpPeer = (text: string): string => peerAddress('smtp', text);

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number, such as 1000.');
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
    .option('--customers <n>', 'invented customers to import; 0 for none', wholeNumber, 1_000)
    .option('--hold <seconds>', 'how long lanes that are not critical wait', wholeNumber, 5)
    .option(
      '--twilio-url <url>',
      'a Twilio-compatible peer on this machine in place of the sandbox',
      twilioPeer,
    )
    .option('--smtp-url <url>', 'an SMTP peer on this machine in place of the sandbox', smtpPeer)
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
    .action(async (options: { json?: boolean }) => void (outcome.code = await status(options)));
  program
    .command('run', { hidden: true })
    .option('--customers <n>', '', wholeNumber)
    .option('--hold <seconds>', '', wholeNumber)
    .option('--twilio-url <url>', '', twilioPeer)
    .option('--smtp-url <url>', '', smtpPeer)
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

async function status({ json }: { json?: boolean }): Promise<number> {
  const state = readRunning(name);
  if (!state) {
    tell(json, statusOf(state), 'Nothing is running. Start it with: npm run local -- up');
    return 0;
  }
  const away = state.ready ? await awayFrom(state.addresses) : [];
  const head = state.ready ? 'Ready.' : 'Starting.';
  const words = `${away.length > 0 ? 'Not ready.' : head}\n${statusLines(state.addresses)}`;
  tell(json, statusOf({ ...state, ready: state.ready && away.length === 0 }), words);
  return toldAway(away);
}

// For people, beside the document for a script. @returns the exit code: 3 where something needed is away
function toldAway(away: readonly Away[]): number {
  if (away.length === 0) return 0;
  process.stderr.write(`${awaySentence(away)}\n`);
  return 3;
}

async function up(options: UpOptions): Promise<number> {
  const running = readRunning(name);
  if (running?.ready) {
    const away = await awayFrom(running.addresses);
    if (away.length > 0) {
      if (options.json) tell(true, statusOf({ ...running, ready: false }), '');
      return toldAway(away);
    }
    if (options.twilioUrl !== undefined || options.smtpUrl !== undefined) {
      process.stderr.write(
        'It is running already, and its courier keeps the peers that it has. Stop it first: npm run local -- down\n',
      );
      return 1;
    }
    tell(
      options.json,
      statusOf(running),
      `It is running already.\n${statusLines(running.addresses)}`,
    );
    return 0;
  }
  const passed = [
    '--customers',
    String(options.customers),
    '--hold',
    String(options.hold),
    ...(options.twilioUrl ? ['--twilio-url', options.twilioUrl] : []),
    ...(options.smtpUrl ? ['--smtp-url', options.smtpUrl] : []),
  ];
  const state = await startDetached(__filename, ['run', ...passed], { name });
  tell(options.json, statusOf(state), statusLines(state.addresses));
  return 0;
}

async function run(options: UpOptions): Promise<void> {
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  const shutdown = shutdownOnSignals(report);
  await untilStopped(shutdown, () =>
    startSystem({
      name,
      throwAway: false,
      customers: options.customers,
      holdSeconds: options.hold,
      report,
      shutdown,
      twilioUrl: options.twilioUrl,
      smtpUrl: options.smtpUrl,
    }),
  );
  await new Promise<never>(() => undefined);
}

function tell(json: boolean | undefined, document: object, words: string): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${words}\n`);
}
