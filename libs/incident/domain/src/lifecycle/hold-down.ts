import { minutes, plus, type Instant } from '@varde/kernel';
import { isOpen } from '../correlation/join';
import { severityInForce } from '../severity/judge';
import { scopeOf, type Incident } from './incident';

/** Quiet after the last clear before a person may call it restored. @source invariants §2.4 */
export const holdDown = minutes(5);

/** Quiet after the last clear until the rule resolves what is not critical. @source invariants §2.4 */
export const unattended = minutes(30);

/**
 * From when a person may confirm that service is back. Null while an alarm is active; incidents without alarms need no hold-down.
 *
 * @source invariants §2.4; D-13: no single clear resolves an incident
 */
export const restorableFrom = (incident: Incident): Instant | null =>
  isQuiet(incident) ? plus(incident.alarms.lastClearedAt, holdDown) : null;

/**
 * When the rule resolves it, if nobody acts. Null for a critical incident, and for one whose scope a person stated wider than its
 * alarms: quiet alarms do not prove that the rest is back (D-13).
 *
 * @source invariants §2.4
 */
export function resolvedByRuleAt(incident: Incident): Instant | null {
  if (!isQuiet(incident) || severityInForce(incident.derived, incident.stated) === 'critical')
    return null;
  return isScopeAlarmed(incident) ? plus(incident.alarms.lastClearedAt, unattended) : null;
}

/** A due instant of an incident; a row of its own, whatever rings. */
export interface IncidentTimer {
  readonly kind: 'hold-down-ended' | 'resolve-by-rule';
  readonly dueAt: Instant;
}

/** The timers that an incident needs as it stands. */
export function timersOf(incident: Incident): readonly IncidentTimer[] {
  const restorable = restorableFrom(incident);
  const byRule = resolvedByRuleAt(incident);
  return [
    ...(restorable === null ? [] : [{ kind: 'hold-down-ended', dueAt: restorable } as const]),
    ...(byRule === null ? [] : [{ kind: 'resolve-by-rule', dueAt: byRule } as const]),
  ];
}

type Quiet = Incident & { readonly alarms: { readonly lastClearedAt: Instant } };

const isQuiet = (incident: Incident): incident is Quiet =>
  isOpen(incident.phase) &&
  incident.alarms.activeCount === 0 &&
  incident.alarms.lastClearedAt !== null;

function isScopeAlarmed(incident: Incident): boolean {
  const { elements, areas } = scopeOf(incident);
  return (
    areas.length === 0 &&
    elements.every((element) => incident.alarmedScope.elements.includes(element))
  );
}
