import { minutes } from '@varde/kernel';
import type { Instant } from '@varde/kernel';
import { hull } from '../correlation/span';
import type { ReportedIncident } from '../intake/reported-incident';
import type { ReportAction } from '../vocabulary';
import { changeFacts } from './change';
import { spanOfReport, type RaiseFacts } from './declare';
import { cancel } from './end';
import { andThen, decided, type Decided } from './evolve';
import type { Actor, Incident, ReportHead } from './incident';
import { reopen, restoreStated } from './restore';

/** How long what came before its raise waits for it. @source invariants §2.4; I-3 */
export const raiseAwaited = minutes(15);

/** What becomes of a report, by its sequence. */
export const reportVerdicts = ['raise', 'apply', 'phase-only', 'older', 'park'] as const;
/** One of {@link reportVerdicts}. */
export type ReportVerdict = (typeof reportVerdicts)[number];

/**
 * Each report tells the whole, so the one with the highest sequence holds; of the acts that move the phase, the highest of them. So
 * a late resolve still ends an incident whose facts were already corrected by a later update, and a repeat changes nothing.
 *
 * @param head  what the incident already stands for; null before its raise
 * @source standards §1.6; I-3
 */
export function judgeReport(
  report: { sequence: number; action: ReportAction },
  head: ReportHead | null,
): ReportVerdict {
  if (head === null) return report.action === 'raise' ? 'raise' : 'park';
  if (report.sequence > head.sequence) return 'apply';
  return report.action !== 'update' && report.sequence > head.phaseSequence
    ? 'phase-only'
    : 'older';
}

/** The head after this report was taken in. */
export const headAfter = (
  report: ReportedIncident,
  sourceId: string,
  head: ReportHead | null,
): ReportHead => ({
  sourceId,
  reference: report.reference,
  sequence: Math.max(report.sequence, head?.sequence ?? 0),
  phaseSequence:
    report.action === 'update'
      ? (head?.phaseSequence ?? 0)
      : Math.max(report.sequence, head?.phaseSequence ?? 0),
});

/** The facts of a report, as a change of its incident. */
export function factsOf(report: ReportedIncident): RaiseFacts {
  const { window } = report;
  return {
    kind: report.kind,
    severity: { severity: report.severity, reason: report.reason ?? null },
    services: report.services,
    elements: report.elements,
    areas: report.areas,
    startedAt: report.startedAt.at,
    awareAt: report.awareAt.at,
    cause: { status: report.cause.status, code: report.cause.code ?? null },
    estimate: { status: report.estimate.status, restoreBy: report.estimate.restoreBy?.at ?? null },
    emergencyCalls: report.emergencyCalls,
    malicious: report.malicious,
    crossBorder: report.crossBorder,
    nextUpdateBy: report.nextUpdateBy?.at ?? null,
    note: report.note ?? null,
    window: window ? { from: window.from.at, to: window.to.at } : null,
  };
}

/** The desk behind a report: references only. */
export const deskOf = (report: ReportedIncident): Actor => ({ kind: 'desk', ...report.reportedBy });

/**
 * Applies a report to the incident that it is about. A merge changes the facts here; the other incident is the caller's.
 *
 * @param verdict  from {@link judgeReport}: `raise` takes an incident over that alarms had declared
 * @param alarmedElements  elements of alarms that are still active, beside which an update names what is hit
 * @throws Refusal of the act: `incident-is-over`, `lowering-needs-reason` …
 */
export function applyReport(
  incident: Incident,
  report: ReportedIncident,
  how: {
    verdict: 'raise' | 'apply' | 'phase-only';
    head: ReportHead;
    alarmedElements: readonly string[];
  },
  now: Instant,
): Decided {
  const by = deskOf(report);
  const headed = decided(incident, {
    type: 'recorded',
    at: now,
    by,
    patch: { report: how.head, span: hull(incident.span, spanOfReport(factsOf(report))) },
  });
  const raised = andThen(headed, (i) =>
    report.action === 'raise' && i.phase === 'resolved'
      ? reopen(i, by, report.reason ?? 'raised-again', now)
      : { incident: i, events: [] },
  );
  const told = andThen(raised, (i) => tell(i, report, how, now));
  return andThen(told, (i) => act(i, report, by, now));
}

function tell(
  incident: Incident,
  report: ReportedIncident,
  how: { verdict: string; alarmedElements: readonly string[] },
  now: Instant,
): Decided {
  if (how.verdict === 'phase-only') return { incident, events: [] };
  // An end is told to all who were hit: only an update narrows.
  const narrowed = report.action === 'update' ? { alarmedElements: how.alarmedElements } : {};
  return changeFacts(incident, { ...factsOf(report), ...narrowed }, deskOf(report), now);
}

function act(incident: Incident, report: ReportedIncident, by: Actor, now: Instant): Decided {
  const reason = report.reason ?? null;
  if (report.action === 'resolve') return restoreStated(incident, by, reason, now);
  if (report.action === 'cancel') return cancel(incident, by, reason, now);
  return { incident, events: [] };
}
