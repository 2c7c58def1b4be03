import type { ShownIncidentView } from '@varde/contracts';
import { incidentLines } from './incident-words';

const incident = {
  number: 'NO-2026-0017',
  mode: 'ACTUAL',
  phase: 'inProgress',
  country: 'NO',
  services: ['mobile-voice'],
  areas: ['NO-4601'],
  elements: [],
  startedAt: '2026-11-25T02:12:00.000Z',
  nextUpdateBy: null,
  cause: { status: 'unknown', code: null, group: null },
  emergencyCalls: 'unknown',
  malicious: 'unknown',
  crossBorder: 'unknown',
  window: null,
  note: null,
  estimate: { status: 'none', restoreBy: null, previous: null, change: 'none' },
  severity: { inForce: 'major', derived: 'major', reasons: ['society-out'], stated: null },
} as unknown as ShownIncidentView['incident'];

const line = (by: ShownIncidentView['timeline'][number]['by']) => ({
  at: '2026-11-25T02:13:00.000Z',
  version: 1,
  type: 'declared',
  by,
  data: {},
});

describe('an incident as people read it', () => {
  const linesOf = (said: Partial<ShownIncidentView['incident']>): string[] =>
    incidentLines({ incident: { ...incident, ...said }, audience: null, timeline: [] });

  it('shows every fact that was said, and nothing of what nobody knows', () => {
    const lines = linesOf({
      cause: { status: 'suspected', code: 'powerProblem', group: null },
      emergencyCalls: 'notAffected',
      malicious: 'no',
      crossBorder: 'yes',
      window: { from: '2026-11-26T00:00:00.000Z', to: '2026-11-26T03:00:00.000Z' },
      note: 'Ring the power company.',
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'cause: powerProblem (suspected)',
        'emergency calls: notAffected',
        'malicious: no',
        'across borders: yes',
        'window: 2026-11-26 01:00 CET to 2026-11-26 04:00 CET',
        'for colleagues: Ring the power company.',
      ]),
    );
    expect(linesOf({})).toHaveLength(lines.length - 6);
  });

  it('D-05: shows planned works with their window, and says of none that it is down', () => {
    const window = { from: '2026-11-26T00:00:00.000Z', to: '2026-11-26T03:00:00.000Z' };
    const lines = linesOf({ kind: 'planned', window });
    expect(lines[1]).toBe(
      'planned works, 2026-11-26 01:00 CET to 2026-11-26 04:00 CET: mobile-voice in NO-4601',
    );
    expect(lines.join('\n')).not.toMatch(/since|back:|window:/);
  });
});

describe('whom it hits, as people read it', () => {
  it('tells those apart who are newly hit, still hit and restored', () => {
    const cannot = { class: 3, reason: 'opted-out' } as const;
    const audience = {
      snapshotVersion: 2,
      occasion: 'hit',
      at: '2026-11-25T02:20:00.000Z',
      reachableCount: 0,
      unreachableCount: 1_204,
      counts: [],
      unreachable: [
        { ...cannot, group: 'newly-hit', count: 1 },
        { ...cannot, group: 'still-hit', count: 1_203 },
      ],
    } as const;
    expect(incidentLines({ incident, audience, timeline: [] })).toEqual(
      expect.arrayContaining([
        '  cannot be told: newly hit, class 3, opted-out, 1',
        '  cannot be told: still hit, class 3, opted-out, 1,203',
      ]),
    );
  });
});

describe('the timeline as people read it', () => {
  const personId = '5a4db0c5-0000-4000-8000-000000000001';

  it.each([
    [{ kind: 'person' as const, personId, name: 'Ingrid Lunde' }, 'by Ingrid Lunde'],
    [{ kind: 'person' as const, personId }, `by person ${personId}`],
    [{ kind: 'desk' as const, system: 'noc-desk', operator: 'op-117' }, 'by op-117 at noc-desk'],
    [{ kind: 'rule' as const }, 'by a rule'],
  ])('names whoever did it: %j', (by, words) => {
    const lines = incidentLines({ incident, audience: null, timeline: [line(by)] });
    expect(lines.at(-1)).toBe(`  2026-11-25 03:13 CET  declared, ${words}`);
  });
});
