import fc from 'fast-check';
import { anAlarmEvent, minute } from '../lifecycle/examples';
import { alarmHappenings } from '../vocabulary';
import { isClearWithoutRaise, startOf, unheard } from './alarm';
import { hear, hearAll, isLate } from './hear';

const raised = (n: number, more: Parameters<typeof anAlarmEvent>[0] = {}) =>
  anAlarmEvent({ minute: n, sequence: n + 1, ...more });
const cleared = (n: number) => raised(n, { happening: 'cleared', severity: 'cleared' });

describe('an alarm', () => {
  it('is active after a raise and cleared after a clear', () => {
    expect(hearAll([raised(0)])).toMatchObject({
      condition: 'active',
      severity: 'critical',
      isBeginningSeen: true,
    });
    expect(hearAll([raised(0), cleared(3)])).toMatchObject({
      condition: 'cleared',
      severity: 'cleared',
      clearedAt: minute(3),
    });
  });

  it('is raised by a change when we do not know it: we may have been away when it began', () => {
    expect(hearAll([raised(0, { happening: 'changed' })])).toMatchObject({
      condition: 'active',
      isBeginningSeen: true,
    });
  });

  it('is not cleared by leaving the producer’s list', () => {
    expect(hearAll([raised(0), raised(1, { happening: 'deleted' })])).toMatchObject({
      condition: 'active',
      isListed: false,
    });
  });

  it('does not change by a note', () => {
    const { reached: _reached, ...before } = hearAll([raised(0)]);
    expect(
      hear(hearAll([raised(0)]), raised(1, { happening: 'noted', severity: 'minor' })),
    ).toMatchObject(before);
  });

  it('I-3: keeps a clear that came first as a record, complete when the late raise arrives', () => {
    const alone = hearAll([cleared(3)]);
    expect(isClearWithoutRaise(alone)).toBe(true);
    expect(alone.spell).toBeNull();
    const complete = hearAll([cleared(3), raised(0)]);
    expect(isClearWithoutRaise(complete)).toBe(false);
    expect(complete).toEqual(hearAll([raised(0), cleared(3)]));
  });

  it('stores an older event without applying it over a newer one', () => {
    const state = hearAll([raised(0), raised(4, { happening: 'changed', severity: 'minor' })]);
    const late = raised(2, { happening: 'changed', severity: 'major' });
    expect(isLate(state, late)).toBe(true);
    expect(
      hearAll([raised(0), raised(4, { happening: 'changed', severity: 'minor' }), late]).severity,
    ).toBe('minor');
  });

  it('lets arrival decide where its events say nothing about their order', () => {
    const order = { dialect: 'ves-7' as const };
    expect(hearAll([cleared(3), raised(0)].map((event) => ({ ...event, order }))).condition).toBe(
      'active',
    );
  });

  it('goes on as one trouble over a flap, and begins anew after a longer quiet', () => {
    expect(hearAll([raised(0), cleared(2), raised(17)]).spell?.span).toEqual({
      from: minute(0),
      to: minute(17),
    });
    expect(hearAll([raised(0), cleared(2), raised(18)]).spell?.span).toEqual({
      from: minute(18),
      to: minute(18),
    });
  });

  it('may declare as soon as one of its events would, even if a later one is milder', () => {
    const milder = raised(4, { happening: 'changed', severity: 'minor' });
    expect(hearAll([milder]).spell?.waits).toBe('not-severe');
    expect(hearAll([milder, raised(0)]).spell?.waits).toBeNull();
  });

  it('began when the network says so, but never later than our own clock', () => {
    const told = (n: number) => ({
      ...anAlarmEvent({ minute: 10 }).times,
      raised: { at: minute(n), microseconds: 0 },
    });
    expect(startOf(anAlarmEvent({ minute: 10, times: told(4) }))).toBe(minute(4));
    expect(startOf(anAlarmEvent({ minute: 10, times: told(99) }))).toBe(minute(10));
  });

  it('knows nothing before it hears something', () => {
    expect(hearAll([])).toEqual(unheard);
  });
});

describe('I-3', () => {
  const event = fc.record({
    happening: fc.constantFrom(...alarmHappenings),
    severity: fc.constantFrom('critical' as const, 'minor' as const),
    correlatedAlarms: fc.constantFrom<readonly string[]>([], ['x'], ['y']),
    minute: fc.integer({ min: 0, max: 60 }),
  });
  // Events of one sequence number each, later ones at a later minute: what a source that orders its events promises.
  const life = fc
    .array(event, { minLength: 1, maxLength: 7 })
    .map((events) =>
      [...events]
        .sort((a, b) => a.minute - b.minute)
        .map((one, i) => anAlarmEvent({ ...one, sequence: i + 1 })),
    );
  const permuted = life.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
  );

  it('any permutation of an alarm’s events amounts to the same alarm', () => {
    fc.assert(
      fc.property(permuted, ([events, shuffled]) => {
        expect(hearAll(shuffled)).toEqual(hearAll(events));
      }),
      { numRuns: Number(process.env['VARDE_PERMUTATIONS'] ?? 500) },
    );
  });

  it('hearing one by one, and reading all again after a late one, comes to the same', () => {
    fc.assert(
      fc.property(permuted, ([, shuffled]) => {
        const oneByOne = shuffled.reduce(
          (state, one, i) =>
            isLate(state, one) ? hearAll(shuffled.slice(0, i + 1)) : hear(state, one),
          unheard,
        );
        expect(oneByOne).toEqual(hearAll(shuffled));
      }),
    );
  });
});
