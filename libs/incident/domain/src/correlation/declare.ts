import type { AlarmSeverity, Mode } from '../vocabulary';

/** Why an alarm declares nothing and only joins, or waits in the list of alarms. @source invariants §2.4 */
export const waitReasons = [
  'is-test',
  'no-exercise',
  'not-severe',
  'not-service-affecting',
  'stale',
  'unplaced',
  'planned-work',
] as const;
/** One of {@link waitReasons}. */
export type WaitReason = (typeof waitReasons)[number];

/** What one event says that decides whether its alarm may declare. */
export interface DeclaringFacts {
  readonly severity: AlarmSeverity;
  readonly serviceAffecting?: boolean | undefined;
  readonly isStale: boolean;
}

/**
 * Why this event does not make its alarm one that declares; null when it does. `serviceAffecting` that is not told counts as
 * true: only an outspoken no keeps a severe alarm from declaring.
 *
 * @source invariants §2.4, "an alarm declares an incident"
 */
export function reasonInEvent(event: DeclaringFacts): WaitReason | null {
  if (event.severity !== 'critical' && event.severity !== 'major') return 'not-severe';
  if (event.serviceAffecting === false) return 'not-service-affecting';
  return event.isStale ? 'stale' : null;
}

/** What surrounds an alarm and decides whether it may declare. */
export interface Surroundings {
  readonly mode: Mode;
  /** Is its object an element of our topology? */
  readonly isPlaced: boolean;
  /** Does planned work on its element explain it? */
  readonly isPlanned: boolean;
  /** For an exercise alarm: is an exercise running? */
  readonly exerciseRuns: boolean;
}

/**
 * Why an alarm may not declare an incident where it stands; null when it may.
 *
 * @param inEvents  the reason that its own events give, see {@link reasonInEvent}
 * @source invariants §2.4; standards §1.3 `ce_mode`, `unplaced`
 */
export function reasonToWait(inEvents: WaitReason | null, around: Surroundings): WaitReason | null {
  if (around.mode === 'TEST') return 'is-test';
  if (around.mode === 'EXERCISE' && !around.exerciseRuns) return 'no-exercise';
  if (inEvents !== null) return inEvents;
  if (!around.isPlaced) return 'unplaced';
  return around.isPlanned ? 'planned-work' : null;
}
