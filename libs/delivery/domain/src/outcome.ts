/** Certainly not taken by the provider: the row goes back. Words of a closed list; they double as metric labels. */
export const deferReasons = [
  'not-connected',
  'busy',
  'temporary-refusal',
  'our-account',
  'halted',
  'lease-runs-short',
  'stopping',
  'address-key-unknown',
] as const;
/** One of {@link deferReasons}. */
export type DeferReason = (typeof deferReasons)[number];

/** Will never be taken. */
export const rejectReasons = [
  'invalid-address',
  'opted-out-at-provider',
  'unreachable-handset',
  'blocked',
  'filtered',
  'expired-at-provider',
  'queue-overflow',
  'our-configuration',
  'text-refused',
  'address-changed',
  'address-unreadable',
  'refused',
] as const;
/** One of {@link rejectReasons}. */
export type RejectReason = (typeof rejectReasons)[number];

/** May have been taken: look before anything else. */
export const ambiguousReasons = [
  'server-error',
  'no-answer',
  'connection-lost',
  'process-died',
] as const;
/** One of {@link ambiguousReasons}. */
export type AmbiguousReason = (typeof ambiguousReasons)[number];

/** What a provider's answer means to us. Which answer is which: invariants §4. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly providerRef: string }
  /**
   * Put back.
   * @property called       false when it used up no try: never called, or turned away unprocessed
   * @property retryAfterMs when it may be tried again; for what was really tried the count of tries says it
   */
  | {
      readonly kind: 'deferred';
      readonly reason: DeferReason;
      readonly called: boolean;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly providerCode: string }
  | { readonly kind: 'ambiguous'; readonly reason: AmbiguousReason };

/** What a look-up found out about an intent whose outcome nobody knew. */
export type LookUp =
  | {
      readonly kind: 'found';
      readonly providerRef: string;
      readonly state: 'accepted' | 'delivered' | 'failed';
    }
  | { readonly kind: 'missing' }
  /** The provider said nothing that counts: no connection, no answer in time, busy, broken. To be asked again. */
  | { readonly kind: 'no-answer' }
  /** It answered, and that proves nothing. */
  | { readonly kind: 'cannot-tell' };
