import type { Digest } from './digest';

const firstCapacity = 1024;

/**
 * How often each thing was seen, by its digest. Three typed arrays with open addressing, 12 bytes a slot: three million
 * things take some 50 MB outside the heap, where a `Map` of strings would take 300 MB in it.
 */
export class DigestCounts {
  #high = new Uint32Array(firstCapacity);
  #low = new Uint32Array(firstCapacity);
  #counts = new Uint32Array(firstCapacity);
  #size = 0;

  /** How many different things were seen. */
  get size(): number {
    return this.#size;
  }

  /** Counts one more; returns how often it has been seen now. */
  add(key: Digest): number {
    if (this.#size * 4 >= this.#counts.length * 3) this.#grow();
    const slot = this.#slotOf(key);
    const seen = (this.#counts[slot] ?? 0) + 1;
    if (seen === 1) this.#size += 1;
    this.#put(slot, key, seen);
    return seen;
  }

  /** How often it has been seen; 0 for something new. */
  count(key: Digest): number {
    return this.#counts[this.#slotOf(key)] ?? 0;
  }

  #slotOf({ high, low }: Digest): number {
    const mask = this.#counts.length - 1;
    let slot = low & mask;
    while (this.#counts[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, { high, low }: Digest, seen: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#counts[slot] = seen;
  }

  #grow(): void {
    const [highs, lows, counts] = [this.#high, this.#low, this.#counts];
    this.#high = new Uint32Array(highs.length * 2);
    this.#low = new Uint32Array(lows.length * 2);
    this.#counts = new Uint32Array(counts.length * 2);
    counts.forEach((seen, slot) => {
      if (seen === 0) return;
      const key = { high: highs[slot] ?? 0, low: lows[slot] ?? 0 };
      this.#put(this.#slotOf(key), key, seen);
    });
  }
}
