import type { DispatchList, DispatchView, MovedGate } from '@varde/contracts';
import type { Gate } from '@varde/delivery-feature';
import { query } from '../arguments';
import type { Context } from '../context';
import { CommandFailed } from '../exit';

/** What stands behind a gate, from the counters. */
export interface Behind {
  /** Rows that would go when it opens. */
  readonly waiting: number;
  /** Rows that a provider has taken. */
  readonly left: number;
  /** Rows of which nobody knows yet whether a provider has taken them. */
  readonly unknown: number;
  readonly counts: NonNullable<MovedGate['counts']>;
  /** Incidents of which something may still go. */
  readonly incidentIds: readonly string[];
  /** What else is halted and stops some of it: opening this gate alone would not let it go. */
  readonly otherHalts: readonly Gate[];
}

// The newest dispatches: what is older has long ended or expired.
const newest = '200';

/**
 * Asks the API for the dispatches behind a gate. For a provider it is all that is on its way: rows have no counter by provider.
 *
 * @source UX-06, DL-15
 */
export async function behind(context: Context, gate: Gate): Promise<Behind> {
  const incident = gate.scope === 'incident' ? gate.id : undefined;
  const { dispatches } = await context.get<DispatchList>(
    `/dispatches${query({ limit: newest, incident })}`,
  );
  return behindOf(gate, dispatches);
}

// What has an id of its own that somebody may mistype, and where the API shows it.
const shownAt = { dispatch: '/dispatches', incident: '/incidents' } as const;

/**
 * Is there surely nothing under this id, for whoever asks? Whoever mistypes an id must not think that it is halted. What has long
 * ended is there all the same, so it is asked by its id and not looked for among what waits.
 */
export async function isMissing(
  context: Pick<Context, 'get'>,
  { scope, id }: Gate,
): Promise<boolean> {
  if (scope !== 'dispatch' && scope !== 'incident') return false;
  return context.get(`${shownAt[scope]}/${encodeURIComponent(id)}`).then(
    () => false,
    (cause: unknown) => cause instanceof CommandFailed && cause.code === `no-such-${scope}`,
  );
}

/** Adds up the lanes behind a gate. */
export function behindOf(gate: Gate, all: readonly DispatchView[]): Behind {
  const dispatches = all.filter((one) => isBehind(gate, one));
  const counts: Record<string, number> = {};
  for (const lane of dispatches.flatMap(({ lanes }) => lanes)) {
    if (gate.scope === 'channel' && lane.channel !== gate.id) continue;
    for (const [state, n] of Object.entries(lane.states)) counts[state] = (counts[state] ?? 0) + n;
  }
  const sum = (...states: string[]): number =>
    states.reduce((total, state) => total + (counts[state] ?? 0), 0);
  return {
    waiting: sum('pending'),
    left: sum('accepted', 'delivered', 'failed'),
    unknown: sum('sending', 'ambiguous'),
    counts,
    incidentIds: [...new Set(dispatches.filter(isOpen).map((one) => one.incidentId))],
    otherHalts: dispatches
      .filter(isOpen)
      .flatMap(({ halts }) => halts)
      .filter(
        (one, i, list) => !isSame(one, gate) && list.findIndex((two) => isSame(one, two)) === i,
      ),
  };
}

const isBehind = ({ scope, id }: Gate, one: DispatchView): boolean => {
  if (scope === 'dispatch') return one.dispatchId === id;
  return scope !== 'incident' || one.incidentId === id;
};

const isSame = (one: Gate, two: Gate): boolean => one.scope === two.scope && one.id === two.id;

const isOpen = (one: DispatchView): boolean =>
  !one.isPlanned || one.lanes.some((lane) => (lane.states.pending ?? 0) > 0);
