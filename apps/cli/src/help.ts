import { Command, Help, type Option } from 'commander';

const examples = new WeakMap<Command, string>();
const partners = new WeakMap<Option, Option>();

/** Gives a command the example that its help starts with. @returns the command itself */
export function withExample(command: Command, example: string): Command {
  examples.set(command, example);
  return command;
}

/** The example of a command. */
export const exampleOf = (command: Command): string | undefined => examples.get(command);

/** The command that all others hang on: help starts with an example and knows no second way to ask for it. */
export function varde(): Command {
  const program = new Command('varde')
    .description('Incident and crisis communication, from the command line.')
    .helpCommand(false)
    .showHelpAfterError('(--help shows how it is used)')
    .configureHelp({
      optionTerm: (option) => [option, partners.get(option) ?? []].flat().map(flagsOf).join(', '),
      formatHelp: function (this: Help, command, helper) {
        const words = Help.prototype.formatHelp.call(this, command, helper).trimEnd();
        return `Example: ${examples.get(command) ?? 'varde --help'}\n\n${words}\n`;
      },
    });
  return withExample(program, 'varde incident list');
}

/** A noun: a group of verbs, shown with one of them as example. */
export const noun = (
  program: Command,
  name: string,
  description: string,
  example: string,
): Command =>
  withExample(program.command(name).description(description).helpCommand(false), example);

/** A verb with its example; every verb can answer a program. */
export const verb = (
  parent: Command,
  usage: string,
  description: string,
  example: string,
): Command => withExample(parent.command(usage).description(description), example);

/** Two options that belong together, on one line of the help: a screen has 24. The first one's description speaks of both. */
export const together = (command: Command, first: Option, second: Option): Command => {
  partners.set(first, second);
  return command.addOption(first).addOption(second.hideHelp());
};

const flagsOf = ({ flags }: Option): string => flags;

/** What `--json` gives: a list has one line per record, everything else one document. */
export const json = { one: 'answer with one document', lines: 'one line per record' } as const;
