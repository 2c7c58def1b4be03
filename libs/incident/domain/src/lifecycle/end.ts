import { Refusal, type Instant } from '@varde/kernel';
import { hull } from '../correlation/span';
import { andThen, decided, type Decided } from './evolve';
import { scopeOf, sorted, type Actor, type Incident } from './incident';
import { mustBeOpen } from './refusals';

/** It was no incident. After something was sent, a correction goes to exactly those who were told. @source standards §2.3 */
export function cancel(
  incident: Incident,
  by: Actor,
  reason: string | null,
  now: Instant,
): Decided {
  mustBeOpen(incident);
  return decided(incident, { type: 'cancelled', at: now, by, reason });
}

/** It was looked at and not taken up; only before anybody worked on it. @throws Refusal `illegal-transition` */
export const reject = (incident: Incident, by: Actor, reason: string, now: Instant): Decided =>
  decided(incident, { type: 'rejected', at: now, by, reason });

/** Service is back and everybody agrees. Final. @throws Refusal `illegal-transition` unless it is resolved */
export const close = (incident: Incident, by: Actor, now: Instant): Decided =>
  decided(incident, { type: 'closed', at: now, by });

/** Two incidents that turned out to be one. */
export interface Merged {
  readonly child: Decided;
  readonly parent: Decided;
}

/**
 * Merges one open incident into another: what it covers goes on in the other, and so do its alarms.
 *
 * @param tally  the alarms of both together
 * @throws Refusal `incident-is-over`, `merge-into-itself`, `merge-across-countries`, `merge-across-modes`
 * @source standards §1.6 `merge`
 */
export function merge(
  child: Incident,
  parent: Incident,
  command: { by: Actor; reason: string | null; tally: Incident['alarms'] },
  now: Instant,
): Merged {
  mustFit(child, parent);
  const { by, reason, tally } = command;
  const takenOver = decided(parent, {
    type: 'recorded',
    at: now,
    by,
    patch: {
      alarms: tally,
      span: hull(parent.span, child.span),
      absorbed: [...(parent.absorbed ?? []), child.incidentId, ...(child.absorbed ?? [])],
    },
  });
  return {
    child: decided(child, { type: 'merged', at: now, by, into: parent.incidentId, reason }),
    parent: andThen(takenOver, (incident) => widened(incident, child, by, now)),
  };
}

function mustFit(child: Incident, parent: Incident): void {
  const facts = { child: child.number, parent: parent.number };
  if (child.incidentId === parent.incidentId) {
    throw new Refusal(
      'merge-into-itself',
      `${child.number} cannot be merged into itself; name the other incident.`,
      facts,
      'into',
    );
  }
  if (child.country !== parent.country) {
    throw new Refusal(
      'merge-across-countries',
      `${child.number} and ${parent.number} lie in different countries, each with its own texts; keep both.`,
      facts,
      'into',
    );
  }
  if (child.mode !== parent.mode) {
    throw new Refusal(
      'merge-across-modes',
      `${child.number} and ${parent.number} are not of the same mode; an exercise stays apart.`,
      facts,
      'into',
    );
  }
  mustBeOpen(child);
  mustBeOpen(parent);
}

function widened(parent: Incident, child: Incident, by: Actor, now: Instant): Decided {
  const before = scopeOf(parent);
  const more = scopeOf(child);
  const services = sorted([...before.services, ...more.services]);
  const patch = {
    alarmedScope: {
      ...parent.alarmedScope,
      services: sorted([...parent.alarmedScope.services, ...child.alarmedScope.services]),
      elements: sorted([...parent.alarmedScope.elements, ...child.alarmedScope.elements]),
    },
    notCounted: [...parent.notCounted, ...child.notCounted].filter(
      (one) => !before.elements.includes(one) && !more.elements.includes(one),
    ),
    statedScope:
      parent.statedScope === null && child.statedScope === null
        ? null
        : {
            services,
            elements: sorted([
              ...(parent.statedScope?.elements ?? []),
              ...(child.statedScope?.elements ?? []),
            ]),
            areas: sorted([...before.areas, ...more.areas]),
          },
    startedAt: parent.startedAt < child.startedAt ? parent.startedAt : child.startedAt,
  };
  const after = { ...parent, ...patch };
  const isWider =
    JSON.stringify(scopeOf(after)) !== JSON.stringify(before) ||
    after.startedAt !== parent.startedAt;
  return isWider
    ? decided(parent, { type: 'updated', at: now, by, changed: ['scope'], patch })
    : decided(parent, { type: 'recorded', at: now, by, patch });
}
