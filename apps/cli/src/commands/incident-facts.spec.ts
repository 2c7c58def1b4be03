import { changesOf } from './incident-facts';

const at = '2026-11-25T18:00:00+01:00';

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

  it('takes an estimate back with a word', () => {
    expect(changesOf({ estimate: 'none' })).toEqual({ estimate: { status: 'none' } });
  });

  it.each([
    [{ confirmed: ['estimate'] }, /--confirmed estimate needs/],
    [{ confirmed: ['estimate'], estimate: 'none' }, /--confirmed estimate needs/],
    [{ confirmed: ['cause'] }, /--confirmed cause needs/],
    [{ confirmed: ['everything'] }, /not everything/],
    [{ severity: 'critical' }, /needs --reason/],
  ])('refuses %j', (facts, sentence) => {
    expect(() => changesOf(facts)).toThrow(sentence);
  });
});
