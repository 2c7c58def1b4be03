import { minutes, type Duration } from '@varde/kernel';
import type { Mode } from '../vocabulary';
import { publicClasses, readersOf, type Headcount } from './readers';
import type { IncidentSketch } from './stage';
import { classesSpokenTo, type StandingMessage } from './standing';

/** How long after a major incident is declared the first public statement is due. @source invariants §2.4 */
export const firstStatementWithin: Duration = minutes(15);

/** How long after it those are told who can still make it in time. @source invariants §2.4 */
export const firstStatementWarning: Duration = minutes(10);

/** What of an incident decides whether the public is owed a statement. */
export interface StatementFacts {
  /** Grows with every change of the incident. */
  readonly version: number;
  readonly mode: Mode;
  readonly kind: IncidentSketch['kind'];
  readonly severity: 'critical' | 'major' | 'minor';
  readonly phase: string;
  readonly mergedInto: string | null;
}

const openPhases: readonly string[] = ['acknowledged', 'inProgress', 'held', 'pending'];

/** Does an incident like this owe the public a statement? One that is over, small, planned, or not real does not. */
export const owesStatement = (incident: StatementFacts): boolean =>
  incident.mode === 'ACTUAL' &&
  incident.kind !== 'planned' &&
  incident.severity !== 'minor' &&
  incident.mergedInto === null &&
  openPhases.includes(incident.phase);

/**
 * What a change of an incident means for the clock of its first statement. It starts when the incident becomes major or critical,
 * at its declaration or later, and stops when it is lowered or over. News older than the newest known change nothing.
 *
 * @param before the newest version known until now
 * @source invariants §2.4
 */
export function statementClock(
  before: StatementFacts | undefined,
  after: StatementFacts,
): 'start' | 'stop' | 'keep' {
  if (before !== undefined && after.version <= before.version) return 'keep';
  const owed = before !== undefined && owesStatement(before);
  if (owesStatement(after)) return owed ? 'keep' : 'start';
  return owed ? 'stop' : 'keep';
}

/**
 * Is the public still waiting for a first statement? A word to the critical classes is none; where only they are hit, it is.
 *
 * @source invariants §2.4
 */
export function isStatementMissing(
  headcounts: readonly Headcount[],
  standing: readonly StandingMessage[],
): boolean {
  const spokenTo = classesSpokenTo(standing);
  const reader = readersOf(headcounts, 'ACTUAL', ['newly-hit', 'still-hit'], publicClasses);
  return reader === undefined
    ? spokenTo.size === 0
    : publicClasses.every((one) => !spokenTo.has(one));
}
