import type { ClockState } from '../clock/test-clock';
import type { LedgerTotals } from '../ledger/ledger';
import { mostPlaces } from '../phones/phone-list';
import type { StoredMail } from '../smtp/mail-store';
import type { StoredMessage } from '../twilio/message-store';
import type { ReceiptCounts } from '../twilio/receipts';
import { html, type Html } from './html';
import { boxLink, bubble, mailLine, phoneLink } from './parts';
import type { Page } from './send-page';

/** What the front page shows. */
export interface WorldView {
  readonly sms: LedgerTotals;
  readonly email: LedgerTotals;
  readonly receipts: ReceiptCounts;
  readonly violationCount: number;
  readonly phones: readonly StoredMessage[];
  readonly mailboxes: readonly StoredMail[];
  readonly moods: Readonly<Record<'sms' | 'email', object>>;
  /** Absent without a database; a sentence when it cannot be read. */
  readonly clock: ClockState | string | undefined;
}

/** The front page: counts, moods, clock, and who has heard something lately. */
export const worldPage = (view: WorldView): Page => ({
  title: 'The outside world',
  isLive: true,
  main: html`<h1>The outside world</h1>
    <section data-live="counts" aria-labelledby="counts">
      <h2 id="counts">What was taken</h2>
      ${counts(view)}
    </section>
    <section data-live="phones" aria-labelledby="phones">
      <h2 id="phones">Phones</h2>
      ${places(view.phones.map(phone), 'No phone has received anything yet. The first SMS shows up here.')}
    </section>
    ${finder('/phones', 'number', 'Another phone')}
    <section data-live="mailboxes" aria-labelledby="mailboxes">
      <h2 id="mailboxes">Mailboxes</h2>
      ${places(view.mailboxes.map(mailbox), 'No mailbox has received anything yet. The first mail shows up here.')}
    </section>
    ${finder('/mailboxes', 'address', 'Another mailbox')}
    <section data-live="moods" aria-labelledby="moods">
      <h2 id="moods">Moods</h2>
      ${moods(view)}
    </section>
    <section data-live="clock" aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      ${clock(view.clock)}
    </section>`,
});

const counts = ({ sms, email, receipts, violationCount }: WorldView): Html =>
  html`<table>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Accepted</th>
          <th scope="col">Recipients</th>
          <th scope="col">Deliveries doubled</th>
          <th scope="col">Same text doubled</th>
        </tr>
      </thead>
      <tbody>
        ${[countRow('SMS', sms), countRow('E-mail', email)]}
      </tbody>
    </table>
    <p>
      Receipts: ${receipts.taken} taken, ${receipts.refused} refused, ${receipts.lost} given up,
      ${receipts.waiting} messages with more to come. Mails with something wrong: ${violationCount}.
    </p>`;

const countRow = (kind: string, totals: LedgerTotals): Html =>
  html`<tr>
    <th scope="row">${kind}</th>
    <td>${totals.accepted}</td>
    <td>${totals.recipients}</td>
    <td>${totals.doubledRefs}</td>
    <td>${totals.doubledPairs}</td>
  </tr>`;

const places = (all: readonly Html[], none: string): Html =>
  all.length === 0
    ? html`<p>${none}</p>`
    : html`<ul class="places">
          ${all}
        </ul>
        ${all.length === mostPlaces ? html`<p class="quiet">The latest ${mostPlaces}.</p>` : html``}`;

const phone = (message: StoredMessage): Html =>
  html`<li>
    ${phoneLink(message.to)}
    <ul class="bubbles">
      ${bubble(message)}
    </ul>
  </li>`;

const mailbox = (mail: StoredMail): Html =>
  html`<li>
    ${boxLink(mail.to)}
    <p>${mailLine(mail)}</p>
  </li>`;

const finder = (action: string, name: string, label: string): Html =>
  html`<form class="find" action="${action}">
    <label>${label} <input name="${name}" required /></label><button>Show</button>
  </form>`;

const moods = ({ moods: { sms, email } }: WorldView): Html =>
  html`<p>
      Set them by <code>PUT /control/moods/sms</code> and <code>PUT /control/moods/email</code>.
    </p>
    <pre>${JSON.stringify({ sms, email }, null, 2)}</pre>`;

const clock = (state: WorldView['clock']): Html => {
  if (state === undefined)
    return html`<p>Real time. Without SANDBOX_DATABASE_URL it cannot be moved.</p>`;
  if (typeof state === 'string') return html`<p>${state}</p>`;
  const stands = state.frozenAt === null ? 'It runs' : `It stands at ${state.frozenAt}`;
  const behind =
    state.behind.length === 0 ? 'everybody follows' : `behind: ${state.behind.join(', ')}`;
  return html`<p>
    ${stands}, moved by ${state.shiftSeconds} s; ${behind}. Move it by
    <code>PUT /control/clock</code>.
  </p>`;
};
