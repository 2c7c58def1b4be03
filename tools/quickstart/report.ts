import { anOutageReport, type OutageReport } from '../system/outage-report';
import { minute, quarterIn } from './scene';

let reference = '';

/** What the operations centre's desk sends; its first one makes the reference that the later ones carry. */
export function report(
  alarm: string,
  areas: readonly string[],
  sequence: number,
  action: string,
  startedAt: Date,
  more: object = {},
): OutageReport {
  const now = new Date();
  if (sequence === 1) reference = `NOC-${now.getUTCFullYear()}-${String(now.getTime()).slice(-6)}`;
  return anOutageReport(
    {
      reference,
      sequence,
      action,
      startedAt: startedAt.toISOString(),
      awareAt: new Date(startedAt.getTime() + minute).toISOString(),
      areas,
      alarms: [alarm],
      cause: { status: 'suspected', code: 'powerProblem' },
      estimate: { status: 'estimated', restoreBy: quarterIn(2 * 60) },
      nextUpdateBy: quarterIn(90),
      ...more,
    },
    now,
  );
}
