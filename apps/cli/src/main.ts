import { Command, CommanderError } from 'commander';
import { readConfig, ConfigurationError } from '@varde/platform-config';
import { Refusal } from '@varde/kernel';
import { cliConfig } from './cli.config';
import { deskCommands } from './commands/desk';
import { dispatchCommands } from './commands/dispatches';
import { incidentCommands } from './commands/incidents';
import { machineRoomCommands } from './commands/machine-room';
import { messageCommands } from './commands/messages';
import { contextFor } from './context';
import { CommandFailed, exit } from './exit';

async function main(): Promise<void> {
  const program = new Command('varde')
    .description(
      'Example: varde incident list\n\nThe incident and crisis-communication system, from the command line.',
    )
    .configureHelp({ showGlobalOptions: false });
  const context = contextFor(readConfig(cliConfig, process.env), process.env);
  machineRoomCommands(program, context);
  incidentCommands(program, context);
  messageCommands(program, context);
  dispatchCommands(program, context);
  deskCommands(program, context);
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  for (const command of all(program)) command.exitOverride();
  await program.parseAsync(process.argv);
}

process.once('SIGINT', () => {
  process.stderr.write('Interrupted. A second run continues.\n');
  process.exit(exit.interrupted);
});

main().catch((cause: unknown) => {
  process.exitCode = codeOf(cause);
  if (cause instanceof CommanderError) return;
  const code = cause instanceof CommandFailed || cause instanceof Refusal ? ` (${cause.code})` : '';
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}${code}\n`);
});

function codeOf(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exit.done : exit.wrongUse;
  if (cause instanceof CommandFailed) return cause.exitCode;
  if (cause instanceof Refusal) return exit.refused;
  return cause instanceof ConfigurationError ? exit.wrongUse : exit.down;
}
