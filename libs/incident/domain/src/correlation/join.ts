import type { Instant } from '@varde/kernel';
import type { Country, IncidentKind, Mode, Phase } from '../vocabulary';
import { isWithinJoinWindow, type Span } from './span';

/** The phases in which an incident takes further alarms. @source standards §2.3 */
export const openPhases = [
  'acknowledged',
  'inProgress',
  'held',
  'pending',
] as const satisfies readonly Phase[];

/** Does the incident still go on? */
export const isOpen = (phase: Phase): boolean => (openPhases as readonly Phase[]).includes(phase);

/** Something that may belong to an incident: an alarm, a report, another incident. */
export interface Joiner {
  readonly country: Country;
  readonly mode: Mode;
  readonly span: Span;
}

/** An incident beside which something appeared, with what the topology says about the two. */
export interface JoinTarget {
  readonly country: Country;
  readonly mode: Mode;
  readonly kind: IncidentKind;
  readonly phase: Phase;
  /** From the first to the last of its alarms; of a reported incident, from its start to when we knew. */
  readonly span: Span;
  /** Is one of its elements the same, above, below, or under the same parent? */
  readonly near: boolean;
  /** Does one of its areas hold the element, with a service in common? */
  readonly covered: boolean;
  /** Does one name the other: `correlatedAlarm`, `parentAlarm`, `correlationId`, a report's `alarms`? */
  readonly named: boolean;
}

/**
 * Does this belong to that open incident? A name joins always; otherwise it must be near in time and in the network. Planned
 * works take only what names them: an alarm beside them may be real trouble.
 *
 * @source invariants §2.4, "an alarm joins an open incident"
 */
export function mayJoin(joiner: Joiner, target: JoinTarget): boolean {
  if (joiner.country !== target.country || joiner.mode !== target.mode) return false;
  if (!isOpen(target.phase)) return false;
  if (target.named) return true;
  if (target.kind === 'planned') return false;
  return (target.near || target.covered) && isWithinJoinWindow(joiner.span, target.span);
}

/**
 * Does this belong to an incident that is over, because it began before the end and only came late? In order it would have joined,
 * so it does now (I-3); otherwise the same trouble would be declared once more.
 */
export const belongedTo = (
  joiner: Joiner,
  target: JoinTarget & { readonly endedAt: Instant },
): boolean =>
  joiner.span.from <= target.endedAt && mayJoin(joiner, { ...target, phase: 'inProgress' });
