import { checkLive, countToType, isWholeCountry } from './typed-count';

describe('countToType', () => {
  it.each([
    [9_999, false, undefined],
    [10_000, false, undefined],
    [10_001, false, 10_000],
    [412_318, false, 412_000],
    [412, true, 412],
    [0, true, undefined],
  ])('UX-03: of %d recipients, whole country %s, asks for %s', (reach, whole, toType) => {
    expect(countToType(reach, whole)).toBe(toType);
  });
});

describe('isWholeCountry', () => {
  it('knows a country by its own code among the areas', () => {
    expect(isWholeCountry({ areas: ['NO'], country: 'NO' })).toBe(true);
    expect(isWholeCountry({ areas: ['NO-46', 'NO-4601'], country: 'NO' })).toBe(false);
  });
});

describe('checkLive', () => {
  const reason = 'Read in all languages';

  it('asks for a reason, always', () => {
    expect(() => checkLive({ live: true }, undefined)).toThrow(/needs --reason/);
    expect(() => checkLive({ live: true, reason: ' ' }, undefined)).toThrow(/needs --reason/);
    expect(checkLive({ live: true, reason }, undefined)).toBe(reason);
  });

  it.each([undefined, '412318', '41200', 'yes', '411 000'])(
    'UX-03: is not content with the count %j',
    (confirm) => {
      const flags = { live: true, reason, ...(confirm === undefined ? {} : { confirm }) };
      expect(() => checkLive(flags, 412_000)).toThrow(/--confirm 412,000/);
    },
  );

  it.each(['412000', '412 000', '412,000', '412.000'])(
    'UX-03: takes %s as the count that was shown',
    (confirm) => {
      expect(checkLive({ live: true, reason, confirm }, 412_000)).toBe(reason);
    },
  );
});
