import fc from 'fast-check';
import { digest } from './digest';
import { DigestCounts } from './digest-counts';

describe('DigestCounts', () => {
  it('counts as a map would, also when it has to grow', () => {
    const seen = fc.array(fc.nat(2000), { minLength: 1500, maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(seen, (numbers) => {
        const counts = new DigestCounts();
        const model = new Map<number, number>();
        for (const n of numbers) {
          counts.add(digest(String(n)));
          model.set(n, (model.get(n) ?? 0) + 1);
        }
        const counted = [...model.keys()].map((n) => [n, counts.count(digest(String(n)))]);
        expect([counts.size, counted]).toEqual([model.size, [...model]]);
      }),
      { numRuns: 20 },
    );
  });

  it('knows nothing of what it has not seen', () => {
    expect(new DigestCounts().count(digest('x'))).toBe(0);
  });
});

describe('digest', () => {
  it('does not let its parts run into each other', () => {
    expect(digest('ab', 'c')).not.toEqual(digest('a', 'bc'));
  });
});
