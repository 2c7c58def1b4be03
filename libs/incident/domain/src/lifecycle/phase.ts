import { Refusal } from '@varde/kernel';
import type { Phase } from '../vocabulary';

/**
 * Which phase may follow which. `acknowledged` is declared, `inProgress` worked on, `held` blocked, `pending` waits for others,
 * `resolved` service back, `closed` accepted. A relapse after closing is a new incident that refers to the old.
 *
 * @source standards §2.3 (TMF656)
 */
export const phaseSteps = {
  acknowledged: ['inProgress', 'rejected', 'cancelled'],
  inProgress: ['held', 'pending', 'resolved', 'cancelled'],
  held: ['inProgress', 'resolved', 'cancelled'],
  pending: ['inProgress', 'resolved', 'cancelled'],
  resolved: ['closed', 'inProgress'],
  closed: [],
  rejected: [],
  cancelled: [],
} as const satisfies Record<Phase, readonly Phase[]>;

/** May `to` follow `from` in one step? */
export const mayStep = (from: Phase, to: Phase): boolean =>
  (phaseSteps[from] as readonly Phase[]).includes(to);

/**
 * The phase after one step.
 *
 * @throws Refusal `illegal-transition`
 */
export function step(from: Phase, to: Phase): Phase {
  if (mayStep(from, to)) return to;
  const next = phaseSteps[from];
  const may = next.length > 0 ? `from there it may become ${next.join(', ')}` : 'that is final';
  throw new Refusal(
    'illegal-transition',
    `The incident is ${from} and cannot become ${to}; ${may}.`,
    { from, to },
  );
}

/**
 * The phase after `to` was reached, over `inProgress` where the work was never marked as begun: an incident that ends by itself
 * was worked on, too.
 *
 * @throws Refusal `illegal-transition`
 */
export const reach = (from: Phase, to: Phase): Phase =>
  from === 'acknowledged' && !mayStep(from, to)
    ? step(step(from, 'inProgress'), to)
    : step(from, to);
