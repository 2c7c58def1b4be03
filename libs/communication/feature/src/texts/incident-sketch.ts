import type { IncidentFacts } from '@varde/contracts';
import type { IncidentSketch } from '@varde/communication-domain';
import { parseInstant, type Instant } from '@varde/kernel';

const at = (text: string): Instant => {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`Not an instant: ${text}`);
  return found;
};
const maybe = (text: string | null): Instant | undefined => (text === null ? undefined : at(text));

/** What of an incident's facts decides the words. @param areas codes to be named: its own, or those of what is hit */
export function sketchOf(incident: IncidentFacts, areas: readonly string[]): IncidentSketch {
  return {
    number: incident.number,
    country: incident.country,
    kind: incident.kind,
    services: incident.services,
    areas,
    startedAt: at(incident.startedAt),
    restoredAt: maybe(incident.restoredAt),
    changedAt: at(incident.changedAt),
    estimate: {
      status: incident.estimate.status,
      restoreBy: maybe(incident.estimate.restoreBy),
      previous: maybe(incident.estimate.previous),
      change: incident.estimate.change,
    },
    cause: { status: incident.cause.status, group: incident.cause.group ?? undefined },
    emergencyCalls: incident.emergencyCalls,
    nextUpdateBy: maybe(incident.nextUpdateBy),
    window: incident.window && { from: at(incident.window.from), to: at(incident.window.to) },
  };
}
