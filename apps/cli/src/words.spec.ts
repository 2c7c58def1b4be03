import fc from 'fast-check';
import { counted, grouped, localTime, modeLine, rounded, table, typedNumber } from './words';
import { localTimes, roundedNumbers, typedNumbers } from './words.cases';

describe('numbers', () => {
  it.each(typedNumbers)('reads what is typed as %j', (text, n) => {
    expect(typedNumber(text)).toBe(n);
  });

  it.each(roundedNumbers)('rounds an audience of %d to %d', (n, shown) => {
    expect(rounded(n)).toBe(shown);
  });

  it('UX-03: what is shown can be typed back as it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), (n) => {
        expect(typedNumber(grouped(rounded(n)))).toBe(rounded(n));
        expect(Math.abs(rounded(n) - n)).toBeLessThanOrEqual(n / 200);
      }),
    );
  });

  it('says one and several', () => {
    expect([counted(1, 'message'), counted(1_200, 'message')]).toEqual([
      '1 message',
      '1,200 messages',
    ]);
    expect(counted(2, 'person', 'people')).toBe('2 people');
  });
});

describe('localTime', () => {
  it.each(localTimes)('shows %s in %s as %s', (iso, country, shown) => {
    expect(localTime(iso, country)).toBe(shown);
  });
});

describe('modeLine', () => {
  it('UX-02: live and exercise differ in words', () => {
    expect(modeLine('ACTUAL', 412_318)).toBe('LIVE – 412,318 recipients');
    expect(modeLine('EXERCISE', 412_318)).toMatch(/^EXERCISE – 0 customers will be contacted/);
    expect(modeLine('TEST', 5)).toMatch(/^TEST – nobody/);
  });
});

describe('table', () => {
  it('stands figures to the right and words to the left, and leaves no blank at the end', () => {
    expect(
      table([
        ['channel', 'planned'],
        ['sms', 1_200],
        ['email', 7],
      ]),
    ).toEqual(['channel  planned', 'sms        1,200', 'email          7']);
  });
});
