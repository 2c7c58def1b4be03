import type { Command } from 'commander';
import type { DeadLetterList, IntakeStatus, Replayed } from '@varde/contracts';
import { query, wholeNumber } from '../arguments';
import type { Context } from '../context';
import { CommandFailed, exit, refused } from '../exit';
import { json, noun, verb } from '../help';
import { localTime, table } from '../words';
import { statusLines } from './intake-words';

interface Json {
  readonly json?: boolean;
}

/** `varde intake …` */
export function intakeCommands(program: Command, context: Context): void {
  const intake = noun(
    program,
    'intake',
    'what the network tells us, and what we could not take',
    'varde intake dead-letters',
  );
  verb(intake, 'status', 'how far the consumers are, and what is missing', 'varde intake status')
    .option('--json', json.one)
    .action(async (flags: Json) => {
      const status = await context.get<IntakeStatus>('/intake/status');
      context.answer(flags.json, status, statusLines(status));
    });
  verb(intake, 'dead-letters', 'what could not be taken, and why', 'varde intake dead-letters')
    .option('--limit <n>', 'at most so many; 50 unless said', wholeNumber)
    .option('--json', json.lines)
    .action(async (flags: { limit?: number } & Json) => {
      const { deadLetters } = await context.get<DeadLetterList>(
        `/intake/dead-letters${query({ limit: flags.limit?.toString() })}`,
      );
      context.list(flags.json, deadLetters, letterTable(deadLetters));
    });
  verb(intake, 'replay <numbers...>', 'take dead letters again', 'varde intake replay 17 18')
    .option('--json', json.lines)
    .action((numbers: string[], flags: Json) => replay(context, numbers, flags.json));
}

/** Each letter by itself: one that is refused does not stop the others. */
async function replay(
  context: Context,
  numbers: readonly string[],
  asJson: boolean | undefined,
): Promise<void> {
  const taken: Replayed[] = [];
  const refusals: CommandFailed[] = [];
  for (const n of numbers.map(wholeNumber)) {
    try {
      taken.push(await context.post<Replayed>(`/intake/dead-letters/${n}/replay`, {}));
    } catch (cause) {
      if (!(cause instanceof CommandFailed) || cause.exitCode !== exit.refused) throw cause;
      if (numbers.length > 1) context.progress(`${n}: ${cause.message} (${cause.code})`);
      refusals.push(cause);
    }
  }
  const [first] = refusals;
  if (first && numbers.length === 1) throw first;
  if (taken.length === 0)
    throw refused('none-taken', `None of the ${numbers.length} could be taken.`);
  context.list(
    asJson,
    taken,
    taken.map(({ n, outcome }) => `${n}: ${outcome}`),
  );
  if (refusals.length === 0) return;
  context.progress(`${taken.length} taken, ${refusals.length} refused.`);
  process.exitCode = exit.inPart;
}

const letterTable = (letters: DeadLetterList['deadLetters']): string[] =>
  letters.length === 0
    ? ['No dead letter.']
    : table([
        ['n', 'at', 'source', 'topic', 'reason', 'why'],
        ...letters.map((one) => [
          one.n,
          localTime(one.at),
          one.source ?? 'unknown',
          one.topic,
          one.reason,
          one.detail,
        ]),
      ]);
