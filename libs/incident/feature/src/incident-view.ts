import type { IncidentView, ShownIncidentView } from '@varde/contracts';
import { scopeOf, severityInForce, type Actor, type Incident } from '@varde/incident-domain';
import { toIso, type Instant } from '@varde/kernel';
import type { TimelineLine } from './incident.repository';

/** An incident in the shape of the contract. */
export function incidentViewOf(incident: Incident): IncidentView {
  const { derived, stated, estimate, window, alarms } = incident;
  return {
    incidentId: incident.incidentId,
    number: incident.number,
    version: incident.version,
    mode: incident.mode,
    country: incident.country,
    kind: incident.kind,
    phase: incident.phase,
    origin: incident.origin,
    severity: {
      inForce: severityInForce(derived, stated),
      derived: derived.severity,
      reasons: derived.reasons,
      stated,
    },
    ...scopeOf(incident),
    startedAt: toIso(incident.startedAt),
    awareAt: toIso(incident.awareAt),
    declaredAt: toIso(incident.declaredAt),
    restoredAt: isoOrNull(incident.restoredAt),
    estimate: {
      ...estimate,
      restoreBy: isoOrNull(estimate.restoreBy),
      previous: isoOrNull(estimate.previous),
    },
    cause: incident.cause,
    emergencyCalls: incident.emergencyCalls,
    malicious: incident.malicious,
    crossBorder: incident.crossBorder,
    nextUpdateBy: isoOrNull(incident.nextUpdateBy),
    note: incident.note,
    window: window && { from: toIso(window.from), to: toIso(window.to) },
    mergedInto: incident.mergedInto,
    refersTo: incident.refersTo,
    reference: incident.report?.reference ?? null,
    alarms: { ...alarms, lastClearedAt: isoOrNull(alarms.lastClearedAt) },
    hit: incident.hit,
    changedBy: actorOf(incident.changedBy),
    changedAt: toIso(incident.changedAt),
  };
}

/** The persons who did something in a timeline, by id, each once. */
export const personsIn = (timeline: readonly TimelineLine[]): readonly string[] => [
  ...new Set(timeline.flatMap(({ by }) => (by.kind === 'person' ? [by.personId] : []))),
];

/**
 * A timeline in the shape of the contract, for people to read.
 *
 * @param names of persons by id; who is not in it stays an id
 */
export const timelineView = (
  timeline: readonly TimelineLine[],
  names: ReadonlyMap<string, string>,
): ShownIncidentView['timeline'] =>
  timeline.map(({ at, by, ...line }) => ({ ...line, at: toIso(at), by: namedActorOf(by, names) }));

function namedActorOf(
  by: Actor,
  names: ReadonlyMap<string, string>,
): ShownIncidentView['timeline'][number]['by'] {
  const name = by.kind === 'person' ? names.get(by.personId) : undefined;
  return { ...by, ...(name === undefined ? {} : { name }) };
}

const actorOf = (actor: Actor): IncidentView['changedBy'] => ({ ...actor });

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
