import type { MessageStore, StoredMessage } from '../twilio/message-store';

/** How many phones, or mailboxes, the page shows at once. */
export const mostPlaces = 60;
/** How many messages of one phone, or mailbox, the page shows. */
export const mostPerPlace = 50;

/** How far back the page looks for different phones: in a large dispatch each message has its own. */
const farthestBack = 5000;

/** The newest message of each phone, newest phone first. */
export function newestPhones(store: MessageStore): StoredMessage[] {
  const seen = new Map<string, StoredMessage>();
  let looked = 0;
  for (const n of store.newestFirst()) {
    if (seen.size === mostPlaces || (looked += 1) > farthestBack) break;
    const message = store.at(n);
    if (!seen.has(message.to)) seen.set(message.to, message);
  }
  return [...seen.values()];
}

/** What one phone has received, newest first. */
export function messagesOf(store: MessageStore, number: string): StoredMessage[] {
  const found: StoredMessage[] = [];
  for (const n of store.newestFirst(number)) {
    if (found.push(store.at(n)) === mostPerPlace) break;
  }
  return found;
}
