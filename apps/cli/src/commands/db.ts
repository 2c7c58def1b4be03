import { Option, type Command } from 'commander';
import { migrate } from '@varde/migrations';
import { whyUnreachable } from '@varde/platform-database';
import { needed, type Context } from '../context';
import { down, isUnreachable } from '../exit';
import { json, noun, verb } from '../help';
import { counted } from '../words';

/** `varde db migrate` */
export function databaseCommands(program: Command, context: Context): void {
  const db = noun(program, 'db', 'the database', 'varde db migrate');
  verb(
    db,
    'migrate',
    'bring the schema to the newest version; a second run at the same time waits',
    'varde db migrate --kind production',
  )
    .addOption(
      new Option('--kind <kind>', 'what a fresh database becomes, once and for all').choices([
        'production',
        'sandbox',
      ]),
    )
    .option('--json', json.one)
    .action(async (flags: { kind?: 'production' | 'sandbox'; json?: boolean }) => {
      const url = needed(
        context.config.VARDE_MIGRATE_DATABASE_URL,
        'VARDE_MIGRATE_DATABASE_URL',
        'the database under the role varde_migrate',
      );
      const migrations = await migrate({
        url,
        ...(flags.kind ? { kind: flags.kind } : {}),
        report: (line) => context.progress(line),
      }).catch((cause: unknown) => {
        if (!isUnreachable(cause)) throw cause;
        throw down(whyUnreachable(url, cause), cause);
      });
      context.answer(
        flags.json,
        { migrations },
        migrations.length === 0
          ? 'The schema is at the newest version already.'
          : `${counted(migrations.length, 'migration')} ran.`,
      );
    });
}
