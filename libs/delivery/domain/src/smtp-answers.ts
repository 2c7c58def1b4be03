import type { Outcome } from './outcome';

/** How far a mail had come when the relay answered, or did not. */
export interface SmtpEnd {
  /** The last command that was sent. `dot`: the whole text had left. */
  readonly at: 'connect' | 'greeting' | 'mail' | 'rcpt' | 'data' | 'dot';
  /** The reply's number; undefined when the connection broke or nothing came. */
  readonly reply: number | undefined;
}

/**
 * What the end of a mail transaction means. A cut after the final dot is unknown: the relay may have it (RFC 1047).
 *
 * @source invariants §4, column e-mail; standards §5
 */
export function outcomeOfSmtp({ at, reply }: SmtpEnd): Outcome {
  if (reply === undefined) {
    return at === 'dot'
      ? { kind: 'ambiguous', reason: 'connection-lost' }
      : { kind: 'deferred', reason: 'not-connected', called: true, retryAfterMs: 2_000 };
  }
  if (reply >= 500) {
    return {
      kind: 'rejected',
      reason: at === 'rcpt' ? 'invalid-address' : 'refused',
      providerCode: String(reply),
    };
  }
  return { kind: 'deferred', reason: 'temporary-refusal', called: true, retryAfterMs: 15_000 };
}
