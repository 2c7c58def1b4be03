import type { Command } from 'commander';
import type { IncidentView, ShownIncidentView } from '@varde/contracts';
import type { Context } from '../context';
import { refused, wrongUse } from '../exit';
import { json } from '../help';
import { grouped, rounded, typedNumber } from '../words';

/** Above so many recipients the count is typed. @source UX-03 */
const typedAbove = 10_000;

/** What an act that reaches people is asked with. */
export interface LiveFlags {
  readonly live?: boolean;
  readonly reason?: string;
  readonly confirm?: string;
  readonly json?: boolean;
}

/** Gives a command the options of {@link LiveFlags}. @source `experience.md` §14 */
export const liveOptions = (command: Command): Command =>
  command
    .option('--live', 'do it; without it, only say what would happen')
    .option('--reason <text>', 'why, in one sentence; needed with --live')
    .option('--confirm <count>', 'the rounded count that was shown, where many are reached')
    .option('--json', json.one);

/**
 * The count that a person has to type before so many are reached.
 *
 * @returns `undefined` where nothing is typed: people stop reading what they are always asked
 * @source UX-03
 */
export const countToType = (reach: number, isWholeCountry: boolean): number | undefined =>
  reach > typedAbove || (isWholeCountry && reach > 0) ? rounded(reach) : undefined;

/** Does it concern a whole country? Then its area is the country's own code. */
export const isWholeCountry = ({
  areas,
  country,
}: Pick<IncidentView, 'areas' | 'country'>): boolean => areas.includes(country);

/** Asks the same of incidents by id. */
export async function anyWholeCountry(context: Context, ids: readonly string[]): Promise<boolean> {
  const shown = await Promise.all(
    [...new Set(ids)].map((id) => context.get<ShownIncidentView>(`/incidents/${id}`)),
  );
  return shown.some(({ incident }) => isWholeCountry(incident));
}

/** The reason without which nothing goes. Told before anything is asked of anybody. @throws CommandFailed wrong use */
export function reasonOf({ reason }: LiveFlags): string {
  if (reason !== undefined && reason.trim() !== '') return reason;
  throw wrongUse('--live needs --reason "…": why is it right to let this go?');
}

/** @returns the reason. @throws CommandFailed wrong use; `count-not-confirmed` */
export function checkLive(flags: LiveFlags, toType: number | undefined): string {
  const reason = reasonOf(flags);
  const { confirm } = flags;
  if (toType === undefined || typedNumber(confirm ?? '') === toType) return reason;
  throw refused(
    'count-not-confirmed',
    `This reaches about ${grouped(toType)} people, so the count is typed: --confirm ${grouped(toType)}`,
  );
}
