import type { Outcome } from './outcome';

/** How far a mail had come when the relay answered, or did not. */
export interface SmtpEnd {
  /** The last command that was sent. `dot`: the whole text had left. */
  readonly at: 'connect' | 'greeting' | 'mail' | 'rcpt' | 'data' | 'dot';
  /** The reply's number; undefined when the connection broke or nothing came. */
  readonly reply: number | undefined;
}

/**
 * What the end of a mail transaction means. A cut after the final dot is unknown: the relay may have it (RFC 1047). What was
 * really tried and not taken waits longer from try to try ({@link triedPauses}): a relay that greylists wants to see minutes.
 *
 * @source invariants §4, column e-mail; standards §5
 */
export function outcomeOfSmtp({ at, reply }: SmtpEnd): Outcome {
  if (reply === undefined) {
    if (at === 'dot') return { kind: 'ambiguous', reason: 'connection-lost' };
    // Without a conversation nobody was asked: no try. One that breaks off may break off because of this very mail: a try.
    return at === 'connect' || at === 'greeting'
      ? { kind: 'deferred', reason: 'not-connected', called: false, retryAfterMs: 2_000 }
      : { kind: 'deferred', reason: 'not-connected', called: true };
  }
  if (reply >= 500) {
    return {
      kind: 'rejected',
      reason: at === 'rcpt' ? 'invalid-address' : 'refused',
      providerCode: String(reply),
    };
  }
  return { kind: 'deferred', reason: 'temporary-refusal', called: true };
}
