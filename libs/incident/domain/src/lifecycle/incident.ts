import type { Id, Instant } from '@varde/kernel';
import type { Span } from '../correlation/span';
import type { DerivedSeverity } from '../severity/derive';
import type { HitFigures } from '../severity/hit-figures';
import type { StatedSeverity } from '../severity/judge';
import type {
  Answer,
  CauseGroup,
  CauseStatus,
  Country,
  EmergencyCallState,
  EstimateStatus,
  IncidentKind,
  Mode,
  Phase,
  Service,
} from '../vocabulary';

/** An incident's identity; 128 bits, never reused. */
export type IncidentId = Id<'Incident'>;

/** What is hit: a union of elements (with all below them) and areas, limited to the services. @source invariants §2.5 */
export interface Scope {
  readonly services: readonly Service[];
  readonly elements: readonly string[];
  readonly areas: readonly string[];
}

/** When service is thought to be back, how sure that is, and what was said before. @source D-13; UX-11 */
export interface Estimate {
  readonly status: EstimateStatus;
  /** Null exactly when the status is `none`. */
  readonly restoreBy: Instant | null;
  /** What was said before, where the last change altered or withdrew it. */
  readonly previous: Instant | null;
  readonly change: 'none' | 'changed' | 'withdrawn';
}

/** Why it happened. Only a confirmed cause may reach a text. @source D-13 */
export interface Cause {
  readonly status: CauseStatus;
  readonly code: string | null;
  readonly group: CauseGroup | null;
}

/** The alarms of an incident in figures. */
export interface AlarmTally {
  readonly count: number;
  readonly activeCount: number;
  /** When the last of them cleared; null while one is active or there are none. */
  readonly lastClearedAt: Instant | null;
}

/** The desk's report that an incident stands for. */
export interface ReportHead {
  readonly sourceId: string;
  readonly reference: string;
  /** The highest sequence seen: its content holds. */
  readonly sequence: number;
  /** The highest sequence that raised, resolved, cancelled or merged: its phase holds. */
  readonly phaseSequence: number;
}

/** Who did it: a person of ours by id, a desk by its own reference, or the rule. */
export type Actor =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'desk'; readonly system: string; readonly operator: string }
  | { readonly kind: 'rule' };

/** Everything that is so about one incident. */
export interface Incident {
  readonly incidentId: IncidentId;
  /** What people call it: `NO-2026-0042`. */
  readonly number: string;
  /** Grows by one with every public change. */
  readonly version: number;
  readonly mode: Mode;
  readonly country: Country;
  readonly kind: IncidentKind;
  readonly phase: Phase;
  /** Born of alarms, or raised or taken over by a person. */
  readonly origin: 'alarm' | 'reported';
  readonly derived: DerivedSeverity;
  readonly stated: StatedSeverity | null;
  readonly hit: HitFigures | null;
  /** The snapshot version that `hit` comes from; 0 before the first. */
  readonly hitVersion: number;
  /** What a person said is hit; null while only alarms speak. */
  readonly statedScope: Scope | null;
  /** What the alarms' own objects say is hit. */
  readonly alarmedScope: Scope;
  /** Elements of alarms that were over when a person named what is hit: they say nothing any more of what still is. */
  readonly notCounted: readonly string[];
  readonly startedAt: Instant;
  readonly awareAt: Instant;
  readonly declaredAt: Instant;
  readonly restoredAt: Instant | null;
  readonly estimate: Estimate;
  readonly cause: Cause;
  readonly emergencyCalls: EmergencyCallState;
  readonly malicious: Answer;
  readonly crossBorder: Answer;
  readonly nextUpdateBy: Instant | null;
  readonly note: string | null;
  /** Planned works only. */
  readonly window: Span | null;
  readonly mergedInto: IncidentId | null;
  /** What was merged into it, and into those; absent where nothing was. */
  readonly absorbed?: readonly IncidentId[];
  /** The closed incident of which this is a relapse. */
  readonly refersTo: IncidentId | null;
  readonly report: ReportHead | null;
  /** When trouble was seen: what alarms are compared with in time. */
  readonly span: Span;
  readonly alarms: AlarmTally;
  /** Who said, and when, that service is back while an alarm was active or the hold-down ran. */
  readonly restoreStated: { readonly by: Actor; readonly at: Instant } | null;
  readonly changedBy: Actor;
  readonly changedAt: Instant;
}

/** What is hit in all: a person's services limit it; elements of alarms widen it. @source invariants §2.5 */
export function scopeOf(
  incident: Pick<Incident, 'statedScope' | 'alarmedScope' | 'notCounted'>,
): Scope {
  const { statedScope, alarmedScope, notCounted } = incident;
  const alarmed = alarmedScope.elements.filter((element) => !notCounted.includes(element));
  return {
    services: statedScope?.services ?? alarmedScope.services,
    elements: sorted([...(statedScope?.elements ?? []), ...alarmed]),
    areas: sorted(statedScope?.areas ?? []),
  };
}

/** When planned works are done; null for every other kind, whatever was said of a window before. @source D-05 */
export const announcedWindow = ({
  kind,
  window,
}: Pick<Incident, 'kind' | 'window'>): Span | null => (kind === 'planned' ? window : null);

/** Each once, in one order, so that the same scope always reads the same. */
export const sorted = <T extends string>(words: readonly T[]): readonly T[] =>
  [...new Set(words)].sort();
