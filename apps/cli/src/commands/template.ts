import type { Command } from 'commander';
import type { TemplateList, TemplateView } from '@varde/contracts';
import { wholeNumber } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { table } from '../words';

interface Json {
  readonly json?: boolean;
}

/** `varde template …` */
export function templateCommands(program: Command, context: Context): void {
  const template = noun(
    program,
    'template',
    'ready texts, each approved by two people',
    'varde template submit outage-declared',
  );
  verb(template, 'list', 'ready texts in use', 'varde template list')
    .option('--json', json.lines)
    .action(async (flags: Json) => {
      const { templates } = await context.get<TemplateList>('/templates');
      context.list(flags.json, templates, templateTable(templates));
    });
  verb(
    template,
    'submit <name>',
    'take the ready text of this name into use, as its next version',
    'varde template submit outage-declared',
  )
    .option('--json', json.one)
    .action(async (name: string, flags: Json) => {
      const done = await context.post<TemplateView>('/templates/submit', { template: name });
      context.answer(flags.json, done, nextOf(done));
    });
  verb(
    template,
    'approve <name> <version>',
    'approve a version that somebody else wrote',
    'varde template approve outage-declared 1',
  )
    .option('--json', json.one)
    .action(async (name: string, version: string, flags: Json) => {
      const done = await context.postFresh<TemplateView>(
        `/templates/${encodeURIComponent(name)}/${wholeNumber(version)}/approve`,
        {},
      );
      context.answer(flags.json, done, nextOf(done));
    });
}

const nextOf = ({ template, version, isPreApproved, approvers }: TemplateView): string =>
  isPreApproved
    ? `${template} version ${version} is approved by two people: a policy may let it go.`
    : `${template} version ${version} has ${approvers.length} of 2 approvals.`;

const templateTable = (templates: TemplateList['templates']): string[] =>
  templates.length === 0
    ? ['No ready text is in use yet. Take one: varde template submit outage-declared']
    : table([
        ['template', 'version', 'approvals', 'pre-approved', 'languages'],
        ...templates.map((one) => [
          one.template,
          one.version,
          one.approvers.length,
          one.isPreApproved ? 'yes' : 'no',
          one.languages.join(' '),
        ]),
      ]);
