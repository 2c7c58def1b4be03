import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { runImport, type ImportFlags } from '../machine-room/run-import';

const files = {
  areas: 'areas.geojson',
  elements: 'elements.csv',
  customers: 'customers.csv',
  subscriptions: 'subscriptions.csv',
  contacts: 'contacts.csv',
  agreements: 'agreements.csv',
  calendars: 'calendars.json',
} as const;

/** `varde import …` */
export function importCommands(program: Command, context: Context): void {
  const imports = noun(
    program,
    'import',
    'files of the operator’s own systems',
    'varde import world ./export',
  );
  options(
    verb(
      imports,
      'world <folder>',
      'every file of a folder, in the order in which they refer to each other',
      'varde import world ./export --dry-run',
    ),
  ).action((folder: string, flags: ImportFlags) => runImport(context, 'world', folder, flags));
  for (const [what, file] of Object.entries(files) as [keyof typeof files, string][]) {
    options(
      verb(
        imports,
        `${what} <file>`,
        `one file of ${what}`,
        `varde import ${what} ./export/${file}`,
      ),
    )
      .option('--confirm <count>', 'rows that end, where it is more than 5 %', wholeNumber)
      .action((path: string, flags: ImportFlags) => runImport(context, what, path, flags));
  }
}

const options = (command: Command): Command =>
  command
    .option('--full', 'the file is the whole truth: what is absent in it ends today')
    .option('--dry-run', 'do everything but keep it')
    .option('--json', json.one);
