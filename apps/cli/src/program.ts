import type { Command } from 'commander';
import { databaseCommands } from './commands/db';
import { dispatchCommands } from './commands/dispatch';
import { exerciseCommands } from './commands/exercise';
import { importCommands } from './commands/import';
import { incidentCommands } from './commands/incident';
import { intakeCommands } from './commands/intake';
import { ledgerCommands } from './commands/ledger';
import { messageCommands } from './commands/message';
import { policyCommands } from './commands/policy';
import { sampleCommands } from './commands/sample';
import { signInCommand } from './commands/sign-in';
import { sourceCommands } from './commands/source';
import { templateCommands } from './commands/template';
import type { Context } from './context';
import { varde } from './help';

/** Every command, in the order of the work: from the incident to the proof, then the machine room. */
export function programFor(context: Context): Command {
  const program = varde();
  signInCommand(program, context);
  incidentCommands(program, context);
  messageCommands(program, context);
  dispatchCommands(program, context);
  ledgerCommands(program, context);
  templateCommands(program, context);
  policyCommands(program, context);
  exerciseCommands(program, context);
  sourceCommands(program, context);
  intakeCommands(program, context);
  importCommands(program, context);
  sampleCommands(program, context);
  databaseCommands(program, context);
  for (const command of everyCommand(program)) command.exitOverride();
  return program;
}

/** A command and all below it. */
export const everyCommand = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];
