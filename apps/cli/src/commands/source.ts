import { InvalidArgumentError, type Command } from 'commander';
import { registerSource, type SourceList, type SourceView } from '@varde/contracts';
import { asked, listed } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { table } from '../words';

interface Register {
  readonly id: string;
  readonly topic: string;
  readonly dialect: string;
  readonly country: string;
  readonly mode: string;
  readonly rights: string[];
  readonly causeNumbers?: Readonly<Record<string, string>>;
  readonly inactive?: boolean;
  readonly json?: boolean;
}

/** `varde source …` */
export function sourceCommands(program: Command, context: Context): void {
  const source = noun(
    program,
    'source',
    'network systems and desks that may tell us something',
    'varde source list',
  );
  verb(source, 'list', 'every registered source', 'varde source list')
    .option('--json', json.lines)
    .action(async (flags: { json?: boolean }) => {
      const { sources } = await context.get<SourceList>('/sources');
      context.list(flags.json, sources, sourceTable(sources));
    });
  verb(
    source,
    'register',
    'register a source, or change one',
    'varde source register --id nms-west --topic network.alarms.ves --dialect ves-7 --country NO',
  )
    .requiredOption('--id <id>', 'its ce_source, or any name where there are no headers')
    .requiredOption('--topic <topic>', 'where it publishes')
    .requiredOption('--dialect <word>', 'cloudevents-tmf642, tmf642-bare, ves-7, 3gpp-notify')
    .requiredOption('--country <code>', 'NO, SE or DK')
    .option('--mode <mode>', 'of records that do not say their own', 'ACTUAL')
    .option('--rights <list>', 'alarms, reports', listed, ['alarms'])
    .option(
      '--cause-numbers <list>',
      'the vendor’s numbers in words: 17=fire,21=lossOfSignal',
      numbersOf,
    )
    .option('--inactive', 'it is not heard any more')
    .option('--json', json.one)
    .action(async (flags: Register) => {
      const body = asked(registerSource, {
        id: flags.id,
        topic: flags.topic,
        dialect: flags.dialect as 'ves-7',
        country: flags.country as 'NO',
        mode: flags.mode as 'ACTUAL',
        rights: flags.rights as 'alarms'[],
        active: !flags.inactive,
        ...(flags.causeNumbers && { causeNumbers: flags.causeNumbers }),
      });
      const done = await context.post<SourceView>('/sources/register', body);
      context.answer(
        flags.json,
        done,
        `${done.id} is ${done.active ? 'heard' : 'not heard'} on ${done.topic}.`,
      );
    });
}

/** What a vendor's numbers of causes mean. @throws InvalidArgumentError */
function numbersOf(text: string): Record<string, string> {
  const pairs = listed(text).map((one) => one.split('=').map((part) => part.trim()));
  if (pairs.every(([number, word, ...rest]) => number && word && rest.length === 0))
    return Object.fromEntries(pairs) as Record<string, string>;
  throw new InvalidArgumentError('It is a list of number=word, such as 17=fire,21=lossOfSignal.');
}

const sourceTable = (sources: SourceList['sources']): string[] =>
  sources.length === 0
    ? ['No source is registered, so the network is not heard. Use: varde source register']
    : table([
        ['source', 'topic', 'dialect', 'country', 'mode', 'may tell', 'heard'],
        ...sources.map((one) => [
          one.id,
          one.topic,
          one.dialect,
          one.country,
          one.mode,
          one.rights.join(' '),
          one.active ? 'yes' : 'no',
        ]),
      ]);
