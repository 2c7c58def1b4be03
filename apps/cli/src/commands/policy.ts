import type { Command } from 'commander';
import { submitPolicy, type PolicyList, type PolicyView } from '@varde/contracts';
import { days, plus, toIso } from '@varde/kernel';
import { systemClock } from '@varde/platform-time';
import { asked, listed, wholeNumber } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { localTime, table } from '../words';

interface Submit {
  readonly template: string;
  readonly templateVersion: number;
  readonly classes: string[];
  readonly channels: string[];
  readonly maxReach: number;
  readonly days: number;
  readonly json?: boolean;
}

/** `varde policy …` */
export function policyCommands(program: Command, context: Context): void {
  const policy = noun(
    program,
    'policy',
    'what may go by itself, as two people have approved',
    'varde policy list',
  );
  verb(policy, 'list', 'all policies, newest first', 'varde policy list')
    .option('--json', json.lines)
    .action(async (flags: { json?: boolean }) => {
      const { policies } = await context.get<PolicyList>('/policies');
      context.list(flags.json, policies, policyTable(policies));
    });
  submit(policy, context);
  verb(
    policy,
    'approve <id>',
    'approve a policy that somebody else wrote',
    'varde policy approve 77c2…',
  )
    .option('--json', json.one)
    .action(async (id: string, flags: { json?: boolean }) => {
      const done = await context.postFresh<PolicyView>(
        `/policies/${encodeURIComponent(id)}/approve`,
        {},
      );
      context.answer(flags.json, done, nextOf(done));
    });
}

function submit(policy: Command, context: Context): void {
  verb(
    policy,
    'submit',
    'write a policy; it lives when two others have approved it',
    'varde policy submit --template outage-declared --template-version 1 \\\n  --classes 0,1 --max-reach 20000',
  )
    .requiredOption('--template <name>', 'a pre-approved ready text')
    .requiredOption('--template-version <n>', 'its version', wholeNumber)
    .requiredOption('--classes <list>', 'such as 0,1', listed)
    .option('--channels <list>', 'such as sms,email', listed, ['sms', 'email'])
    .requiredOption('--max-reach <n>', 'largest audience that it may reach', wholeNumber)
    .option('--days <n>', 'how long it lives', wholeNumber, 90)
    .option('--json', json.one)
    .action(async (flags: Submit) => {
      const body = asked(submitPolicy, {
        template: flags.template,
        templateVersion: flags.templateVersion,
        classes: flags.classes.map(Number),
        channels: flags.channels as 'sms'[],
        maxReach: flags.maxReach,
        expiresAt: toIso(plus(systemClock.now(), days(flags.days))),
      });
      const done = await context.post<PolicyView>('/policies/submit', body);
      context.answer(flags.json, done, nextOf(done));
    });
}

const nextOf = ({ policyId, isLive, approvers, expiresAt }: PolicyView): string =>
  isLive
    ? `Policy ${policyId} lives until ${localTime(expiresAt)}.`
    : `Policy ${policyId} has ${approvers.length} of 2 approvals.`;

const policyTable = (policies: PolicyList['policies']): string[] =>
  policies.length === 0
    ? ['No policy: everything waits for people.']
    : table([
        ['policy', 'template', 'classes', 'channels', 'reach', 'until', 'lives'],
        ...policies.map((one) => [
          one.policyId,
          `${one.template} ${one.templateVersion}`,
          one.classes.join(' '),
          one.channels.join(' '),
          one.maxReach,
          localTime(one.expiresAt),
          one.isLive ? 'yes' : 'no',
        ]),
      ]);
