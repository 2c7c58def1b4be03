import type { Command } from 'commander';
import { dispatchFilter, type DispatchList, type DispatchView } from '@varde/contracts';
import { asked, query } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { dispatchLines, dispatchTable } from './dispatch-words';
import { askRelease, halt, release, type GateFlags } from './gates';
import { liveOptions, type LiveFlags } from './typed-count';

interface ListFlags {
  readonly incident?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

/** `varde dispatch …` */
export function dispatchCommands(program: Command, context: Context): void {
  const dispatch = noun(
    program,
    'dispatch',
    'what is on its way to people, and the brake',
    'varde dispatch halt --scope all',
  );
  verb(dispatch, 'list', 'dispatches, newest first', 'varde dispatch list')
    .option('--incident <id>', 'of one incident')
    .option('--limit <n>', 'at most so many; 50 unless said')
    .option('--json', json.lines)
    .action(async ({ json: asJson, ...filter }: ListFlags) => {
      asked(dispatchFilter, filter);
      const { dispatches } = await context.get<DispatchList>(`/dispatches${query({ ...filter })}`);
      context.list(asJson, dispatches, dispatchTable(dispatches));
    });
  verb(dispatch, 'show <id>', 'how far it has come, lane by lane', 'varde dispatch show 9b1d…')
    .option('--json', json.one)
    .action(async (id: string, flags: { json?: boolean }) => {
      const one = await context.get<DispatchView>(`/dispatches/${encodeURIComponent(id)}`);
      context.answer(flags.json, one, dispatchLines(one));
    });
  gateOptions(
    verb(
      dispatch,
      'halt [id]',
      'stop sending at once: asks nobody, works with API, Redis and Kafka down',
      'varde dispatch halt 9b1d… --reason "Wrong town in the text"',
    ),
  )
    .option('--reason <text>', 'why, in one sentence')
    .option('--json', json.one)
    .action((id: string | undefined, flags: GateFlags) => halt(context, id, flags));
  gateOptions(
    verb(
      dispatch,
      'ask-release [id]',
      'ask that another person opens it again, within 15 minutes',
      'varde dispatch ask-release 9b1d… --reason "The town is right"',
    ),
  )
    .requiredOption('--reason <text>', 'why, in one sentence')
    .option('--json', json.one)
    .action((id: string | undefined, flags: GateFlags) => askRelease(context, id, flags));
  liveOptions(
    gateOptions(
      verb(
        dispatch,
        'release [id]',
        'open what another person asked to open',
        'varde dispatch release 9b1d… --live --reason "Read it again: it is right"',
      ),
    ),
  ).action((id: string | undefined, flags: GateFlags & LiveFlags) => release(context, id, flags));
}

const gateOptions = (command: Command): Command =>
  command.option('--scope <scope>', 'all, channel, provider, incident or dispatch', 'dispatch');
