import { Refusal } from '@varde/kernel';
import { incidentSeverities, type IncidentSeverity } from '../vocabulary';
import type { DerivedSeverity } from './derive';

/** What a person said about how bad it is. */
export interface StatedSeverity {
  readonly severity: IncidentSeverity;
  /** Why; without one the statement can only raise. */
  readonly reason: string | null;
  /** The person's id, or the reference that a desk gave; no name. */
  readonly by: string;
}

/** Is `a` less bad than `b`? */
export const isLower = (a: IncidentSeverity, b: IncidentSeverity): boolean =>
  incidentSeverities.indexOf(a) > incidentSeverities.indexOf(b);

/**
 * The severity that holds. What a person said with a reason wins until a person changes it; what a person said without one
 * raises what was derived and never lowers it. So a report and the figures may come in any order (I-3).
 *
 * @source invariants §2.5, "raised or lowered by a person with a reason"
 */
export function severityInForce(
  derived: DerivedSeverity,
  stated: StatedSeverity | null,
): IncidentSeverity {
  if (stated === null) return derived.severity;
  if (stated.reason !== null) return stated.severity;
  return isLower(stated.severity, derived.severity) ? derived.severity : stated.severity;
}

/**
 * Takes what a person says about the severity.
 *
 * @throws Refusal `lowering-needs-reason` when it would be less bad than what that person's side said before and no reason is given
 * @source standards §1.6 `severity`
 */
export function stateSeverity(
  before: StatedSeverity | null,
  stated: StatedSeverity,
): StatedSeverity {
  const lowers = before !== null && isLower(stated.severity, before.severity);
  if (lowers && stated.reason === null) {
    throw new Refusal(
      'lowering-needs-reason',
      `The severity was ${before.severity}; say in one sentence why it is only ${stated.severity} now.`,
      { from: before.severity, to: stated.severity },
      'reason',
    );
  }
  if (before?.severity === stated.severity && stated.reason === null) return before;
  return stated;
}
