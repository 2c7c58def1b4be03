import { raiseIncident, updateIncident } from '@varde/contracts';
import { parseInstant, type Instant } from '@varde/kernel';
import { changesOf, startOf, type Facts } from './incident-facts';

const at = '2026-11-25T18:00:00+01:00';
const later = '2026-11-25T20:00:00+01:00';
const now = parseInstant('2026-11-25T16:30:00Z') as Instant;

describe('what a person says of an incident', () => {
  it('leaves out what was not said, so that it stays as it is', () => {
    expect(changesOf({})).toEqual({});
    expect(changesOf({ areas: ['NO-4601'], nextUpdate: at })).toEqual({
      areas: ['NO-4601'],
      nextUpdateBy: at,
    });
  });

  it('UX-11: an estimate and a cause are not facts before somebody confirms them', () => {
    expect(changesOf({ estimate: at, cause: 'powerProblem' })).toEqual({
      estimate: { status: 'estimated', restoreBy: at },
      cause: { status: 'suspected', code: 'powerProblem' },
    });
    expect(
      changesOf({ estimate: at, cause: 'powerProblem', confirmed: ['cause', 'estimate'] }),
    ).toEqual({
      estimate: { status: 'confirmed', restoreBy: at },
      cause: { status: 'confirmed', code: 'powerProblem' },
    });
  });

  it('takes back with a word what was said before', () => {
    expect(
      changesOf({
        estimate: 'none',
        cause: 'none',
        nextUpdate: 'none',
        note: 'none',
        window: 'none',
      }),
    ).toEqual({
      estimate: { status: 'none' },
      cause: { status: 'unknown' },
      nextUpdateBy: null,
      note: null,
      window: null,
    });
  });

  it('takes a window as two times with a slash between them', () => {
    expect(changesOf({ window: `${at}/${later}` })).toEqual({ window: { from: at, to: later } });
  });

  it.each<[string, Facts, string]>([
    ['an outage now', {}, '2026-11-25T16:30:00.000Z'],
    ['an outage when it is said', { started: later }, later],
    ['planned works with their window', { kind: 'planned', window: `${at}/${later}` }, at],
    [
      'planned works when it is said',
      { kind: 'planned', window: `${at}/${later}`, started: later },
      later,
    ],
  ])('lets %s begin', (_what, facts, start) => {
    expect(startOf(facts, now)).toBe(start);
  });

  it.each<[Facts]>([[{ kind: 'planned' }], [{ kind: 'planned', window: 'none' }]])(
    'asks for the window of planned works: %j',
    (facts) => {
      expect(() => startOf(facts, now)).toThrow(/--kind planned needs --window/);
    },
  );

  it('can say everything that the API takes', () => {
    const everything: Required<Facts> = {
      kind: 'planned',
      started: at,
      aware: at,
      areas: ['NO'],
      elements: ['core/NO/1'],
      estimate: later,
      nextUpdate: later,
      cause: 'powerProblem',
      confirmed: ['cause'],
      emergencyCalls: 'unknown',
      malicious: 'yes',
      crossBorder: 'no',
      note: 'Ring the power company.',
      window: `${at}/${later}`,
      severity: 'critical',
      reason: 'The mayor called.',
      json: true,
    };
    const said = Object.keys(changesOf(everything));
    const ofRaise = ['mode', 'country', 'services', 'reference', 'alarms'];
    expect([...ofRaise, ...said].sort()).toEqual(Object.keys(raiseIncident.shape).sort());
    expect(['services', 'phase', ...said].sort()).toEqual(Object.keys(updateIncident.shape).sort());
    expect(updateIncident.safeParse(changesOf(everything)).success).toBe(true);
  });

  it.each([
    [{ confirmed: ['estimate'] }, /--confirmed estimate needs/],
    [{ confirmed: ['estimate'], estimate: 'none' }, /--confirmed estimate needs/],
    [{ confirmed: ['cause'] }, /--confirmed cause needs/],
    [{ confirmed: ['everything'] }, /not everything/],
    [{ confirmed: ['cause'], cause: 'none' }, /--confirmed cause needs/],
    [{ severity: 'critical' }, /needs --reason/],
    [{ window: at }, /two times with a slash/],
    [{ window: `${at}/${at}/${at}` }, /two times with a slash/],
  ])('refuses %j', (facts, sentence) => {
    expect(() => changesOf(facts)).toThrow(sentence);
  });
});
