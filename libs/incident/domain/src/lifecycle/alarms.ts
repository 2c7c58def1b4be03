import type { Instant } from '@varde/kernel';
import { isOpen } from '../correlation/join';
import { hull, sameSpan, type Span } from '../correlation/span';
import { deriveSeverity } from '../severity/derive';
import type { Service } from '../vocabulary';
import type { IncidentChange, IncidentPatch } from './events';
import { andThen, decided, unchanged, type Decided } from './evolve';
import { scopeOf, sorted, type Actor, type AlarmTally, type Incident } from './incident';

/** What alarms that just joined an incident bring with them. */
export interface Joined {
  readonly elements: readonly string[];
  readonly services: readonly Service[];
  /** When they began and were last raised. */
  readonly spans: readonly Span[];
  readonly emergencyCalls: boolean;
}

/** Nobody joined; only the alarms that were there changed. */
export const nobodyJoined: Joined = {
  elements: [],
  services: [],
  spans: [],
  emergencyCalls: false,
};

const rule: Actor = { kind: 'rule' };

/**
 * The alarms of an incident joined, changed, cleared. Their objects widen what is hit; their places do not. Of an incident that
 * is over only the figures move.
 *
 * @source invariants §2.4, §2.5
 */
export function alarmsChanged(
  incident: Incident,
  tally: AlarmTally,
  joined: Joined,
  now: Instant,
): Decided {
  const counted = countedIn(incident, tally, joined, now);
  if (!isOpen(incident.phase)) return counted;
  return andThen(counted, (after) => widened(after, joined, now));
}

/**
 * An alarm that belonged to a resolved incident is active again: the incident goes on.
 *
 * @source standards §2.3, relapse
 */
export function relapsed(incident: Incident, now: Instant): Decided {
  if (incident.phase !== 'resolved') return unchanged(incident);
  return decided(incident, { type: 'reopened', at: now, by: rule, reason: 'alarm-active-again' });
}

/**
 * An alarm that is active came late, after its incident was called resolved: it is not over. Whoever said that service is back said
 * so without knowing, and the word is kept until the alarm has cleared, as if it had come in order (I-3).
 */
export function cameLate(incident: Incident, now: Instant): Decided {
  if (incident.phase !== 'resolved') return unchanged(incident);
  const saidBy = incident.changedBy.kind === 'rule' ? null : incident.changedBy;
  const reopened = decided(incident, {
    type: 'reopened',
    at: now,
    by: rule,
    reason: 'alarm-came-late',
  });
  return saidBy === null
    ? reopened
    : andThen(reopened, (after) =>
        decided(after, { type: 'restore-stated', at: now, by: saidBy, saidAt: incident.changedAt }),
      );
}

function countedIn(incident: Incident, alarms: AlarmTally, joined: Joined, now: Instant): Decided {
  const span = joined.spans.reduce(hull, incident.span);
  const isSame =
    sameSpan(span, incident.span) && JSON.stringify(alarms) === JSON.stringify(incident.alarms);
  // The word that service is back was about the alarms of that moment, not about one that began after it.
  const said = incident.restoreStated;
  const isAfter = said !== null && joined.spans.some((span) => span.to > said.at);
  const restoreStated = isAfter ? null : said;
  return isSame
    ? unchanged(incident)
    : decided(incident, {
        type: 'recorded',
        at: now,
        by: rule,
        patch: { alarms, span, restoreStated },
      });
}

function widened(incident: Incident, joined: Joined, now: Instant): Decided {
  const alarmedScope = {
    ...incident.alarmedScope,
    elements: sorted([...incident.alarmedScope.elements, ...joined.elements]),
    services: sorted([...incident.alarmedScope.services, ...joined.services]),
  };
  const emergencyCalls =
    joined.emergencyCalls && incident.emergencyCalls === 'unknown'
      ? 'affected'
      : incident.emergencyCalls;
  const notCounted = incident.notCounted.filter((one) => !joined.elements.includes(one));
  const patch: IncidentPatch = {
    alarmedScope,
    notCounted,
    emergencyCalls,
    startedAt: startAfter(incident, joined),
    derived: deriveSeverity({ ...incident, emergencyCalls }),
  };
  const changed: IncidentChange[] = [];
  const after = { ...incident, alarmedScope, notCounted };
  if (JSON.stringify(scopeOf(after)) !== JSON.stringify(scopeOf(incident))) changed.push('scope');
  if (patch.derived?.severity !== incident.derived.severity) changed.push('severity');
  if (emergencyCalls !== incident.emergencyCalls) changed.push('emergency-calls');
  if (changed.length > 0)
    return decided(incident, { type: 'updated', at: now, by: rule, changed, patch });
  return patch.startedAt === incident.startedAt &&
    JSON.stringify(alarmedScope) === JSON.stringify(incident.alarmedScope)
    ? unchanged(incident)
    : decided(incident, { type: 'recorded', at: now, by: rule, patch });
}

// While only alarms speak, it began with the first of them, whichever came first. What a person said of the start holds.
function startAfter(incident: Incident, { spans }: Joined): Instant {
  if (incident.origin !== 'alarm') return incident.startedAt;
  const first = spans.reduce(hull, incident.span).from;
  return first < incident.startedAt ? first : incident.startedAt;
}
