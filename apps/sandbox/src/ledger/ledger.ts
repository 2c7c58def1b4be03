import { digest, fingerprint } from './digest';
import { DigestCounts } from './digest-counts';

/** What a provider took: the ground truth that the product's own ledger is held against. */
export interface Accepted {
  readonly to: string;
  /** What the recipient reads; for a mail its subject and content without what differs from try to try. */
  readonly body: string;
  /** What names the delivery: path and query of the status callback, or the Message-ID. Empty when there is none. */
  readonly ref: string;
}

/** Something that was taken more than once. */
export interface Doubled {
  readonly to: string;
  readonly body: string;
  readonly ref: string;
  readonly count: number;
}

/** Sums of one kind, all kept while counting: asking costs nothing. */
export interface LedgerTotals {
  readonly accepted: number;
  readonly recipients: number;
  /** Different pairs of recipient and text. */
  readonly pairs: number;
  /** Different delivery references. */
  readonly refs: number;
  readonly withoutRef: number;
  /** References, and pairs, that were taken more than once. */
  readonly doubledRefs: number;
  readonly doubledPairs: number;
}

/** By what two accepted messages count as the same. A *proven duplicate* is one that is the same by either. */
export const sameness = ['ref', 'to,body'] as const;

/** One of {@link sameness}. */
export type Sameness = (typeof sameness)[number];

/**
 * Counts what was accepted, for ever (until the reset): by recipient, by recipient and text, by delivery reference.
 * Counts are kept by digest; only what was doubled is kept in full, for it should be nothing.
 */
export class Ledger {
  readonly #recipients = new DigestCounts();
  readonly #pairs = new DigestCounts();
  readonly #refs = new DigestCounts();
  readonly #doubled: Record<Sameness, Map<string, Doubled>> = {
    ref: new Map(),
    'to,body': new Map(),
  };
  #accepted = 0;
  #withoutRef = 0;

  accept(message: Accepted): void {
    const { to, body, ref } = message;
    this.#accepted += 1;
    this.#recipients.add(digest(to));
    this.#noteIfDoubled('to,body', this.#pairs.add(digest(to, body)), `${to}\0${body}`, message);
    if (ref === '') this.#withoutRef += 1;
    else this.#noteIfDoubled('ref', this.#refs.add(digest(ref)), ref, message);
  }

  totals(): LedgerTotals {
    return {
      accepted: this.#accepted,
      recipients: this.#recipients.size,
      pairs: this.#pairs.size,
      refs: this.#refs.size,
      withoutRef: this.#withoutRef,
      doubledRefs: this.#doubled.ref.size,
      doubledPairs: this.#doubled['to,body'].size,
    };
  }

  /** How often this number or address was written to. */
  acceptedFor(to: string): number {
    return this.#recipients.count(digest(to));
  }

  /** How often this delivery was accepted: 0 lost or not sent, 1 right, more a proven duplicate. */
  acceptedAs(ref: string): number {
    return this.#refs.count(digest(ref));
  }

  /** Everything that was taken more than once, in the order in which it was first doubled. */
  duplicates(by: Sameness): readonly (Doubled & { readonly bodyHash: string })[] {
    return [...this.#doubled[by].values()].map((one) => ({
      ...one,
      bodyHash: fingerprint(one.body),
    }));
  }

  #noteIfDoubled(by: Sameness, count: number, key: string, message: Accepted): void {
    if (count < 2) return;
    const { to, body, ref } = this.#doubled[by].get(key) ?? message;
    this.#doubled[by].set(key, { to, body, ref, count });
  }
}
