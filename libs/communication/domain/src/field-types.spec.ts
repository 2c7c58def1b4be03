import * as fc from 'fast-check';
import { factInstant, fieldTypes, misfits, type FieldType } from './field-types';

const good: Readonly<Record<FieldType, readonly string[]>> = {
  services: ['mobile-voice', 'mobile-voice|mobile-data|sms'],
  areas: ['NO', 'NO-46', 'SE-M', 'DK-0101|DK-84'],
  country: ['NO', 'SE', 'DK'],
  instant: ['2026-11-22T13:02Z'],
  date: ['2026-11-26'],
  number: ['0', '9999999'],
  'yes-no': ['yes', 'no'],
  effect: ['outage', 'degradation'],
  'estimate-state': ['none', 'estimated', 'confirmed', 'changed', 'withdrawn'],
  'cause-group': ['power', 'technical'],
  'work-state': ['locating', 'on-the-way', 'repairing'],
  reference: ['ORD-20417', 'a', 'NO-2026-0042'],
  'link-token': ['7F3K', 'abcdefghij0123456789AB'],
};
const bad: readonly string[] = [
  ...[
    '',
    ' ',
    'prose of a person',
    'https://evil.example',
    'evil.example/x',
    '7F3',
    '-1',
    '1.5',
    '12345678',
  ],
  ...[
    'yes\n',
    '\nyes',
    'yes|no',
    'YES',
    'NO|',
    '|NO',
    'NO|FI',
    'no-46',
    'NO-46 ',
    'FI-01',
    '2026-13-01',
    '2026-11-22T25:00Z',
  ],
  ...[
    '2026-11-22T13:02:00Z',
    '2026-11-22T13:02+01:00',
    'mobile-voice|',
    'mobile-voice,sms',
    'fax',
    '{x}',
    '../x',
    'a.b',
    'a b',
    '０',
  ],
];

describe('fieldTypes', () => {
  it.each(Object.entries(good))('A-6: %s takes its own words', (type, texts) => {
    for (const text of texts)
      expect(misfits({ fact: text }, { fact: type as FieldType })).toEqual([]);
  });

  it.each(Object.keys(fieldTypes))(
    'A-6: %s takes no prose, link, list of another kind or line break',
    (type) => {
      for (const text of bad) {
        const isItsOwn =
          type === 'reference'
            ? /^[A-Za-z0-9-]{1,20}$/.test(text)
            : text === '12345678' && type === 'link-token';
        if (!isItsOwn)
          expect(misfits({ fact: text }, { fact: type as FieldType })).toEqual(['fact']);
      }
    },
  );

  it.each(Object.entries(fieldTypes))(
    'A-6: %s is anchored and reads a long text at once',
    (_type, source) => {
      expect(source).toMatch(/^\^.*\$$/);
      for (const piece of ['a', 'NO|', 'sms|', 'NO-4601|', '0']) {
        const long = `${piece.repeat(200_000)}!`;
        expect(new RegExp(source).test(long)).toBe(false);
      }
    },
  );
});

describe('misfits', () => {
  it('A-6: tells a missing, an unknown and a malformed fact, and lets an optional one be absent', () => {
    const types = { country: 'country', 'nextUpdateAt?': 'instant' } as const;
    expect(misfits({ country: 'NO' }, types)).toEqual([]);
    expect(misfits({}, types)).toEqual(['country']);
    expect(misfits({ country: 'NO', note: 'hello' }, types)).toEqual(['note']);
    expect(misfits({ country: 'NO', nextUpdateAt: 'soon' }, types)).toEqual(['nextUpdateAt']);
    expect(misfits({ country: 47 }, types)).toEqual(['country']);
    expect(misfits({ country: 'NO', constructor: 'x', toString: 'y' }, types)).toEqual([
      'constructor',
      'toString',
    ]);
  });

  it('A-6: takes no fact at all where a person wrote the text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }), (fields) => {
        expect(misfits(fields, {}).length).toBe(Object.keys(fields).length);
      }),
    );
  });
});

describe('factInstant', () => {
  it('reads minutes in UTC, and no such day as none', () => {
    expect(factInstant('2026-11-22T13:02Z')).toBe(Date.UTC(2026, 10, 22, 13, 2));
    expect(factInstant('2026-02-30T13:02Z')).toBeUndefined();
    expect(factInstant(undefined)).toBeUndefined();
  });
});
