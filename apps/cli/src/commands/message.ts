import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import {
  editMessage,
  messageStates,
  submitMessage,
  withReason,
  type MessageList,
  type ShownMessage,
} from '@varde/contracts';
import { asked, query } from '../arguments';
import type { Context } from '../context';
import { wrongUse } from '../exit';
import { json, noun, verb } from '../help';
import { approve, type ApproveFlags } from './message-approve';
import { messageLines, messageTable } from './message-words';
import { liveOptions } from './typed-count';

interface Json {
  readonly json?: boolean;
}

/** `varde message …` */
export function messageCommands(program: Command, context: Context): void {
  const message = noun(
    program,
    'message',
    'what is said about an incident, and who says yes to it',
    'varde message approve 3f6c… --live --reason "Read in all languages"',
  );
  look(message, context);
  write(message, context);
  liveOptions(
    verb(
      message,
      'approve <ids...>',
      'approve what is shown; the last approval that is needed sends it',
      'varde message approve 3f6c… --live --reason "Read in all languages"',
    ).option('--hash <list>', 'of what you read, one for each message, in their order'),
  ).action((ids: string[], flags: ApproveFlags) => approve(context, ids, flags));
  for (const [act, what] of [
    ['return', 'send it back to be rewritten'],
    ['reject', 'end it unsent'],
  ] as const) {
    verb(message, `${act} <id>`, what, `varde message ${act} 3f6c… --reason "Wrong town"`)
      .requiredOption('--reason <text>', 'why, for its author')
      .option('--json', json.one)
      .action(async (id: string, flags: { reason: string } & Json) => {
        const body = asked(withReason, { reason: flags.reason });
        show(context, flags.json, await context.post<ShownMessage>(`${at(id)}/${act}`, body));
      });
  }
}

function look(message: Command, context: Context): void {
  verb(message, 'list', 'messages, newest first', 'varde message list --state submitted')
    .option('--incident <id>', 'of one incident')
    .addOption(new Option('--state <state>', 'where it stands').choices(messageStates))
    .option('--json', json.lines)
    .action(async (flags: { incident?: string; state?: string } & Json) => {
      const { messages } = await context.get<MessageList>(
        `/messages${query({ incident: flags.incident, state: flags.state })}`,
      );
      context.list(flags.json, messages, messageTable(messages));
    });
  verb(
    message,
    'show <id>',
    'every text as its reader gets it, with problems, cost and history',
    'varde message show 3f6c…',
  )
    .option('--json', json.one)
    .action(async (id: string, flags: Json) =>
      show(context, flags.json, await context.get<ShownMessage>(at(id))),
    );
}

function write(message: Command, context: Context): void {
  verb(
    message,
    'edit <id>',
    'save own words as the next version: {"nb":{"sms":"…"},"nn":"nb"}',
    'varde message edit 3f6c… --texts words.json',
  )
    .requiredOption('--texts <file>', 'JSON by language, each with sms and email')
    .option('--based-on <version>', 'the version that you read; the newest unless said')
    .option('--json', json.one)
    .action(async (id: string, flags: { texts: string; basedOn?: string } & Json) => {
      const texts = textsIn(flags.texts);
      const basedOnVersion =
        flags.basedOn === undefined
          ? (await context.get<ShownMessage>(at(id))).version
          : Number(flags.basedOn);
      const body = asked(editMessage, { basedOnVersion, texts });
      show(context, flags.json, await context.post<ShownMessage>(`${at(id)}/edit`, body));
    });
  verb(
    message,
    'submit <id>',
    'freeze the newest version and ask the approvers on duty',
    'varde message submit 3f6c… --note "New estimate, for everybody who is hit"',
  )
    .option('--note <text>', 'what changed, for whom')
    .option('--json', json.one)
    .action(async (id: string, flags: { note?: string } & Json) => {
      const body = asked(submitMessage, flags.note === undefined ? {} : { note: flags.note });
      show(context, flags.json, await context.post<ShownMessage>(`${at(id)}/submit`, body));
    });
}

const at = (id: string): string => `/messages/${encodeURIComponent(id)}`;

const show = (context: Context, asJson: boolean | undefined, one: ShownMessage): void =>
  context.answer(asJson, one, messageLines(one));

function textsIn(file: string): Record<string, never> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>;
  } catch {
    throw wrongUse(`${file} is not a readable JSON file of texts.`);
  }
}
