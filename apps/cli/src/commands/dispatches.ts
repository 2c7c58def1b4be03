import type { Command } from 'commander';
import type { DispatchList, DispatchView, LedgerView } from '@varde/contracts';
import { GateService, type Gate } from '@varde/delivery-feature';
import type { Context } from '../context';
import { exit, wrongUse } from '../exit';
import { grouped, table } from './words';

interface GateFlags {
  readonly scope: string;
  readonly reason?: string;
  readonly live?: boolean;
  readonly json?: boolean;
}

/** `varde dispatch …`, `varde ledger check` */
export function dispatchCommands(program: Command, context: Context): void {
  const dispatch = program
    .command('dispatch')
    .description('Example: varde dispatch halt --scope all --reason "Wrong town in the text"');
  dispatch
    .command('list')
    .description('dispatches, newest first')
    .option('--incident <id>', 'of one incident')
    .option('--json', 'one line per dispatch')
    .action(async (flags: { incident?: string; json?: boolean }) => {
      const { dispatches } = await context.get<DispatchList>(
        `/dispatches${flags.incident ? `?incident=${flags.incident}` : ''}`,
      );
      if (flags.json) return dispatches.forEach((one) => context.answer(true, one, ''));
      context.answer(
        false,
        dispatches,
        dispatches.length === 0
          ? 'Nothing has been sent.'
          : table([
              ['dispatch', 'mode', 'planned', 'at', 'by', 'halted'],
              ...dispatches.map((one) => [
                one.dispatchId,
                one.mode,
                one.plannedCount,
                one.dispatchedAt,
                one.policyId === null ? 'people' : 'policy',
                one.halts.length > 0 ? 'yes' : '',
              ]),
            ]),
      );
    });
  dispatch
    .command('show <id>')
    .description('how far it has come, by lane')
    .option('--json', 'answer with one document')
    .action(async (id: string, flags: { json?: boolean }) => {
      const one = await context.get<DispatchView>(`/dispatches/${id}`);
      context.answer(flags.json, one, [
        `${one.mode}, ${grouped(one.plannedCount)} planned of ${grouped(one.reach)} approved, since ${one.dispatchedAt}${one.halts.length > 0 ? `, HALTED by ${one.halts.map((halt) => `${halt.scope} ${halt.id}`).join(', ')}` : ''}`,
        ...one.lanes.map(
          (lane) =>
            `  class ${lane.class} ${lane.channel}: ${Object.entries(lane.states)
              .map(([state, n]) => `${state} ${grouped(n)}`)
              .join(', ')}`,
        ),
      ]);
    });
  gateCommand(
    dispatch,
    'halt',
    'stop sending at once; asks nobody, and works with API, Redis and Kafka down',
  ).action((id: string | undefined, flags: GateFlags) => halt(context, id, flags));
  gateCommand(dispatch, 'ask-release', 'ask that another person opens it again').action(
    async (id: string | undefined, flags: GateFlags) => {
      const done = await context.post<object>('/gates/ask-release', {
        ...gateOf(id, flags),
        reason: reasonOf(flags),
      });
      context.answer(flags.json, done, 'Asked. Another person releases within 15 minutes.');
    },
  );
  gateCommand(dispatch, 'release', 'open it again; by another person than the one who asked')
    .option('--live', 'do it; without it, only say what would happen')
    .action(async (id: string | undefined, flags: GateFlags) => {
      const gate = gateOf(id, flags);
      if (!flags.live)
        return context.answer(
          flags.json,
          { dryRun: true, ...gate },
          `This would open ${gate.scope} ${gate.id}. Nothing was done: add --live and --reason.`,
        );
      const done = await context.post<object>(
        '/gates/release',
        { ...gate, reason: reasonOf(flags) },
        true,
      );
      context.answer(flags.json, done, `${gate.scope} ${gate.id} is open.`);
    });
  program
    .command('ledger')
    .description('Example: varde ledger check --incident 6a1f…')
    .command('check')
    .description('planned = what became of it, nothing left over')
    .option('--incident <id>', 'of one incident')
    .option('--json', 'answer with one document')
    .action(async (flags: { incident?: string; json?: boolean }) => {
      const ledger = await context.get<LedgerView>(
        `/ledger${flags.incident ? `?incident=${flags.incident}` : ''}`,
      );
      context.answer(flags.json, ledger, [
        ...table([
          [
            'dispatch',
            'channel',
            'planned',
            'delivered',
            'no receipt',
            'failed',
            'suppressed',
            'superseded',
            'expired',
            'unknown',
            'open',
          ],
          ...ledger.lines.map((line) => [
            line.dispatchId,
            line.channel,
            line.planned,
            line.delivered,
            line.sentWithoutReceipt,
            line.failed,
            line.suppressed,
            line.superseded,
            line.expired,
            line.unknown,
            line.open,
          ]),
        ]),
        ...ledger.faults.map((fault) => `${fault.law}: ${fault.sentence}`),
        ledger.balances ? 'It balances.' : 'It does NOT balance.',
      ]);
      if (!ledger.balances) process.exitCode = exit.refused;
    });
}

const gateCommand = (dispatch: Command, name: string, what: string): Command =>
  dispatch
    .command(`${name} [id]`)
    .description(what)
    .option('--scope <scope>', 'all, channel, provider, incident or dispatch', 'dispatch')
    .option('--reason <text>', 'why')
    .option('--json', 'answer with one document');

const scopes = ['all', 'channel', 'provider', 'incident', 'dispatch'] as const;

function gateOf(id: string | undefined, flags: GateFlags): Gate {
  const scope = scopes.find((one) => one === flags.scope);
  if (!scope) throw wrongUse(`--scope is one of ${scopes.join(', ')}.`);
  if (scope === 'all') return { scope, id: '*' };
  if (id === undefined)
    throw wrongUse(`Say which ${scope}: varde dispatch halt <id> --scope ${scope}`);
  return { scope, id };
}

function reasonOf(flags: GateFlags): string {
  if (flags.reason === undefined || flags.reason.trim() === '')
    throw wrongUse('Say why: --reason "…"');
  return flags.reason;
}

async function halt(context: Context, id: string | undefined, flags: GateFlags): Promise<void> {
  const gate = gateOf(id, flags);
  const who = context.me();
  const database = await context.database('gate');
  try {
    await new GateService(database).halt(
      gate,
      who.personId,
      flags.reason ?? 'halted from the command line',
    );
  } finally {
    await database.close();
  }
  context.answer(
    flags.json,
    { ...gate, isHalted: true, by: who.personId },
    `Halted: ${gate.scope} ${gate.id}, by ${who.name}. Nothing more leaves; what was under way ends.`,
  );
}
