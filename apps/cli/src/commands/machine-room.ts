import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  formatReport,
  importFile,
  importWorld,
  writeSample,
  type ImportReport,
} from '@varde/audience-feature';
import { guessDialect, recordToPublish } from '@varde/incident-feature';
import { intakeTopic } from '@varde/contracts';
import { migrate } from '@varde/migrations';
import { KafkajsBus } from '@varde/platform-kafka';
import { AddressCipher, readAddressKeys } from '@varde/platform-secrets';
import { needed, type Context } from '../context';
import { CommandFailed, down, exit, wrongUse } from '../exit';
import { copyTopology } from '../machine-room/copy-topology';

interface ImportFlags {
  readonly full?: boolean;
  readonly confirm?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const kinds = [
  'areas',
  'elements',
  'customers',
  'subscriptions',
  'contacts',
  'agreements',
  'calendars',
] as const;

/** What the machine room does: it goes to the database or the broker under its own role. */
export function machineRoomCommands(program: Command, context: Context): void {
  const imports = program
    .command('import')
    .description(
      'Example: varde import world ./export\n\nReads the files of the operator’s own systems.',
    );
  for (const what of ['world', ...kinds] as const) {
    imports
      .command(`${what} <path>`)
      .description(
        what === 'world'
          ? 'every file of a folder, in the order in which they refer to each other'
          : `one file of ${what}`,
      )
      .option('--full', 'the file is the whole truth: what is absent in it ends today')
      .option('--confirm <count>', 'how many rows a whole file may end, typed by a person')
      .option('--dry-run', 'do everything but keep it')
      .option('--json', 'answer with one document')
      .action((path: string, flags: ImportFlags) => runImport(context, what, path, flags));
  }
  program
    .command('sample')
    .description('Example: varde sample write --customers 50000 --seed 1 --out ./sample')
    .command('write')
    .description('write a world of invented people as import files')
    .requiredOption('--customers <n>', 'how many')
    .option('--seed <n>', 'the same seed writes the same bytes', '1')
    .requiredOption('--out <dir>', 'folder for the files')
    .option('--json', 'answer with one document')
    .action(async (flags: { customers: string; seed: string; out: string; json?: boolean }) => {
      const counts = await writeSample({
        customers: Number(flags.customers),
        seed: Number(flags.seed),
        dir: flags.out,
      });
      context.answer(
        flags.json,
        counts,
        `Written to ${flags.out}: ${Object.entries(counts)
          .map(([name, n]) => `${n} ${name}`)
          .join(', ')}.`,
      );
    });
  program
    .command('db')
    .description('Example: varde db migrate --kind production')
    .command('migrate')
    .description('bring the schema to the newest version')
    .option('--kind <kind>', 'what a fresh database becomes: production or sandbox')
    .option('--json', 'answer with one document')
    .action(async (flags: { kind?: string; json?: boolean }) => {
      if (flags.kind !== undefined && flags.kind !== 'production' && flags.kind !== 'sandbox')
        throw wrongUse('--kind is production or sandbox.');
      const url = needed(
        context.config.VARDE_MIGRATE_DATABASE_URL,
        'VARDE_MIGRATE_DATABASE_URL',
        'the database under the role varde_migrate',
      );
      const done = await migrate({
        url,
        ...(flags.kind ? { kind: flags.kind } : {}),
        report: (line) => context.progress(line),
      });
      context.answer(
        flags.json,
        { migrations: done },
        done.length === 0
          ? 'The schema is at the newest version already.'
          : `${done.length} migrations ran.`,
      );
    });
}

async function runImport(
  context: Context,
  what: 'world' | (typeof kinds)[number],
  path: string,
  flags: ImportFlags,
): Promise<void> {
  const cipher = new AddressCipher(
    readAddressKeys(
      needed(
        context.config.VARDE_ADDRESS_KEYS_FILE,
        'VARDE_ADDRESS_KEYS_FILE',
        'the keys of the encrypted addresses',
      ),
    ),
  );
  const database = await context.database('import');
  try {
    const options = {
      pool: database.pool,
      cipher,
      by: context.config.USER ?? 'machine room',
      isDryRun: flags.dryRun ?? false,
      isWholeFile: flags.full ?? false,
      onReport: (report: ImportReport) =>
        formatReport(report).forEach((line) => context.progress(line)),
    };
    const reports =
      what === 'world'
        ? (await importWorld(path, options)).files
        : [
            await importFile({
              ...options,
              what,
              file: path,
              ...(flags.confirm === undefined ? {} : { confirmedEnding: Number(flags.confirm) }),
            }),
          ];
    if (what !== 'world') reports.forEach((report) => options.onReport(report));
    if (!flags.dryRun) await copyTopology(database);
    const rejected = reports.reduce(
      (sum, report) => sum + report.rejectedCount + report.partlyCount,
      0,
    );
    context.answer(
      flags.json,
      { files: reports },
      reports.map(
        (report) =>
          `${report.what}: ${report.keptCount} kept, ${report.changedCount} changed, ${report.rejectedCount} rejected`,
      ),
    );
    if (rejected > 0) process.exitCode = exit.inPart;
  } finally {
    await database.close();
  }
}

/** `incident publish`: a file goes onto the topic of its source, byte for byte. */
export async function publishFile(
  context: Context,
  file: string,
  flags: { source?: string; mode?: string; json?: boolean },
): Promise<void> {
  const bytes = readFileOrFail(file);
  const source =
    flags.source === undefined ? sourceByShape(bytes) : await registered(context, flags.source);
  const record = recordToPublish(bytes, source, flags.mode === 'exercise' ? 'EXERCISE' : 'ACTUAL');
  const brokers = needed(
    context.config.VARDE_KAFKA_BROKERS,
    'VARDE_KAFKA_BROKERS',
    'the brokers',
  ).split(',');
  const bus = new KafkajsBus({
    brokers,
    clientId: 'varde-cli',
    prefix: context.config.VARDE_PREFIX,
  });
  try {
    await bus.publish([
      {
        topic: source.topic,
        key: record.key === null ? null : Buffer.from(record.key),
        value: Buffer.from(record.value),
        headers: record.headers,
      },
    ]);
  } catch (cause) {
    throw down(`Kafka does not answer at ${brokers.join(', ')}.`, cause);
  } finally {
    await bus.close().catch(() => undefined);
  }
  context.answer(
    flags.json,
    { topic: source.topic, source: source.id, dialect: source.dialect, bytes: bytes.length },
    `Published to ${source.topic} as ${source.dialect} of ${source.id}.`,
  );
}

interface PublishingSource {
  readonly id: string;
  readonly topic: string;
  readonly dialect: ReturnType<typeof guessDialect>;
  readonly country: 'NO' | 'SE' | 'DK';
}

// The sample world registers one source for each dialect; without --source the shape of the file tells which.
const sampleSource: Readonly<
  Record<PublishingSource['dialect'], Omit<PublishingSource, 'dialect'>>
> = {
  'cloudevents-tmf642': { id: '/nms/no/ran-east', topic: intakeTopic, country: 'NO' },
  'tmf642-bare': { id: 'sample-tmf642', topic: 'network.alarms.tmf642', country: 'NO' },
  'ves-7': { id: 'sample-ves', topic: 'network.alarms.ves', country: 'NO' },
  '3gpp-notify': { id: 'sample-3gpp', topic: 'network.alarms.3gpp', country: 'NO' },
};

const sourceByShape = (bytes: Uint8Array): PublishingSource => {
  const dialect = guessDialect(bytes);
  return { ...sampleSource[dialect], dialect };
};

async function registered(context: Context, id: string): Promise<PublishingSource> {
  const { sources } = await context.get<{ sources: PublishingSource[] }>('/sources');
  const found = sources.find((source) => source.id === id);
  if (!found)
    throw new CommandFailed(
      exit.refused,
      'source-unknown',
      `No source ${id} is registered. See: varde source list`,
    );
  return found;
}

function readFileOrFail(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CommandFailed(
      exit.wrongUse,
      'file-not-found',
      `${file} cannot be read: check the name.`,
      { cause },
    );
  }
}
