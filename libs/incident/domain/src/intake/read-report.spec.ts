import { instant } from '@varde/kernel';
import { refusedReports, takenReports } from './check-report.cases';
import { aReportRecord, bytesOf, exampleSources, expected } from './examples';
import { readRecord } from './read-record';
import { sourcesOf } from './sources';

const sources = sourcesOf(exampleSources);
const only = (record: ReturnType<typeof aReportRecord>) => readRecord(record, sources)[0]!;

describe('network.incident.reported.v1', () => {
  it('reads the complete example, field by field', () => {
    const time = (hour: number, minute: number, text: string) => ({
      at: Date.UTC(2026, 1, 11, hour, minute),
      microseconds: 0,
      text,
    });
    expect(only(aReportRecord())).toEqual({
      kind: 'event',
      part: 0,
      sourceId: '/noc/se/desk',
      eventId: 'report-1',
      flags: [],
      event: {
        type: 'reported-incident',
        reference: 'NOC-2026-01187',
        sequence: 1,
        action: 'raise',
        reportedBy: { system: 'noc-desk', operator: 'op-117' },
        country: 'SE',
        mode: 'ACTUAL',
        kind: 'outage',
        severity: 'critical',
        services: ['mobile-voice', 'emergency-call'],
        elements: ['core/SE/mss-2'],
        areas: ['SE-2480'],
        startedAt: time(2, 5, '2026-02-11T03:05:00+01:00'),
        awareAt: time(2, 21, '2026-02-11T03:21:00+01:00'),
        cause: { status: 'suspected', code: 'softwareError' },
        estimate: { status: 'none' },
        emergencyCalls: 'affected',
        malicious: 'unknown',
        crossBorder: 'no',
        alarms: ['SE-CORE-5510231'],
        nextUpdateBy: time(3, 0, '2026-02-11T04:00:00+01:00'),
        note: 'MSS restart under way',
        receivedAt: instant(Date.UTC(2026, 1, 11, 2, 22)),
      },
    });
  });

  it.each(takenReports)('takes %s', (_what, body, flags, event) => {
    const part = only(aReportRecord({ body }));
    expect(part).toMatchObject({ kind: 'event', flags });
    const { there, absent } = expected(event);
    expect(part).toMatchObject({ event: there });
    for (const name of absent) expect(part).not.toHaveProperty(['event', name]);
  });

  it.each(refusedReports)('refuses %s', (_what, body, reason) => {
    expect(only(aReportRecord({ body }))).toMatchObject({
      kind: 'refused',
      reason,
      eventId: 'report-1',
    });
  });

  it("repeats neither a person's name nor a number in the sentence of a refusal", () => {
    for (const operator of ['Invented Person', '+4790000000']) {
      const part = only(aReportRecord({ body: { reportedBy: { system: 'noc-desk', operator } } }));
      expect(JSON.stringify(part)).not.toContain(operator);
    }
  });

  it('takes its order from sequence, whatever ce_sequence says', () => {
    const part = only(
      aReportRecord({ body: { sequence: 7 }, headers: { ce_sequence: '0000000002' } }),
    );
    expect(part).toMatchObject({ event: { sequence: 7 } });
  });

  it('refuses a key or a subject that names another incident', () => {
    expect(only(aReportRecord({ record: { key: bytesOf('NOC-1') } }))).toMatchObject({
      reason: 'identity-mismatch',
    });
    expect(only(aReportRecord({ headers: { ce_subject: 'NOC-1' } }))).toMatchObject({
      reason: 'identity-mismatch',
    });
  });
});
