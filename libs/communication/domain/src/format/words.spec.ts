import { smsSegments } from '../segments';
import { languages } from '../vocabulary';
import { formatList } from './list';
import { formatCount, formatShare, roundedCount } from './number';
import { formatServices, formatServicesTitle } from './service';

const whole = ['mobile-voice', 'mobile-data', 'sms'] as const;

describe('formatServices', () => {
  it.each([
    ['nb', 'mobilnettet', 'Mobilnettet'],
    ['nn', 'mobilnettet', 'Mobilnettet'],
    ['sv', 'mobilnätet', 'Mobilnätet'],
    ['da', 'mobilnettet', 'Mobilnettet'],
    ['en', 'the mobile network', 'Mobile network'],
  ] as const)(
    'says calls, texts and data together as the mobile network (%s)',
    (language, inside, title) => {
      expect(formatServices([...whole].reverse(), language)).toBe(inside);
      expect(formatServicesTitle(whole, language)).toBe(title);
    },
  );

  it('names each service where not all three are hit', () => {
    expect(formatServices(['mobile-data', 'mobile-voice'], 'nb')).toBe(
      'mobilsamtaler og mobildata',
    );
    expect(formatServices(['sms', 'broadband', 'tv'], 'en')).toBe(
      'texts, broadband and the TV service',
    );
    expect(formatServicesTitle(['fixed-voice', 'broadband'], 'en')).toBe(
      'Broadband and landline service',
    );
    expect(formatServicesTitle([...whole, 'fixed-voice'], 'sv')).toBe(
      'Mobilnätet och den fasta telefonin',
    );
    expect(formatServicesTitle(['tv'], 'nn')).toBe('TV-tenesta');
  });
});

describe('formatList', () => {
  it('joins as the language does', () => {
    expect(languages.map((language) => formatList(['A', 'B', 'C'], language))).toEqual([
      'A, B og C',
      'A, B og C',
      'A, B och C',
      'A, B og C',
      'A, B and C',
    ]);
    expect(formatList(['A'], 'nb')).toBe('A');
    expect(formatList([], 'nb')).toBe('');
  });
});

describe('formatCount, formatShare: the golden values of experience.md §10', () => {
  it.each([
    ['nb', '412\u00A0318', '97,4\u00A0%'],
    ['nn', '412\u00A0318', '97,4\u00A0%'],
    ['sv', '412\u00A0318', '97,4\u00A0%'],
    ['da', '412.318', '97,4\u00A0%'],
    ['en', '412,318', '97.4%'],
  ] as const)('write %s', (language, count, share) => {
    expect(formatCount(412_318, language, 'email')).toBe(count);
    expect(formatShare(0.974, language, 'email')).toBe(share);
  });

  it('A-10: write plain signs in SMS, so that no value costs the alphabet', () => {
    for (const language of languages) {
      const text = `${formatCount(-1_412_318, language, 'sms')} ${formatShare(0.974, language, 'sms')}`;
      expect(smsSegments(text)).toMatchObject({ encoding: 'gsm7', foreign: [] });
    }
  });

  it('group from a thousand', () => {
    expect([0, 999, 1_000, 1_234_567].map((count) => formatCount(count, 'en', 'sms'))).toEqual([
      '0',
      '999',
      '1,000',
      '1,234,567',
    ]);
  });

  it('round a count for the public to two figures', () => {
    expect([0, 7, 99, 104, 995, 412_318].map(roundedCount)).toEqual([
      0, 7, 99, 100, 1_000, 410_000,
    ]);
  });
});
