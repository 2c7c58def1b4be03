import type { Command } from 'commander';
import type { Context } from '../context';
import { table } from './words';

interface Json {
  readonly json?: boolean;
}

interface SourceRow {
  readonly id: string;
  readonly topic: string;
  readonly dialect: string;
  readonly country: string;
  readonly active: boolean;
}

interface Status {
  readonly offsets: readonly {
    consumer: string;
    topic: string;
    partition: number;
    nextOffset: string;
    movedAt: string;
  }[];
  readonly gaps: readonly unknown[];
  readonly [key: string]: unknown;
}

interface Letter {
  readonly n: string;
  readonly reason: string;
  readonly detail: string;
  readonly sourceId?: string | null;
}

/** `varde sign-in`, `exercise …`, `source …`, `intake …` */
export function deskCommands(program: Command, context: Context): void {
  program
    .command('sign-in')
    .description('Example: varde sign-in\n\nSign in with a browser on any machine.')
    .option('--as <person>', 'by name, in a sandbox only')
    .option('--json', 'answer with one document')
    .action(async (flags: { as?: string; json?: boolean }) => {
      const me = await context.signIn(flags.as);
      context.answer(
        flags.json,
        { person: me.person, personId: me.personId, name: me.name },
        `Signed in as ${me.name}.`,
      );
    });
  const exercise = program
    .command('exercise')
    .description('Example: varde exercise start --country NO');
  for (const act of ['start', 'end'] as const) {
    exercise
      .command(act)
      .description(`${act} the exercise of a country`)
      .requiredOption('--country <code>', 'NO, SE or DK')
      .option('--json', 'answer with one document')
      .action(async (flags: { country: string } & Json) => {
        const done = await context.post<object>(`/exercises/${act}`, { country: flags.country });
        context.answer(
          flags.json,
          done,
          act === 'start'
            ? `EXERCISE in ${flags.country}: 0 customers will be contacted.`
            : `The exercise in ${flags.country} is over.`,
        );
      });
  }
  const source = program
    .command('source')
    .description(
      'Example: varde source register --id /nms/no/ran-west --topic network.incidents --dialect cloudevents-tmf642 --country NO',
    );
  source
    .command('list')
    .description('network systems and desks that may tell us something')
    .option('--json', 'one line per source')
    .action(async (flags: Json) => {
      const { sources } = await context.get<{ sources: SourceRow[] }>('/sources');
      if (flags.json) return sources.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        sources,
        table([
          ['source', 'topic', 'dialect', 'country', 'active'],
          ...sources.map((one) => [
            one.id,
            one.topic,
            one.dialect,
            one.country,
            one.active ? 'yes' : 'no',
          ]),
        ]),
      );
    });
  source
    .command('register')
    .description('register a source, or change one')
    .requiredOption('--id <id>', 'its ce_source, or any name where the dialect has no headers')
    .requiredOption('--topic <topic>', 'where it publishes')
    .requiredOption('--dialect <dialect>', 'cloudevents-tmf642, tmf642-bare, ves-7 or 3gpp-notify')
    .requiredOption('--country <code>', 'NO, SE or DK')
    .option('--mode <mode>', 'of records that do not say their own', 'ACTUAL')
    .option('--rights <list>', 'alarms, reports', 'alarms')
    .option('--inactive', 'it is not heard any more')
    .option('--json', 'answer with one document')
    .action(
      async (
        flags: {
          id: string;
          topic: string;
          dialect: string;
          country: string;
          mode: string;
          rights: string;
          inactive?: boolean;
        } & Json,
      ) => {
        const done = await context.post<SourceRow>('/sources/register', {
          id: flags.id,
          topic: flags.topic,
          dialect: flags.dialect,
          country: flags.country,
          mode: flags.mode,
          rights: flags.rights.split(','),
          active: !flags.inactive,
        });
        context.answer(flags.json, done, `${done.id} is registered for ${done.topic}.`);
      },
    );
  const intake = program.command('intake').description('Example: varde intake dead-letters');
  intake
    .command('status')
    .description('how far the consumers are, and what is missing')
    .option('--json', 'answer with one document')
    .action(async (flags: Json) => {
      const status = await context.get<Status>('/intake/status');
      context.answer(flags.json, status, [
        ...table([
          ['consumer', 'topic', 'partition', 'next', 'moved'],
          ...status.offsets.map((one) => [
            one.consumer,
            one.topic,
            one.partition,
            one.nextOffset,
            one.movedAt,
          ]),
        ]),
        status.gaps.length === 0
          ? 'No gap.'
          : `${status.gaps.length} gaps: records that the broker threw away before we had them.`,
      ]);
    });
  intake
    .command('dead-letters')
    .description('what could not be taken, and why')
    .option('--json', 'one line per dead letter')
    .action(async (flags: Json) => {
      const { deadLetters } = await context.get<{ deadLetters: Letter[] }>('/intake/dead-letters');
      if (flags.json) return deadLetters.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        deadLetters,
        deadLetters.length === 0
          ? 'No dead letter.'
          : table([
              ['n', 'reason', 'why'],
              ...deadLetters.map((one) => [one.n, one.reason, one.detail]),
            ]),
      );
    });
  intake
    .command('replay <n>')
    .description('take a dead letter again')
    .option('--json', 'answer with one document')
    .action(async (n: string, flags: Json) => {
      const done = await context.post<{ outcome: string }>(`/intake/dead-letters/${n}/replay`, {});
      context.answer(flags.json, done, `Dead letter ${n}: ${done.outcome}.`);
    });
}
