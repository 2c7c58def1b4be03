import { minute, quarterIn, services } from './scene';

let reference = '';

/** What the operations centre's desk sends; its first one makes the reference that the later ones carry. */
export function report(
  alarm: string,
  areas: readonly string[],
  sequence: number,
  action: string,
  startedAt: Date,
  more: object = {},
): { reference: string; country: string } {
  if (sequence === 1)
    reference = `NOC-${new Date().getUTCFullYear()}-${String(Date.now()).slice(-6)}`;
  return {
    reference,
    sequence,
    action,
    reportedBy: { system: 'noc-desk', operator: 'op-117' },
    country: 'NO',
    kind: 'outage',
    severity: 'major',
    services,
    startedAt: startedAt.toISOString(),
    awareAt: new Date(startedAt.getTime() + minute).toISOString(),
    elements: [],
    areas,
    alarms: [alarm],
    cause: { status: 'suspected', code: 'powerProblem' },
    estimate: { status: 'estimated', restoreBy: quarterIn(2 * 60) },
    nextUpdateBy: quarterIn(90),
    emergencyCalls: 'notAffected',
    malicious: 'no',
    crossBorder: 'no',
    ...more,
  } as { reference: string; country: string };
}
