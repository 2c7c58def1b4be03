import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { segmentCases } from './segments.cases';
import { segmentCount } from './segments';

describe('segmentCount', () => {
  it.each(segmentCases)('%s', (_sentence, text, parts) => {
    expect(segmentCount(text)).toBe(parts);
  });

  it('A-10: counts as the provider’s own calculator does', () => {
    const alphabet = [...'abcæøåÄÖ €[]~\n', 'ł', '–', '🚨'];
    const texts = fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(texts, (characters) => {
        const text = characters.join('');
        expect(segmentCount(text)).toBe(new SegmentedMessage(text, 'auto').segmentsCount);
      }),
    );
  });
});
