import type { Command } from 'commander';
import type { Context } from '../context';
import { json, verb } from '../help';

/** `varde sign-in` */
export function signInCommand(program: Command, context: Context): void {
  verb(program, 'sign-in', 'sign in with a browser on any machine', 'varde sign-in')
    .option('--as <person>', 'by account name and without a browser; in a sandbox only')
    .option('--json', json.one)
    .action(async (flags: { as?: string; json?: boolean }) => {
      const { person, personId, name } = await context.signIn(flags.as);
      context.answer(flags.json, { person, personId, name }, `Signed in as ${name}.`);
    });
}
