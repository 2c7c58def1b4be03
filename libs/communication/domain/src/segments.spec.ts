import * as fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { plainSigns } from './plain-signs';
import { foreignSigns, smsSegments } from './segments';
import { goldenTexts } from './segments.cases';

const alarm = '\u{1F6A8}';

describe('smsSegments', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['ł'.repeat(70), 1],
    ['ł'.repeat(71), 2],
    ['ł'.repeat(134), 2],
    ['ł'.repeat(135), 3],
    ['æøåÆØÅäöÄÖ'.repeat(16), 1],
    [`${'æøåÆØÅäöÄÖ'.repeat(16)}ø`, 2],
    [alarm.repeat(35), 1],
    [alarm.repeat(36), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    [`${'ł'.repeat(66)}${alarm}${'ł'.repeat(66)}`, 3],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 2],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['', 0],
  ])('A-10: counts the parts of the table in the standard (%#)', (text, parts) => {
    expect(smsSegments(text).segments).toBe(parts);
  });

  it('A-10: counts brackets and their like as two septets each', () => {
    expect(smsSegments('[]{}\\^~|')).toEqual({
      encoding: 'gsm7',
      segments: 1,
      units: 16,
      foreign: [],
    });
  });

  it('A-10: counts the normalised text, in which a with a ring is one letter of the alphabet', () => {
    expect(smsSegments('a\u030A')).toEqual({
      encoding: 'gsm7',
      segments: 1,
      units: 1,
      foreign: [],
    });
  });

  it.each(['kl. 08\u201316', 'Det\u2019s', '«feil»'])(
    'A-10: one typographic sign makes "%s" UCS-2',
    (text) => {
      expect(smsSegments(text)).toMatchObject({ encoding: 'ucs2', segments: 1 });
    },
  );

  it('A-10: has at least 200 golden texts', () => {
    expect(goldenTexts.length).toBeGreaterThanOrEqual(200);
  });

  it.each(goldenTexts)('A-10: counts golden text %#', (text, encoding, segments, units) => {
    expect(smsSegments(text)).toMatchObject({ encoding, segments, units });
  });

  it('A-10: agrees with the calculator of a provider on any text of both alphabets', () => {
    const sign = fc.constantFrom(...'aåøÆÖ €[]{}^~|\\\n0.:-ł\u0161\u2013\u00A0中', alarm);
    const text = fc.array(sign, { minLength: 1, maxLength: 400 }).map((signs) => signs.join(''));
    const gsm = fc.array(fc.constantFrom(...'aåøÆÖ €[]{}^~|\\0.:-'), {
      minLength: 1,
      maxLength: 700,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          gsm.map((signs) => signs.join('')),
        ),
        (any) => {
          const theirs = new SegmentedMessage(any);
          const ours = smsSegments(any);
          expect(ours.segments).toBe(theirs.segmentsCount);
          expect(ours.encoding).toBe(theirs.encodingName === 'GSM-7' ? 'gsm7' : 'ucs2');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never has fewer parts for a longer text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        // Only where joining does not compose signs: a mark after a letter may become one sign with it.
        fc.pre((one + other).normalize('NFC') === one.normalize('NFC') + other.normalize('NFC'));
        expect(smsSegments(one + other).segments).toBeGreaterThanOrEqual(smsSegments(one).segments);
      }),
    );
  });
});

describe('foreignSigns', () => {
  it('UX-10: names every guilty sign and its place, and smsSegments each once', () => {
    expect(
      foreignSigns('Kárášjohka – Kárášjohka').map(({ sign, position }) => `${sign}${position}`),
    ).toEqual(['á2', 'á4', 'š5', '–12', 'á15', 'á17', 'š18']);
    expect(smsSegments('Kárášjohka – Kárášjohka').foreign).toEqual(['á', 'š', '–']);
  });
});

describe('plainSigns', () => {
  it('A-10: puts pasted quotes, dashes, ellipsis and spaces into plain signs', () => {
    expect(plainSigns('«Det’s» “kl.\u00A008–16” …\u200B − •')).toBe('"Det\'s" "kl. 08-16" ... - -');
  });

  it('leaves letters alone, Sámi ones too', () => {
    expect(plainSigns('Kárášjohka, Ærø, Göteborg')).toBe('Kárášjohka, Ærø, Göteborg');
  });
});
