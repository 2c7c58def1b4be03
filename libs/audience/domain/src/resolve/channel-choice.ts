import type { RecipientClass, UnreachableReason } from '../vocabulary';
import type { OptOutTopic, PreferredChannel } from '../import/words';
import { messageChannels, type MessageChannel } from './world';

/** What decides on which channels a contact is told. */
export interface ChoiceFacts {
  readonly class: RecipientClass;
  /** The contact's own order; empty: nobody said, so all that we have. */
  readonly order: readonly PreferredChannel[];
  /** Channels for which there is a valid address. */
  readonly addresses: readonly MessageChannel[];
  /** Channels that run through the fault. */
  readonly throughTheFault: readonly MessageChannel[];
  readonly optOuts: readonly string[];
  readonly topic: OptOutTopic;
  /** About life and health: emergency calls do not work. */
  readonly isSafety: boolean;
}

/** On what somebody is told, or why on nothing. */
export type Choice =
  { readonly channels: readonly MessageChannel[] } | { readonly reason: UnreachableReason };

const isMessageChannel = (channel: PreferredChannel): channel is MessageChannel =>
  (messageChannels as readonly PreferredChannel[]).includes(channel);

/** May somebody of this class say no to this? Classes 0 and 1 and safety messages are told whatever was said. */
export const mayOptOut = (recipientClass: RecipientClass, isSafety: boolean): boolean =>
  recipientClass >= 2 && !isSafety;

/**
 * The first usable channel in the contact's order; for a safety message the first two, which share no path, since the one is
 * the mobile network and the other the internet. `phone`, `push` and `webhook` are passed over: no text of ours has an
 * address there yet.
 *
 * @source invariants §2.5, *On what* and *Opt-out*; DL-14
 */
export function chooseChannels(facts: ChoiceFacts): Choice {
  if (mayOptOut(facts.class, facts.isSafety) && facts.optOuts.includes(facts.topic)) {
    return { reason: 'opted-out' };
  }
  const order: readonly PreferredChannel[] = facts.order.length > 0 ? facts.order : messageChannels;
  const wished = [...new Set(order.filter(isMessageChannel))];
  if (wished.length === 0) return { reason: 'no-channel' };
  const addressed = wished.filter((channel) => facts.addresses.includes(channel));
  if (addressed.length === 0) return { reason: 'no-address' };
  const usable = addressed.filter((channel) => !facts.throughTheFault.includes(channel));
  if (usable.length === 0) return { reason: 'through-the-fault' };
  return { channels: usable.slice(0, facts.isSafety ? 2 : 1) };
}
