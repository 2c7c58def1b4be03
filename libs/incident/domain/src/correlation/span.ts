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
