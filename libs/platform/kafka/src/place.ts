import type { BrokerMarks } from './event-bus';

/** What the first offset of a slice says about the place that PostgreSQL remembers. */
export type Place =
  /** Go on with this slice. */
  | { readonly kind: 'here' }
  /** The broker is somewhere else than we are: fetch from our own place. */
  | { readonly kind: 'seek'; readonly to: bigint }
  /** The broker threw away what we still had to read: to be noted before anything moves. */
  | { readonly kind: 'gap'; readonly expected: bigint; readonly lowWaterMark: bigint }
  /** The broker's log ends before our own place: it is another log, or a part of it is lost. Nothing of it may be taken for read. */
  | { readonly kind: 'shorter' };

/**
 * Compares a consumer's own place in each partition with what the broker hands out. The place in PostgreSQL is the true one; a
 * first offset above it is a hole in the log, or a broker that knows better than it should: asked for once more, then believed.
 *
 * @source I-1, I-2
 */
export class Places {
  private readonly sought = new Map<string, bigint>();
  private readonly noted = new Map<string, bigint>();

  /** @param stored where our own table says to go on; undefined where it has never been */
  async of(
    partition: string,
    slice: { readonly first: bigint; readonly last: bigint },
    stored: bigint | undefined,
    marks: BrokerMarks,
  ): Promise<Place> {
    if (stored === undefined || slice.first === stored) return { kind: 'here' };
    if (marks.high < stored) return { kind: 'shorter' };
    if (slice.last < stored) return { kind: 'seek', to: stored };
    if (slice.first < stored || this.noted.get(partition) === stored) return { kind: 'here' };
    const lowWaterMark = await marks.low();
    if (lowWaterMark > stored) return { kind: 'gap', expected: stored, lowWaterMark };
    if (this.sought.get(partition) === stored) return { kind: 'here' };
    this.sought.set(partition, stored);
    return { kind: 'seek', to: stored };
  }

  /** The gap at this place stands in the table: what comes after it may be taken now. */
  passGap(partition: string, expected: bigint): void {
    this.noted.set(partition, expected);
  }
}
