import type { Instant } from '@varde/kernel';
import type { CauseGroup, Country, EstimateState, Service, Stage } from '../vocabulary';
import type { Group } from './group';

/** What of an incident decides the words about it. */
export interface IncidentSketch {
  readonly number: string;
  readonly country: Country;
  readonly kind: 'outage' | 'degradation' | 'security' | 'planned';
  readonly services: readonly Service[];
  readonly areas: readonly string[];
  readonly startedAt: Instant;
  readonly restoredAt: Instant | undefined;
  readonly changedAt: Instant;
  readonly estimate: {
    readonly status: 'none' | 'estimated' | 'confirmed';
    readonly restoreBy: Instant | undefined;
    readonly previous: Instant | undefined;
    readonly change: 'none' | 'changed' | 'withdrawn';
  };
  readonly cause: {
    readonly status: 'unknown' | 'suspected' | 'confirmed';
    readonly group: CauseGroup | undefined;
  };
  readonly emergencyCalls: 'affected' | 'notAffected' | 'unknown';
  readonly nextUpdateBy: Instant | undefined;
  /** When planned works are done. */
  readonly window?: { readonly from: Instant; readonly to: Instant } | undefined;
}

/**
 * Which ready text fits. Where emergency calls are hit, theirs goes instead of the ordinary one. Whoever hears for the first
 * time is not told of an estimate that was changed before they heard the first. Planned works are announced and nothing else:
 * the words of an outage say what is so, and nothing is down yet.
 *
 * @source `voice.md` §3, "Stages"; D-05
 */
export function stageFor(
  incident: IncidentSketch,
  occasion: 'hit' | 'end' | 'cancelled',
  group: Group,
  now: Instant,
): Stage {
  const emergency = incident.emergencyCalls === 'affected';
  if (occasion === 'cancelled') return 'e1';
  if (incident.kind === 'planned') return 'd1';
  if (group === 'restored') return emergency ? 'b2' : 'a5';
  if (emergency) return 'b1';
  const hasEstimate = estimateAhead(incident, now) !== undefined;
  if (group === 'newly-hit') return hasEstimate ? 'a2' : 'a1';
  if (!hasEstimate) return 'a4';
  return incident.estimate.change === 'changed' && incident.estimate.previous !== undefined
    ? 'a3'
    : 'a2';
}

/** The estimate, while it lies ahead: one that has passed cannot be told any more. @source `voice.md` §2 */
export function estimateAhead(incident: IncidentSketch, now: Instant): Instant | undefined {
  const { status, restoreBy } = incident.estimate;
  return status !== 'none' && restoreBy !== undefined && restoreBy > now ? restoreBy : undefined;
}

/** How sure the estimate is, in the words of a stage's texts. */
export function estimateState(incident: IncidentSketch, stage: Stage, now: Instant): EstimateState {
  const { status, change, previous } = incident.estimate;
  if (stage === 'a3') return 'changed';
  if (estimateAhead(incident, now) !== undefined) return status;
  return change === 'withdrawn' && previous !== undefined && stage === 'a4' ? 'withdrawn' : 'none';
}
