import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type {
  ApprovalResults,
  MessageList,
  PolicyList,
  ShownMessage,
  TemplateList,
} from '@varde/contracts';
import { days, plus, toIso } from '@varde/kernel';
import { systemClock } from '@varde/platform-time';
import type { Context } from '../context';
import { CommandFailed, exit, wrongUse } from '../exit';
import { grouped, rounded, table, typedNumber } from './words';

// Above this, and for a whole country, the count is typed. @source UX-03
const typedAbove = 10_000;

interface Live {
  readonly live?: boolean;
  readonly reason?: string;
  readonly confirm?: string;
  readonly json?: boolean;
}

/** `varde message …`, `template …`, `policy …` */
export function messageCommands(program: Command, context: Context): void {
  const message = program
    .command('message')
    .description('Example: varde message approve 3f6c… --live --reason "Read in all languages"');
  message
    .command('list')
    .description('messages, newest first')
    .option('--incident <id>', 'of one incident')
    .option('--state <state>', 'drafted, submitted, returned, rejected, withdrawn or dispatched')
    .option('--json', 'one line per message')
    .action(async (flags: { incident?: string; state?: string; json?: boolean }) => {
      const query = new URLSearchParams({
        ...(flags.incident && { incident: flags.incident }),
        ...(flags.state && { state: flags.state }),
      });
      const { messages } = await context.get<MessageList>(`/messages?${query.toString()}`);
      if (flags.json) return messages.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        messages,
        messages.length === 0
          ? 'No message here.'
          : table([
              ['message', 'incident', 'mode', 'stage', 'for', 'reach', 'state'],
              ...messages.map((one) => [
                one.messageId,
                one.incidentNumber,
                one.mode,
                one.stage,
                one.groups.join('+'),
                one.reach,
                one.state,
              ]),
            ]),
      );
    });
  message
    .command('show <id>')
    .description('every text as its reader gets it, problems, cost')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: Live) =>
      show(context, flags.json, await context.get<ShownMessage>(`/messages/${id}`)),
    );
  message
    .command('edit <id>')
    .description('save own words as the next version')
    .requiredOption(
      '--texts <file>',
      'JSON: { "nb": { "sms": "…", "email": { "subject": "…", "text": "…" } } }',
    )
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: { texts: string; json?: boolean }) => {
      const before = await context.get<ShownMessage>(`/messages/${id}`);
      show(
        context,
        flags.json,
        await context.post<ShownMessage>(`/messages/${id}/edit`, {
          basedOnVersion: before.version,
          texts: textsIn(flags.texts),
        }),
      );
    });
  message
    .command('submit <id>')
    .description('freeze the newest version and ask an approver on duty')
    .option('--note <text>', 'what changed, for whom')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: { note?: string; json?: boolean }) =>
      show(
        context,
        flags.json,
        await context.post<ShownMessage>(
          `/messages/${id}/submit`,
          flags.note === undefined ? {} : { note: flags.note },
        ),
      ),
    );
  message
    .command('approve <ids...>')
    .description(
      'approve what is shown; the last approval that is needed sends it. Several of one update go in one act',
    )
    .option('--live', 'do it; without it, only say what would happen')
    .option('--reason <text>', 'why')
    .option('--confirm <count>', `the count as shown, above ${typedAbove} recipients`)
    .option('--json', 'answer with one document')
    .action((ids: string[], flags: Live) => approve(context, ids, flags));
  for (const act of ['return', 'reject'] as const) {
    message
      .command(`${act} <id>`)
      .description(act === 'return' ? 'send it back to be rewritten' : 'end it unsent')
      .requiredOption('--reason <text>', 'why, for its author')
      .option('--json', 'answer with one document')
      .action(async (id: string, flags: { reason: string; json?: boolean }) =>
        show(
          context,
          flags.json,
          await context.post<ShownMessage>(`/messages/${id}/${act}`, { reason: flags.reason }),
        ),
      );
  }
  templateCommands(program, context);
  policyCommands(program, context);
}

async function approve(context: Context, ids: readonly string[], flags: Live): Promise<void> {
  const messages = await Promise.all(ids.map((id) => context.get<ShownMessage>(`/messages/${id}`)));
  const reach = messages.reduce((sum, one) => sum + one.reach, 0);
  for (const one of messages)
    context.progress(
      `${one.incidentNumber} ${one.mode} ${one.stage} for ${one.groups.join(' and ')}: version ${one.version}, hash ${one.contentSha256.slice(0, 12)}, ${grouped(one.reach)} recipients`,
    );
  if (!flags.live) {
    context.answer(
      flags.json,
      { dryRun: true, reach, messages: messages.map((one) => one.messageId) },
      `This would approve ${messages.length} messages to ${grouped(reach)} recipients. Nothing was done: add --live and --reason.`,
    );
    return;
  }
  if (flags.reason === undefined)
    throw wrongUse('--live needs --reason: why is it right to send this?');
  if (reach > typedAbove && typedNumber(flags.confirm ?? '') !== rounded(reach)) {
    throw new CommandFailed(
      exit.refused,
      'count-not-confirmed',
      `This reaches ${grouped(rounded(reach))} people. Type it: --confirm "${grouped(rounded(reach))}"`,
    );
  }
  const approvals = messages.map((one) => ({
    messageId: one.messageId,
    version: one.version,
    contentSha256: one.contentSha256,
    reach: one.reach,
  }));
  const { results } = await context.post<ApprovalResults>(
    '/messages/approve',
    { approvals, reason: flags.reason },
    true,
  );
  context.answer(
    flags.json,
    { results },
    results.map((one) =>
      one.dispatchId === null
        ? `${one.messageId}: ${one.approvalsGiven} of ${one.approvalsNeeded} approvals`
        : `${one.messageId}: it goes, dispatch ${one.dispatchId}`,
    ),
  );
}

function textsIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CommandFailed(
      exit.wrongUse,
      'texts-unreadable',
      `${file} is not a readable JSON file of texts.`,
      { cause },
    );
  }
}

function show(context: Context, json: boolean | undefined, one: ShownMessage): void {
  const cost =
    one.forecast.cost
      .map((sum) => `${(sum.micros / 1e6).toFixed(2)} ${sum.currency}`)
      .join(' + ') || 'nothing';
  context.answer(json, one, [
    `${one.incidentNumber}  ${one.mode}  ${one.stage}  for ${one.groups.join(' and ')}, class ${one.classes.join(', ')}  ${one.state}`,
    `version ${one.version}, hash ${one.contentSha256.slice(0, 12)}, ${grouped(one.reach)} recipients, ${one.approvals.length} of ${one.approversNeeded} approvals, may be sent until ${one.sendBefore}`,
    `${grouped(one.forecast.segmentCount)} SMS segments, ${cost}, ${one.forecast.minutes} min at the present cap`,
    ...one.texts.flatMap((text) => [
      '',
      `${text.language} ${text.channel}, ${grouped(text.recipientCount)} recipients${text.segments === undefined ? '' : `, ${text.segments} segment`}`,
      text.sms ?? `${text.subject ?? ''}\n${text.text ?? ''}`,
    ]),
    ...one.problems.map(
      (problem) => `${problem.severity === 'block' ? 'BLOCKS' : 'asks'}: ${problem.sentence}`,
    ),
  ]);
}

function templateCommands(program: Command, context: Context): void {
  const template = program
    .command('template')
    .description('Example: varde template submit outage-declared');
  template
    .command('list')
    .description('ready texts in use')
    .option('--json', 'one line per template')
    .action(async (flags: Live) => {
      const { templates } = await context.get<TemplateList>('/templates');
      if (flags.json) return templates.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        templates,
        templates.length === 0
          ? 'No ready text is in use yet. Take one: varde template submit outage-declared'
          : table([
              ['template', 'version', 'approvals', 'pre-approved'],
              ...templates.map((one) => [
                one.template,
                one.version,
                one.approvers.length,
                one.isPreApproved ? 'yes' : 'no',
              ]),
            ]),
      );
    });
  template
    .command('submit <name>')
    .description('take the ready text of this name into use')
    .option('--json', 'answer with one document')
    .action(async (name: string, flags: Live) => {
      const done = await context.post<{ template: string; version: number }>('/templates/submit', {
        template: name,
      });
      context.answer(
        flags.json,
        done,
        `${done.template} version ${done.version} waits for two approvals.`,
      );
    });
  template
    .command('approve <name> <version>')
    .description('approve a version that somebody else wrote')
    .option('--json', 'answer with one document')
    .action(async (name: string, version: string, flags: Live) => {
      const done = await context.post<{ isPreApproved: boolean }>(
        `/templates/${name}/${version}/approve`,
        {},
        true,
      );
      context.answer(
        flags.json,
        done,
        done.isPreApproved ? 'It is pre-approved.' : 'One more approval is needed.',
      );
    });
}

function policyCommands(program: Command, context: Context): void {
  const policy = program
    .command('policy')
    .description(
      'Example: varde policy submit --template outage-declared --template-version 1 --classes 0,1 --max-reach 20000 --days 90',
    );
  policy
    .command('list')
    .description('what may go without anybody')
    .option('--json', 'one line per policy')
    .action(async (flags: Live) => {
      const { policies } = await context.get<PolicyList>('/policies');
      if (flags.json) return policies.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        policies,
        policies.length === 0
          ? 'No policy: everything waits for people.'
          : table([
              ['policy', 'template', 'classes', 'reach', 'until', 'live'],
              ...policies.map((one) => [
                one.policyId,
                `${one.template} ${one.templateVersion}`,
                one.classes.join(' '),
                one.maxReach,
                one.expiresAt,
                one.isLive ? 'yes' : 'no',
              ]),
            ]),
      );
    });
  policy
    .command('submit')
    .description('write a policy')
    .requiredOption('--template <name>', 'ready text')
    .requiredOption('--template-version <n>', 'its version')
    .requiredOption('--classes <list>', 'such as 0,1')
    .option('--channels <list>', 'such as sms,email', 'sms,email')
    .requiredOption('--max-reach <n>', 'largest audience')
    .option('--days <n>', 'how long it lives', '90')
    .option('--json', 'answer with one document')
    .action(
      async (flags: {
        template: string;
        templateVersion: string;
        classes: string;
        channels: string;
        maxReach: string;
        days: string;
        json?: boolean;
      }) => {
        const done = await context.post<{ policyId: string }>('/policies/submit', {
          template: flags.template,
          templateVersion: Number(flags.templateVersion),
          classes: flags.classes.split(',').map(Number),
          channels: flags.channels.split(','),
          maxReach: Number(flags.maxReach),
          expiresAt: toIso(plus(systemClock.now(), days(Number(flags.days)))),
        });
        context.answer(flags.json, done, `Policy ${done.policyId} waits for two approvals.`);
      },
    );
  policy
    .command('approve <id>')
    .description('approve a policy that somebody else wrote')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: Live) => {
      const done = await context.post<{ isLive: boolean }>(`/policies/${id}/approve`, {}, true);
      context.answer(
        flags.json,
        done,
        done.isLive ? 'It is live.' : 'One more approval is needed.',
      );
    });
}
