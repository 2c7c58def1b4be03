import type { Outcome, RejectReason } from './outcome';
import type { DeliveryState } from './vocabulary';

type Rejected = { readonly kind: 'rejected'; readonly reason: RejectReason };
type Deferred = { readonly kind: 'deferred'; readonly reason: 'busy' | 'our-account' };

/** Twilio's error codes that we know, and what each means as the answer to a new message. @source standards §4.3 */
export const twilioCodes: Readonly<Record<number, Rejected | Deferred>> = {
  20003: { kind: 'deferred', reason: 'our-account' },
  20429: { kind: 'deferred', reason: 'busy' },
  21211: { kind: 'rejected', reason: 'invalid-address' },
  21408: { kind: 'rejected', reason: 'our-configuration' },
  21606: { kind: 'rejected', reason: 'our-configuration' },
  21610: { kind: 'rejected', reason: 'opted-out-at-provider' },
  21611: { kind: 'deferred', reason: 'busy' },
  21612: { kind: 'rejected', reason: 'our-configuration' },
  21614: { kind: 'rejected', reason: 'invalid-address' },
  21617: { kind: 'rejected', reason: 'text-refused' },
  30001: { kind: 'deferred', reason: 'busy' },
  30002: { kind: 'deferred', reason: 'our-account' },
  30003: { kind: 'rejected', reason: 'unreachable-handset' },
  30004: { kind: 'rejected', reason: 'blocked' },
  30005: { kind: 'rejected', reason: 'invalid-address' },
  30006: { kind: 'rejected', reason: 'invalid-address' },
  30007: { kind: 'rejected', reason: 'filtered' },
  30008: { kind: 'rejected', reason: 'refused' },
  30036: { kind: 'rejected', reason: 'expired-at-provider' },
};

/** What an answer of Twilio's API was. */
export interface TwilioAnswer {
  readonly httpStatus: number;
  readonly code: number | undefined;
  readonly retryAfterMs?: number;
}

/**
 * What Twilio's refusal of a new message means. A 5xx is never a "no": a repeated POST may duplicate.
 *
 * @source invariants §4; standards §4.3
 */
export function outcomeOfTwilio(answer: TwilioAnswer): Outcome {
  if (answer.httpStatus >= 500) return { kind: 'ambiguous', reason: 'server-error' };
  const known = answer.code === undefined ? undefined : twilioCodes[answer.code];
  const busy = answer.httpStatus === 429 || (known?.kind === 'deferred' && known.reason === 'busy');
  if (busy) {
    return {
      kind: 'deferred',
      reason: 'busy',
      called: false,
      retryAfterMs: answer.retryAfterMs ?? 1_000,
    };
  }
  if (known?.kind === 'deferred' || answer.httpStatus === 401) {
    return { kind: 'deferred', reason: 'our-account', called: false, retryAfterMs: 30_000 };
  }
  return {
    kind: 'rejected',
    reason: known?.reason ?? 'refused',
    providerCode: String(answer.code ?? answer.httpStatus),
  };
}

/** The statuses of a message at Twilio, and the state that each proves. @source standards §4.3; invariants §3 */
export const twilioStatuses: Readonly<
  Record<string, DeliveryState & ('accepted' | 'delivered' | 'failed')>
> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'accepted',
  partially_delivered: 'accepted',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** The state that a receipt proves, or undefined for a status nobody knows: it is stored, flagged, and changes nothing. */
export const stateOfReceipt = (status: string): 'accepted' | 'delivered' | 'failed' | undefined =>
  Object.hasOwn(twilioStatuses, status) ? twilioStatuses[status] : undefined;

/** Why a receipt says that a message failed. */
export const reasonOfReceipt = (code: string | undefined): RejectReason => {
  if (code === '30001') return 'queue-overflow';
  const known = twilioCodes[Number(code)];
  return known?.kind === 'rejected' ? known.reason : 'refused';
};
