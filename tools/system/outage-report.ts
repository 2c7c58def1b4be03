/** What matters of a report; the rest is filled in. */
export type ReportSketch = Readonly<Record<string, unknown>> & { readonly reference: string };

/** What the operations centre's desk sends: an outage of everything mobile in Norway, which began three minutes ago. */
export type OutageReport = ReportSketch & { readonly country: string };

const minute = 60_000;

/**
 * Fills a report in.
 *
 * @param now the installation's clock, which a test may have moved
 * @source standards §1.6
 */
export function anOutageReport(sketch: ReportSketch, now: Date): OutageReport {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * minute).toISOString();
  return {
    sequence: 1,
    action: 'raise',
    reportedBy: { system: 'noc-desk', operator: 'op-117' },
    country: 'NO',
    kind: 'outage',
    severity: 'major',
    services: ['mobile-voice', 'mobile-data'],
    startedAt: at(-3),
    awareAt: at(-2),
    elements: [],
    areas: [],
    alarms: [],
    cause: { status: 'unknown' },
    estimate: { status: 'none' },
    nextUpdateBy: at(90),
    emergencyCalls: 'notAffected',
    malicious: 'no',
    crossBorder: 'no',
    ...sketch,
  };
}
