import type { Command } from 'commander';
import type { LedgerView } from '@varde/contracts';
import { query } from '../arguments';
import type { Context } from '../context';
import { exit } from '../exit';
import { json, noun, verb } from '../help';
import { table } from '../words';

/** `varde ledger check` */
export function ledgerCommands(program: Command, context: Context): void {
  const ledger = noun(program, 'ledger', 'the proof that nobody was lost', 'varde ledger check');
  verb(
    ledger,
    'check',
    'planned = what became of it, nothing left over; exit code 1 if not',
    'varde ledger check --incident 6a1f…',
  )
    .option('--incident <id>', 'of one incident')
    .option('--json', json.one)
    .action(async (flags: { incident?: string; json?: boolean }) => {
      const account = await context.get<LedgerView>(
        `/ledger${query({ incident: flags.incident })}`,
      );
      context.answer(flags.json, account, accountLines(account));
      if (!account.balances) process.exitCode = exit.refused;
    });
}

const columns = [
  ['planned', 'planned'],
  ['delivered', 'delivered'],
  ['sentWithoutReceipt', 'no receipt'],
  ['failed', 'failed'],
  ['suppressed', 'suppressed'],
  ['superseded', 'superseded'],
  ['expired', 'expired'],
  ['unknown', 'unknown'],
  ['open', 'not over'],
] as const;

/** The account as people read it, with every fault in words. */
export function accountLines({ lines, faults, balances }: LedgerView): string[] {
  return [
    ...(lines.length === 0
      ? ['Nothing has been sent.']
      : table([
          ['dispatch', 'channel', ...columns.map(([, word]) => word)],
          ...lines.map((line) => [
            line.dispatchId,
            line.channel,
            ...columns.map(([key]) => line[key]),
          ]),
        ])),
    ...faults.map(({ law, sentence }) => `${law}: ${sentence}`),
    balances ? 'It balances.' : 'It does NOT balance.',
  ];
}
