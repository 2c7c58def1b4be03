import type { Instant } from '@varde/kernel';

/** An alarm of one trouble, together with others that belong to the same. */
export interface ComponentAlarm {
  readonly key: string;
  /** Is it active, or is it a record of something that is over? */
  readonly isActive: boolean;
  /** May it declare by itself (or might it have, had we seen it begin)? */
  readonly mayDeclare: boolean;
}

/** An open incident of one trouble. */
export interface ComponentIncident {
  readonly incidentId: string;
  /** Raised by a person, by the console or a report; not born of alarms alone. */
  readonly isReported: boolean;
  readonly declaredAt: Instant;
}

/** What becomes of everything that belongs together. */
export type Correlation =
  | {
      readonly kind: 'join';
      readonly incidentId: string;
      /** Alarms that are not in an incident yet. */
      readonly alarms: readonly string[];
      /** Alarm-born incidents that turn out to be the same trouble: merged into the one. */
      readonly absorb: readonly string[];
    }
  | { readonly kind: 'declare'; readonly alarms: readonly string[] }
  | { readonly kind: 'wait' };

/**
 * One trouble is one incident. An open incident takes all; of several, the one that a person raised, then the oldest, takes the
 * others over, but two that persons raised are never merged by rule. Without one, the alarms declare an incident when one
 * of them may and one of them is still active: what was over before we could see its beginning is not declared.
 *
 * The answer depends on the set only, never on who came first (I-3).
 */
export function correlate(
  alarms: readonly ComponentAlarm[],
  incidents: readonly ComponentIncident[],
): Correlation {
  const keys = alarms.map((alarm) => alarm.key);
  const [home, ...others] = [...incidents].sort(byClaim);
  if (home) {
    const absorb = others
      .filter((incident) => !incident.isReported)
      .map((incident) => incident.incidentId);
    return { kind: 'join', incidentId: home.incidentId, alarms: keys, absorb };
  }
  const declares =
    alarms.some((alarm) => alarm.mayDeclare) && alarms.some((alarm) => alarm.isActive);
  return declares ? { kind: 'declare', alarms: keys } : { kind: 'wait' };
}

function byClaim(a: ComponentIncident, b: ComponentIncident): number {
  if (a.isReported !== b.isReported) return a.isReported ? -1 : 1;
  return a.declaredAt - b.declaredAt || (a.incidentId < b.incidentId ? -1 : 1);
}
