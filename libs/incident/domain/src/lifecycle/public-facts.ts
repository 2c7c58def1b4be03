import { assertNever, toIso, type Instant } from '@varde/kernel';
import { severityInForce } from '../severity/judge';
import { evolve } from './evolve';
import type { IncidentChange, IncidentEvent } from './events';
import { announcedWindow, scopeOf, type Incident } from './incident';

/** One incident at one version, as other contexts see it: the shape of the contract. */
export interface PublicIncident {
  readonly incidentId: string;
  readonly number: string;
  readonly version: number;
  readonly mode: Incident['mode'];
  readonly country: Incident['country'];
  readonly kind: Incident['kind'];
  readonly phase: Incident['phase'];
  readonly severity: Incident['derived']['severity'];
  readonly services: Incident['alarmedScope']['services'][number][];
  readonly elements: string[];
  readonly areas: string[];
  readonly startedAt: string;
  readonly restoredAt: string | null;
  readonly estimate: {
    readonly status: Incident['estimate']['status'];
    readonly restoreBy: string | null;
    readonly previous: string | null;
    readonly change: Incident['estimate']['change'];
  };
  readonly cause: {
    readonly status: Incident['cause']['status'];
    readonly group: Incident['cause']['group'];
  };
  readonly emergencyCalls: Incident['emergencyCalls'];
  readonly nextUpdateBy: string | null;
  readonly window?: { readonly from: string; readonly to: string };
  readonly mergedInto: string | null;
  readonly absorbed?: readonly string[];
  readonly changedBy: string | null;
  readonly changedAt: string;
}

/** A fact for the other contexts: its name in the catalog and what it carries. */
export type PublicFact =
  | {
      readonly name:
        | 'incident.declared.v1'
        | 'incident.reopened.v1'
        | 'incident.resolved.v1'
        | 'incident.cancelled.v1'
        | 'incident.merged.v1';
      readonly payload: { readonly incident: PublicIncident };
    }
  | {
      readonly name: 'incident.updated.v1';
      readonly payload: { readonly incident: PublicIncident; readonly changed: IncidentChange[] };
    };

/**
 * What the other contexts are told of these events, each with the incident as it was right after.
 *
 * @param before  the incident before the first event; any incident where that is `declared`
 */
export function toPublicFacts(
  events: readonly IncidentEvent[],
  before: Incident,
): readonly PublicFact[] {
  let incident = before;
  return events.flatMap((event) => {
    incident = evolve(incident, event);
    return publicFact(event, incident) ?? [];
  });
}

function publicFact(event: IncidentEvent, after: Incident): PublicFact | null {
  const payload = { incident: publicIncident(after) };
  switch (event.type) {
    case 'declared':
      return { name: 'incident.declared.v1', payload };
    case 'updated':
      return { name: 'incident.updated.v1', payload: { ...payload, changed: [...event.changed] } };
    case 'reopened':
      return { name: 'incident.reopened.v1', payload };
    case 'resolved':
      return { name: 'incident.resolved.v1', payload };
    case 'cancelled':
    case 'rejected':
      return { name: 'incident.cancelled.v1', payload };
    case 'merged':
      return { name: 'incident.merged.v1', payload };
    case 'recorded':
    case 'restore-stated':
    case 'restorable':
    case 'closed':
      return null;
    default:
      return assertNever(event);
  }
}

/** An incident in the shape of the contract. A desk's operator and the rule are nobody whom the other contexts know. */
export function publicIncident(incident: Incident): PublicIncident {
  const { services, elements, areas } = scopeOf(incident);
  const { estimate, cause } = incident;
  const window = announcedWindow(incident);
  return {
    incidentId: incident.incidentId,
    number: incident.number,
    version: incident.version,
    mode: incident.mode,
    country: incident.country,
    kind: incident.kind,
    phase: incident.phase,
    severity: severityInForce(incident.derived, incident.stated),
    services: [...services],
    elements: [...elements],
    areas: [...areas],
    startedAt: toIso(incident.startedAt),
    restoredAt: isoOrNull(incident.restoredAt),
    estimate: {
      ...estimate,
      restoreBy: isoOrNull(estimate.restoreBy),
      previous: isoOrNull(estimate.previous),
    },
    cause: { status: cause.status, group: cause.group },
    emergencyCalls: incident.emergencyCalls,
    nextUpdateBy: isoOrNull(incident.nextUpdateBy),
    ...(window && { window: { from: toIso(window.from), to: toIso(window.to) } }),
    mergedInto: incident.mergedInto,
    ...(incident.absorbed && { absorbed: incident.absorbed }),
    changedBy: incident.changedBy.kind === 'person' ? incident.changedBy.personId : null,
    changedAt: toIso(incident.changedAt),
  };
}

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
