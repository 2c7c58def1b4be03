import type { EmergencyCallState, IncidentKind, IncidentSeverity } from '../vocabulary';
import type { HitFigures } from './hit-figures';

/** What speaks for a severity; shown beside it. */
export const severityReasons = [
  'planned-work',
  'emergency-calls-hit',
  'society-out',
  'many-subscriptions',
  'whole-county',
  'society-partly',
  'sla-customer',
  'thousand-subscriptions',
  'nothing-more',
] as const;
/** One of {@link severityReasons}. */
export type SeverityReason = (typeof severityReasons)[number];

/** What is known of whom an incident hits. `hit` is null until the audience was first resolved. */
export interface WhoIsHit {
  readonly kind: IncidentKind;
  readonly emergencyCalls: EmergencyCallState;
  readonly hit: HitFigures | null;
}

/** From so many subscriptions on an incident is critical, or major. @source invariants §2.5 */
export const subscriptionLimits = { critical: 100_000, major: 1_000 } as const;

/**
 * The matrix: the first row that holds says how bad it is. Rows stand worst first.
 *
 * @source invariants §2.5, "Severity of an incident"
 */
export const severityMatrix = [
  {
    severity: 'critical',
    reason: 'emergency-calls-hit',
    holds: (who) => who.emergencyCalls === 'affected',
  },
  {
    severity: 'critical',
    reason: 'society-out',
    holds: ({ hit }) => hit !== null && hit.class0Out > 0,
  },
  {
    severity: 'critical',
    reason: 'many-subscriptions',
    holds: ({ hit }) => hit !== null && hit.subscriptions >= subscriptionLimits.critical,
  },
  {
    severity: 'critical',
    reason: 'whole-county',
    holds: ({ hit }) => hit !== null && hit.wholeCounties.length > 0,
  },
  {
    severity: 'major',
    reason: 'society-partly',
    holds: ({ hit }) => hit !== null && hit.class0Partly > 0,
  },
  { severity: 'major', reason: 'sla-customer', holds: ({ hit }) => hit !== null && hit.class1 > 0 },
  {
    severity: 'major',
    reason: 'thousand-subscriptions',
    holds: ({ hit }) => hit !== null && hit.subscriptions >= subscriptionLimits.major,
  },
  { severity: 'minor', reason: 'nothing-more', holds: () => true },
] as const satisfies readonly {
  severity: IncidentSeverity;
  reason: SeverityReason;
  holds: (who: WhoIsHit) => boolean;
}[];

/** A severity and everything that speaks for it. */
export interface DerivedSeverity {
  readonly severity: IncidentSeverity;
  readonly reasons: readonly SeverityReason[];
}

/**
 * How bad an incident is for people, never how bad its alarms are for the equipment. Planned works are wanted and announced:
 * however many they concern, the figures raise no alarm about them. A person still may.
 *
 * @returns the worst severity that holds, with every reason of that severity
 * @source  invariants §2.5; standards §1.5
 */
export function deriveSeverity(who: WhoIsHit): DerivedSeverity {
  if (who.kind === 'planned') return { severity: 'minor', reasons: ['planned-work'] };
  const holding = severityMatrix.filter((row) => row.holds(who));
  const severity = holding[0]?.severity ?? 'minor';
  return {
    severity,
    reasons: holding.filter((row) => row.severity === severity).map((row) => row.reason),
  };
}
