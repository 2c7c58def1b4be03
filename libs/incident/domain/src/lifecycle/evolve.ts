import { assertNever } from '@varde/kernel';
import type { IncidentEvent } from './events';
import type { Estimate, Incident } from './incident';
import { reach, step } from './phase';

/** The incident after one more event. The phase goes through the table of steps, whoever decided. */
export function evolve(incident: Incident, event: IncidentEvent): Incident {
  const changed = { version: incident.version + 1, changedBy: event.by, changedAt: event.at };
  switch (event.type) {
    case 'declared':
      return event.incident;
    case 'updated':
      return { ...incident, estimate: settled(incident.estimate), ...event.patch, ...changed };
    case 'recorded':
      return { ...incident, ...event.patch };
    case 'restore-stated':
      return { ...incident, restoreStated: { by: event.by, at: event.saidAt } };
    case 'restorable':
      return incident;
    case 'resolved':
      return {
        ...incident,
        ...changed,
        phase: reach(incident.phase, 'resolved'),
        restoredAt: event.restoredAt,
        restoreStated: null,
      };
    case 'reopened':
      return {
        ...incident,
        ...changed,
        phase: step(incident.phase, 'inProgress'),
        restoredAt: null,
        restoreStated: null,
      };
    case 'cancelled':
      return { ...incident, ...changed, phase: step(incident.phase, 'cancelled') };
    case 'rejected':
      return { ...incident, ...changed, phase: step(incident.phase, 'rejected') };
    case 'merged':
      // Its life goes on in the other: not cancelled, since nothing that was said of it was wrong.
      return {
        ...incident,
        ...changed,
        phase: step(reach(incident.phase, 'resolved'), 'closed'),
        mergedInto: event.into,
      };
    case 'closed':
      return { ...incident, phase: step(incident.phase, 'closed') };
    default:
      return assertNever(event);
  }
}

// What the last change did to the estimate was told with that change.
const settled = (estimate: Estimate): Estimate => ({ ...estimate, previous: null, change: 'none' });

/** What a decision made of an incident. */
export interface Decided {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

/** Nothing happened. */
export const unchanged = (incident: Incident): Decided => ({ incident, events: [] });

/** The events and what they make of the incident. */
export const decided = (incident: Incident, ...events: readonly IncidentEvent[]): Decided => ({
  incident: events.reduce(evolve, incident),
  events,
});

/** Takes a further decision about what an earlier one left. */
export function andThen(first: Decided, next: (incident: Incident) => Decided): Decided {
  const second = next(first.incident);
  return { incident: second.incident, events: [...first.events, ...second.events] };
}
