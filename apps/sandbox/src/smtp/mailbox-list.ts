import { mostPerPlace, mostPlaces } from '../phones/phone-list';
import type { MailStore, StoredMail } from './mail-store';

const farthestBack = 5000;

/** The newest mail of each mailbox, newest mailbox first. */
export function newestMailboxes(store: MailStore): StoredMail[] {
  const seen = new Map<string, StoredMail>();
  let looked = 0;
  for (const n of store.newestFirst()) {
    if (seen.size === mostPlaces || (looked += 1) > farthestBack) break;
    const mail = store.at(n);
    if (mail && !seen.has(mail.to)) seen.set(mail.to, mail);
  }
  return [...seen.values()];
}

/** What one mailbox has received, newest first. */
export function mailsOf(store: MailStore, address: string): StoredMail[] {
  const found: StoredMail[] = [];
  for (const n of store.newestFirst(address)) {
    const mail = store.at(n);
    if (mail && found.push(mail) === mostPerPlace) break;
  }
  return found;
}
