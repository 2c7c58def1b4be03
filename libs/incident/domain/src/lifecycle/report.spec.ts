import fc from 'fast-check';
import type { ReportedIncident } from '../intake/reported-incident';
import { reportActions } from '../vocabulary';
import { declareByPerson } from './declare';
import { minute } from './examples';
import type { Incident, IncidentId } from './incident';
import { applyReport, deskOf, factsOf, headAfter, judgeReport } from './report';

const time = (n: number) => ({ at: minute(n), microseconds: 0 });

const aReport = (different: Partial<ReportedIncident> = {}): ReportedIncident => ({
  type: 'reported-incident',
  reference: 'NOC-1',
  sequence: 1,
  action: 'raise',
  reportedBy: { system: 'noc-desk', operator: 'op-117' },
  country: 'NO',
  mode: 'ACTUAL',
  kind: 'outage',
  severity: 'major',
  services: ['sms'],
  elements: [],
  areas: ['NO-46'],
  alarms: [],
  startedAt: time(0),
  awareAt: time(1),
  cause: { status: 'unknown' },
  estimate: { status: 'none' },
  emergencyCalls: 'unknown',
  malicious: 'unknown',
  crossBorder: 'no',
  receivedAt: minute(1),
  ...different,
});

const raised = (report: ReportedIncident): Incident =>
  declareByPerson(
    {
      incidentId: '00000000-0000-4000-8000-000000000042' as IncidentId,
      number: 'NO-2026-0042',
      mode: 'ACTUAL',
      country: 'NO',
      refersTo: null,
    },
    { ...factsOf(report), report: headAfter(report, 'desk', null) },
    deskOf(report),
    minute(1),
  ).incident;

// What the shell does with reports of one reference, one after the other: apply, leave, or park until the raise has come.
function afterAll(reports: readonly ReportedIncident[]): Incident | null {
  let incident: Incident | null = null;
  let parked: ReportedIncident[] = [];
  const takeOne = (report: ReportedIncident): void => {
    const verdict = judgeReport(report, incident?.report ?? null);
    if (verdict === 'park') parked.push(report);
    if (verdict === 'raise') incident = raised(report);
    if ((verdict === 'apply' || verdict === 'phase-only') && incident) {
      const head = headAfter(report, 'desk', incident.report);
      incident = applyReport(
        incident,
        report,
        { verdict, head, alarmedElements: [] },
        minute(2),
      ).incident;
    }
  };
  for (const report of reports) {
    takeOne(report);
    if (incident === null) continue;
    const waiting = parked.sort((a, b) => a.sequence - b.sequence);
    parked = [];
    waiting.forEach(takeOne);
  }
  return incident;
}

describe('a report', () => {
  const head = { sourceId: 'desk', reference: 'NOC-1', sequence: 5, phaseSequence: 3 };

  it.each([
    [
      'before its raise only a raise is taken, the rest is parked',
      null,
      1,
      { raise: 'raise', update: 'park', resolve: 'park', cancel: 'park', merge: 'park' },
    ],
    [
      'a higher sequence is applied',
      head,
      6,
      { raise: 'apply', update: 'apply', resolve: 'apply', cancel: 'apply', merge: 'apply' },
    ],
    ['a repeat is older', head, 5, { update: 'older' }],
    [
      'between the two, only what moves the phase still counts',
      head,
      4,
      {
        update: 'older',
        resolve: 'phase-only',
        cancel: 'phase-only',
        merge: 'phase-only',
        raise: 'phase-only',
      },
    ],
    [
      'older than both is older',
      head,
      3,
      { raise: 'older', update: 'older', resolve: 'older', cancel: 'older', merge: 'older' },
    ],
  ] as const)('%s', (_says, before, sequence, verdicts) => {
    for (const action of reportActions) {
      const expected = (verdicts as Partial<Record<typeof action, string>>)[action];
      if (expected !== undefined)
        expect([action, judgeReport({ sequence, action }, before)]).toEqual([action, expected]);
    }
  });

  it('changes what it says and marks the incident as worked on', () => {
    const after = afterAll([
      aReport(),
      aReport({ sequence: 2, action: 'update', areas: ['NO-03'] }),
    ]);
    expect(after).toMatchObject({
      statedScope: { areas: ['NO-03'] },
      phase: 'inProgress',
      report: { sequence: 2, phaseSequence: 1 },
    });
  });

  it('refuses a lower severity without a reason', () => {
    expect(() =>
      afterAll([aReport({ severity: 'critical' }), aReport({ sequence: 2, action: 'update' })]),
    ).toThrow('say in one sentence why');
  });

  it('a raise of a resolved incident reopens it', () => {
    expect(
      afterAll([aReport(), aReport({ sequence: 2, action: 'resolve' }), aReport({ sequence: 3 })])
        ?.phase,
    ).toBe('inProgress');
  });

  it('I-3: a late resolve still ends what a later update has already corrected', () => {
    const after = afterAll([
      aReport(),
      aReport({ sequence: 3, action: 'update', note: 'third' }),
      aReport({ sequence: 2, action: 'resolve' }),
    ]);
    expect(after).toMatchObject({ phase: 'resolved', note: 'third' });
  });

  it('I-3: any order with repeats comes to the same phase and the same facts', () => {
    const life = fc
      .tuple(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('update' as const, 'resolve' as const, 'cancel' as const),
      )
      .map(([updates, last]) => [
        aReport(),
        ...Array.from({ length: updates }, (_, i) =>
          aReport({ sequence: i + 2, action: 'update', note: `n${i}`, areas: [`NO-${i}`] }),
        ),
        aReport({ sequence: updates + 2, action: last, note: 'last' }),
      ]);
    const permuted = life.chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray(reports, { minLength: reports.length }),
        fc.array(fc.constantFrom(...reports), { maxLength: 2 }),
      ),
    );
    const seen = (incident: Incident | null) =>
      incident && {
        phase: incident.phase,
        note: incident.note,
        scope: incident.statedScope,
        report: incident.report,
      };
    fc.assert(
      fc.property(permuted, ([inOrder, shuffled, repeats]) => {
        expect(seen(afterAll([...shuffled, ...repeats]))).toEqual(seen(afterAll(inOrder)));
      }),
      { numRuns: Number(process.env['VARDE_PERMUTATIONS'] ?? 500) },
    );
  });
});
