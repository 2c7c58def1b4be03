import {
  askedPause,
  lookUpPauses,
  pauseAfter,
  spread,
  triedPauses,
  unreachablePauses,
} from './pauses';

const seconds = (pauses: readonly number[], times: readonly number[]): readonly number[] =>
  times.map((n) => pauseAfter(pauses, n) / 1_000);

describe('pauses', () => {
  it.each([
    ['a mail that is greylisted', triedPauses, [15, 60, 240, 960, 960]],
    ['a look-up without an answer', lookUpPauses, [60, 240, 960, 3_600, 3_600]],
    ['a provider that cannot be reached', unreachablePauses, [2, 4, 8, 16, 30]],
  ] as const)('grow for %s', (_what, pauses, expected) => {
    expect(seconds(pauses, [1, 2, 3, 4, 5])).toEqual(expected);
  });

  it('are the last one however often, and the first one for less than once', () => {
    expect(seconds(triedPauses, [0, 100])).toEqual([15, 960]);
  });

  it.each([
    [0, 1_000],
    [0.5, 1_100],
    [1, 1_200],
  ])('are spread by up to a fifth: chance %d', (chance, expected) => {
    expect(spread(1_000, chance)).toBe(expected);
  });
});

describe('Retry-After', () => {
  const date = 'Wed, 25 Nov 2026 12:00:00 GMT';
  it.each([
    ['seconds', '7', 7_000],
    ['no seconds', '0', 0],
    ['seconds among spaces', ' 7 ', 7_000],
    ['more than five minutes', '3600', 300_000],
    ['more than a number holds', '9'.repeat(400), 300_000],
    ['an HTTP date', 'Wed, 25 Nov 2026 12:00:42 GMT', 42_000],
    ['an HTTP date that has passed', 'Wed, 25 Nov 2026 11:59:00 GMT', 0],
    ['an HTTP date of tomorrow', 'Thu, 26 Nov 2026 12:00:00 GMT', 300_000],
    ['words', 'soon', undefined],
    ['less than nothing', '-5', undefined],
    ['nothing', undefined, undefined],
    ['an empty line', '', undefined],
  ])('%s', (_what, retryAfter, expected) => {
    expect(askedPause({ retryAfter, date })).toBe(expected);
  });

  it('as a date of a provider that does not tell its own time says nothing', () => {
    expect(askedPause({ retryAfter: 'Wed, 25 Nov 2026 12:00:42 GMT', date: undefined })).toBe(
      undefined,
    );
  });
});
