import type { AddressedChannel, LookUp, Outcome } from '@varde/delivery-domain';

/** A text on its way to one recipient. */
export interface OutgoingMessage {
  /** Our 128-bit id of this intent; null where no receipt is wanted. */
  readonly ref: string | null;
  /** What names the message to this recipient, the same at every try: a mail's Message-ID (invariants §4). Left out, `ref` does. */
  readonly name?: string;
  /** E.164 number or mail address; exactly one recipient. */
  readonly to: string;
  readonly content: Content;
  /** How long the provider may still try; at most the life of the message (DL-5). */
  readonly validForSeconds: number;
}

/** What is said, the same for all recipients of one language. */
export type Content =
  | { readonly kind: 'sms'; readonly text: string }
  | {
      readonly kind: 'email';
      readonly subject: string;
      readonly text: string;
      readonly language: string;
      /** `NO-2026-0042`: mails of one incident are one thread. */
      readonly thread: string;
      readonly isUrgent: boolean;
    };

/** What is asked of a provider about an intent that nobody knows the end of. */
export interface LookUpQuestion {
  readonly ref: string;
  readonly to: string;
  readonly content: Content;
  /** When the intent was committed, in milliseconds since 1970. */
  readonly claimedAt: number;
}

/**
 * One provider of one addressed channel. It never throws for what a provider may legitimately say or not say: that is an
 * outcome. A throw is a bug of ours.
 *
 * @source style §5; invariants §4
 */
export interface Channel {
  readonly channel: AddressedChannel;
  /** The provider's name, as gates and attempts know it: `twilio`, `smtp`. */
  readonly provider: string;
  /** Resolves within the limits of {@link CallLimits}, whatever happens. */
  send(message: OutgoingMessage): Promise<Outcome>;
  lookUp(question: LookUpQuestion): Promise<LookUp>;
  close(): Promise<void>;
}

/** No provider call lasts longer; the lease is three times this. @source invariants §2.4 */
export const providerCallMs = 10_000;

/** How long a channel waits, in milliseconds. */
export interface CallLimits {
  /** For a connection, the look-up of its name and its encryption included. */
  readonly connectMs: number;
  /** For the whole call; of a mail, up to its final dot. */
  readonly callMs: number;
  /** For the reply after a mail's final dot. */
  readonly replyMs: number;
}

/**
 * The limits of a program. RFC 5321 §4.5.3.2.6 lets the reply after the final dot take ten minutes: the row's lease ends long
 * before, as ambiguous, and a late reply settles it all the same.
 *
 * @source invariants §2.4
 */
export const callLimits: CallLimits = {
  connectMs: 3_000,
  callMs: providerCallMs,
  replyMs: 600_000,
};
