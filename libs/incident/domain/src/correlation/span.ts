import { minutes, type Duration, type Instant } from '@varde/kernel';

/** From the first to the last start of trouble, both included. Network time, where the network told a believable one. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * How far in time an alarm may lie from an incident's alarms and still belong to it.
 *
 * @source invariants §2.4, "an alarm joins an open incident"
 */
export const joinWindow: Duration = minutes(15);

/** The span of one instant. */
export const spanAt = (at: Instant): Span => ({ from: at, to: at });

/** The smallest span that holds both. Only ever grows: that is what makes correlation independent of order (I-3). */
export const hull = (a: Span, b: Span): Span => ({
  from: a.from < b.from ? a.from : b.from,
  to: a.to > b.to ? a.to : b.to,
});

/** Do two spans overlap, or lie no more than the join window apart? Exactly 15 minutes still belongs. */
export const isWithinJoinWindow = (a: Span, b: Span): boolean =>
  b.from - a.to <= joinWindow && a.from - b.to <= joinWindow;

/** Are the two spans the same? */
export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;

/** An alarm, as far as it widens the time of its trouble. */
export interface Member {
  readonly span: Span;
  /** May it declare by itself? */
  readonly declares: boolean;
}

/**
 * The time of a trouble with one more alarm. Any alarm may be its last; only one that may declare can be its first: otherwise each
 * small alarm would reach for the one before it, and a bad night would take in the small alarms of a week.
 *
 * @source invariants §2.4: within 15 minutes of the incident's *last* alarm
 */
export const spanWith = (span: Span, member: Member): Span =>
  member.declares
    ? hull(span, member.span)
    : { from: span.from, to: member.span.to > span.to ? member.span.to : span.to };

/** The time of a trouble: of its incidents and the alarms that may declare, then of the others. Null for nothing. */
export function spanOfAll(incidents: readonly Span[], members: readonly Member[]): Span | null {
  const core = [
    ...incidents,
    ...members.filter(({ declares }) => declares).map(({ span }) => span),
  ];
  const all = core.length > 0 ? core : members.map(({ span }) => span);
  return all.length === 0 ? null : members.reduce(spanWith, all.reduce(hull));
}
