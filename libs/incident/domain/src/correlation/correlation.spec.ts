import fc from 'fast-check';
import { correlate, type ComponentAlarm, type ComponentIncident } from './component';
import { joinCases, nearnessCases, t } from './correlation.cases';
import { reasonInEvent, reasonToWait, type Surroundings, type WaitReason } from './declare';
import { mayJoin } from './join';
import { nearness } from './place';
import { hull, hullOf } from './span';

describe('nearness', () => {
  it.each(nearnessCases)('$says', ({ a, b, near }) => {
    expect(nearness(a, b)).toBe(near);
  });
});

describe('an alarm beside an open incident', () => {
  it.each(joinCases)('$says', ({ at, target, joins }) => {
    expect(
      mayJoin({ country: 'NO', mode: 'ACTUAL', span: { from: t(at), to: t(at) } }, target),
    ).toBe(joins);
  });

  it('I-3: the wider the spans, the more belongs together: what joined once still would', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }))
      .map(([a, b]) => ({ from: t(Math.min(a, b)), to: t(Math.max(a, b)) }));
    const target = joinCases[0]?.target;
    fc.assert(
      fc.property(span, span, span, (a, b, more) => {
        const joins = (one: typeof a) =>
          target !== undefined &&
          mayJoin({ country: 'NO', mode: 'ACTUAL', span: one }, { ...target, span: b });
        expect(!joins(a) || joins(hull(a, more))).toBe(true);
      }),
    );
  });
});

describe('an alarm declares an incident', () => {
  const around: Surroundings = {
    mode: 'ACTUAL',
    isPlaced: true,
    isPlanned: false,
    exerciseRuns: false,
  };
  const cases: readonly {
    says: string;
    inEvents: WaitReason | null;
    around: Partial<Surroundings>;
    waits: WaitReason | null;
  }[] = [
    {
      says: 'when its events would and nothing around it speaks against',
      inEvents: null,
      around: {},
      waits: null,
    },
    {
      says: 'not when its own events give a reason to wait',
      inEvents: 'not-severe',
      around: {},
      waits: 'not-severe',
    },
    {
      says: 'not when its object is unknown',
      inEvents: null,
      around: { isPlaced: false },
      waits: 'unplaced',
    },
    {
      says: 'not within a planned window',
      inEvents: null,
      around: { isPlanned: true },
      waits: 'planned-work',
    },
    { says: 'never as the canary', inEvents: null, around: { mode: 'TEST' }, waits: 'is-test' },
    {
      says: 'not for an exercise that does not run',
      inEvents: null,
      around: { mode: 'EXERCISE' },
      waits: 'no-exercise',
    },
    {
      says: 'for an exercise that runs',
      inEvents: null,
      around: { mode: 'EXERCISE', exerciseRuns: true },
      waits: null,
    },
  ];
  it.each(cases)('$says', ({ inEvents, around: more, waits }) => {
    expect(reasonToWait(inEvents, { ...around, ...more })).toBe(waits);
  });

  it.each([
    ['critical', undefined, false, null],
    ['major', true, false, null],
    ['major', false, false, 'not-service-affecting'],
    ['critical', true, true, 'stale'],
    ['minor', true, false, 'not-severe'],
    ['indeterminate', undefined, false, 'not-severe'],
  ] as const)(
    'by severity %s, serviceAffecting %s, stale %s: %s',
    (severity, serviceAffecting, isStale, waits) => {
      expect(reasonInEvent({ severity, serviceAffecting, isStale })).toBe(waits);
    },
  );
});

describe('one trouble is one incident', () => {
  const active: ComponentAlarm = { key: 'a', isActive: true, mayDeclare: true };
  const born = (incidentId: string, minute: number): ComponentIncident => ({
    incidentId,
    isReported: false,
    declaredAt: t(minute),
  });
  const reported = (incidentId: string, minute: number): ComponentIncident => ({
    incidentId,
    isReported: true,
    declaredAt: t(minute),
  });

  it('declares when one may and one is active', () => {
    expect(correlate([active], [])).toEqual({ kind: 'declare', alarms: ['a'] });
  });
  it('waits when nobody may declare', () => {
    expect(correlate([{ ...active, mayDeclare: false }], [])).toEqual({ kind: 'wait' });
  });
  it('I-3: does not declare what was over before we saw it begin', () => {
    expect(correlate([{ ...active, isActive: false }], [])).toEqual({ kind: 'wait' });
  });
  it('joins the oldest of several, and merges the others into it', () => {
    expect(correlate([active], [born('2', 5), born('1', 3)])).toEqual({
      kind: 'join',
      incidentId: '1',
      alarms: ['a'],
      absorb: ['2'],
    });
  });
  it('joins what a person raised before what alarms declared', () => {
    expect(correlate([active], [born('1', 3), reported('2', 5)])).toEqual({
      kind: 'join',
      incidentId: '2',
      alarms: ['a'],
      absorb: ['1'],
    });
  });
  it('never merges two by rule that persons raised', () => {
    expect(correlate([], [reported('1', 3), reported('2', 5)])).toEqual({
      kind: 'join',
      incidentId: '1',
      alarms: [],
      absorb: [],
    });
  });
});

describe('the time of a trouble', () => {
  const at = (minute: number) => ({ from: t(minute), to: t(minute) });

  it('goes from the first beginning to the last alarm', () => {
    expect(hullOf([at(0), at(-10), at(10)])).toEqual({ from: t(-10), to: t(10) });
    expect(hullOf([])).toBeNull();
  });

  it('I-3: is the same whoever is counted first', () => {
    const spans = fc.array(fc.integer({ min: -60, max: 60 }).map(at), { maxLength: 6 });
    fc.assert(
      fc.property(spans, (all) => {
        expect(hullOf([...all].reverse())).toEqual(hullOf(all));
      }),
    );
  });
});
