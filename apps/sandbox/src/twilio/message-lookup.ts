import type { Instant } from '@varde/kernel';
import type { PageOf } from './page-of';
import type { MessageStore, StoredMessage } from './message-store';

/** A page of what a look-up finds, newest first. */
export interface FoundMessages {
  readonly messages: readonly StoredMessage[];
  readonly hasMore: boolean;
}

/** What a list shows now: a message in the mood `showLateMs` is taken and yet not shown. */
export function lookUpMessages(
  store: MessageStore,
  { to, page, pageSize }: PageOf,
  now: Instant,
): FoundMessages {
  const found: StoredMessage[] = [];
  let skipped = 0;
  for (const n of store.newestFirst(to)) {
    if (!store.isShown(n, now)) continue;
    if (skipped < page * pageSize) skipped += 1;
    else if (found.push(store.at(n)) > pageSize) break;
  }
  return { messages: found.slice(0, pageSize), hasMore: found.length > pageSize };
}

/** The message with this id, unless it is not shown yet. */
export function lookUpMessage(
  store: MessageStore,
  sid: string,
  now: Instant,
): StoredMessage | undefined {
  const message = store.bySid(sid);
  return message && store.isShown(message.n, now) ? message : undefined;
}
