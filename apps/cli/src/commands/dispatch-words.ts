import type { DispatchView } from '@varde/contracts';
import { grouped, localTime, modeLine, table } from '../words';

/** Dispatches as people read them. */
export const dispatchTable = (dispatches: readonly DispatchView[]): string[] =>
  dispatches.length === 0
    ? ['Nothing has been sent.']
    : table([
        ['dispatch', 'mode', 'planned', 'since', 'let go by', 'halted'],
        ...dispatches.map((one) => [
          one.dispatchId,
          one.mode,
          one.plannedCount,
          localTime(one.dispatchedAt),
          one.policyId === null ? 'people' : 'a policy',
          one.halts.length > 0 ? 'HALTED' : '',
        ]),
      ]);

// The states of invariants §3 in the words of PG-08.
const stateWords = {
  pending: 'waiting',
  sending: 'on its way',
  ambiguous: 'unknown',
  accepted: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  suppressed: 'suppressed',
  superseded: 'superseded',
  expired: 'expired',
} as const satisfies Record<keyof DispatchView['lanes'][number]['states'], string>;
const states = Object.keys(stateWords) as (keyof typeof stateWords)[];

/** How far a dispatch has come: every row of every lane in exactly one column. */
export function dispatchLines(one: DispatchView): string[] {
  const shownStates = states.filter((state) => one.lanes.some((lane) => lane.states[state]));
  return [
    modeLine(one.mode, one.plannedCount),
    `${grouped(one.plannedCount)} planned${one.isPlanned ? '' : ' so far'} of ${grouped(one.reach)} approved, let go by ${one.policyId === null ? 'people' : `policy ${one.policyId}`} at ${localTime(one.dispatchedAt)}, expires ${localTime(one.sendBefore)}`,
    ...one.halts.map(({ scope, id }) => `HALTED by ${scope}${scope === 'all' ? '' : ` ${id}`}`),
    ...table([
      ['class', 'channel', ...shownStates.map((state) => stateWords[state])],
      ...one.lanes.map((lane) => [
        String(lane.class),
        lane.channel,
        ...shownStates.map((state) => lane.states[state] ?? 0),
      ]),
    ]),
  ];
}
