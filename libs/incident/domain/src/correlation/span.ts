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

/**
 * The time of a whole trouble: from the first beginning to the last alarm, whoever is counted first (I-3). Null for nothing.
 *
 * A small alarm widens it like any other. Were only those that may declare to move the beginning, two of them joined by a small
 * one between them would be one incident or two, as they happened to arrive.
 */
export const hullOf = (spans: readonly Span[]): Span | null =>
  spans.length === 0 ? null : spans.reduce(hull);
