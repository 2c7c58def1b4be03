import { smsEstimate, type SmsPlan } from './cost';

const plan: SmsPlan = {
  groups: [
    { country: 'NO', language: 'nb', recipientCount: 10_000 },
    { country: 'NO', language: 'en', recipientCount: 100 },
    { country: 'SE', language: 'sv', recipientCount: 1_000 },
    { country: 'DK', language: 'da', recipientCount: 0 },
  ],
  segments: { nb: 1, en: 2, sv: 1 },
  prices: { NO: { currency: 'NOK', micros: 390_000 }, SE: { currency: 'SEK', micros: 400_000 } },
  capPerSecond: 50,
};

describe('smsEstimate', () => {
  it('sums segments × recipients × price by currency, exactly', () => {
    expect(smsEstimate(plan)).toEqual({
      messageCount: 11_100,
      segmentCount: 11_200,
      sums: [
        { currency: 'NOK', micros: 10_200 * 390_000 },
        { currency: 'SEK', micros: 1_000 * 400_000 },
      ],
      minutes: 4,
    });
  });

  it('costs nothing and takes no time where nobody is told', () => {
    expect(smsEstimate({ ...plan, groups: [] })).toEqual({
      messageCount: 0,
      segmentCount: 0,
      sums: [],
      minutes: 0,
    });
  });

  it.each([
    ['segments-unknown', { ...plan, segments: { nb: 1 } }],
    ['price-unknown', { ...plan, prices: {} }],
    ['cap-not-positive', { ...plan, capPerSecond: 0 }],
  ])('refuses %s in place of a guess', (code, broken) => {
    expect(() => smsEstimate(broken)).toThrow(expect.objectContaining({ code }));
  });
});
