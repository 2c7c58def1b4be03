import fc from 'fast-check';
import { Places } from './place';

const slice = (first: bigint, last = first) => ({ first, last });
const marks = (low: bigint, high: bigint) => ({ high, low: () => Promise.resolve(low) });

describe('the place of a consumer', () => {
  it('I-1: goes on where nothing was read before, and where both agree', async () => {
    expect(await new Places().of('t/0', slice(7n), undefined, marks(7n, 9n))).toEqual({
      kind: 'here',
    });
    expect(await new Places().of('t/0', slice(7n), 7n, marks(0n, 9n))).toEqual({ kind: 'here' });
  });

  it('I-1: a slice that was read already sends the broker to our own place', async () => {
    expect(await new Places().of('t/0', slice(0n, 49n), 60n, marks(0n, 90n))).toEqual({
      kind: 'seek',
      to: 60n,
    });
    expect(await new Places().of('t/0', slice(0n, 60n), 60n, marks(0n, 90n))).toEqual({
      kind: 'here',
    });
  });

  it('I-2: a hole inside the log is asked for once more, then believed: no gap', async () => {
    const places = new Places();
    expect(await places.of('t/0', slice(12n), 10n, marks(3n, 20n))).toEqual({
      kind: 'seek',
      to: 10n,
    });
    expect(await places.of('t/0', slice(12n), 10n, marks(3n, 20n))).toEqual({ kind: 'here' });
  });

  it('I-2: what the broker threw away is a gap until it is noted', async () => {
    const places = new Places();
    const gap = { kind: 'gap', expected: 10n, lowWaterMark: 15n };
    expect(await places.of('t/0', slice(15n), 10n, marks(15n, 20n))).toEqual(gap);
    expect(await places.of('t/0', slice(15n), 10n, marks(15n, 20n))).toEqual(gap);
    places.passGap('t/0', 10n);
    expect(await places.of('t/0', slice(15n), 10n, marks(15n, 20n))).toEqual({ kind: 'here' });
    expect(await places.of('t/1', slice(15n), 10n, marks(15n, 20n))).toEqual(gap);
  });

  it('I-2: a log that ends before our place is never read past as if it were ours', async () => {
    expect(await new Places().of('t/0', slice(0n, 3n), 10n, marks(0n, 4n))).toEqual({
      kind: 'shorter',
    });
  });

  it('I-2: no place is ever passed over in silence: whoever goes on above it has sought it or noted a gap', async () => {
    const offset = fc.bigInt({ min: 0n, max: 30n });
    await fc.assert(
      fc.asyncProperty(offset, offset, offset, offset, async (first, more, stored, low) => {
        const places = new Places();
        const place = await places.of('t/0', slice(first, first + more), stored, {
          high: first + more + 1n,
          low: () => Promise.resolve(low),
        });
        if (place.kind === 'here') expect(first <= stored).toBe(true);
      }),
    );
  });
});
