import { readableSubject } from '../smtp/readable-subject';
import type { StoredMail } from '../smtp/mail-store';
import type { StoredMessage } from '../twilio/message-store';
import { html, type Html } from './html';

/** A time as people and programs read it. */
export const time = (at: number): Html => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
};

/** A number that leads to its phone. */
export const phoneLink = (to: string): Html =>
  html`<a href="/phones/${encodeURIComponent(to)}">${to}</a>`;

/** An address that leads to its mailbox. */
export const boxLink = (to: string): Html =>
  html`<a href="/mailboxes/${encodeURIComponent(to)}">${to}</a>`;

/** Where a mail is shown. */
export const mailPath = ({ to, n }: StoredMail): string =>
  `/mailboxes/${encodeURIComponent(to)}/${n}`;

/** An SMS as it stands on a phone. */
export const bubble = ({ from, body, createdAt, status, segments }: StoredMessage): Html =>
  html`<li>
    <span class="quiet"
      >${from}, ${time(createdAt)}, ${status}, ${segments}
      ${segments === 1 ? 'part' : 'parts'}</span
    >
    <p>${body}</p>
  </li>`;

/** A mail as it stands in a mailbox. */
export const mailLine = (mail: StoredMail): Html =>
  html`<a href="${mailPath(mail)}">${readableSubject(mail.subject)}</a>
    <span class="quiet">${time(mail.at)}</span>`;
