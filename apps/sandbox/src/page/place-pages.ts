import { mostPerPlace } from '../phones/phone-list';
import type { StoredMail } from '../smtp/mail-store';
import type { MailView } from '../smtp/mail-view';
import type { StoredMessage } from '../twilio/message-store';
import { html } from './html';
import { boxLink, bubble, mailLine, mailPath, time } from './parts';
import type { Page } from './send-page';

/** One phone, as its owner sees it. */
export const phonePage = (number: string, messages: readonly StoredMessage[]): Page => ({
  title: `Phone ${number}`,
  isLive: true,
  main: html`<h1>Phone ${number}</h1>
    <section data-live="messages" aria-label="Messages">
      ${
        messages.length === 0
          ? html`<p>This phone has received nothing.</p>`
          : html`<ol class="bubbles" reversed>
              ${messages.map(bubble)}
            </ol>`
      }
      ${messages.length === mostPerPlace ? html`<p class="quiet">The latest ${mostPerPlace}.</p>` : html``}
    </section>`,
});

/** One mailbox, as its owner sees it. */
export const mailboxPage = (address: string, mails: readonly StoredMail[]): Page => ({
  title: `Mailbox ${address}`,
  isLive: true,
  main: html`<h1>Mailbox ${address}</h1>
    <section data-live="mails" aria-label="Mails">
      ${
        mails.length === 0
          ? html`<p>This mailbox has received nothing.</p>`
          : html`<ol reversed>
              ${mails.map((mail) => html`<li>${mailLine(mail)}</li>`)}
            </ol>`
      }
      ${mails.length === mostPerPlace ? html`<p class="quiet">The latest ${mostPerPlace}.</p>` : html``}
    </section>`,
});

/** One mail: as text, as its HTML in a frame without scripts, and its header fields. */
export const mailPage = (mail: StoredMail, view: MailView): Page => ({
  title: view.subject,
  main: html`<p>${boxLink(mail.to)}</p>
    <h1>${view.subject}</h1>
    <p>From ${view.from}, ${time(mail.at)}, taken as ${mail.queueId}</p>
    <pre>${view.text}</pre>
    ${
      view.html === undefined
        ? html``
        : html`<h2>As HTML</h2>
            <iframe sandbox title="The mail as HTML" src="${mailPath(mail)}/html"></iframe>`
    }
    <h2>Header</h2>
    <pre>${view.headers.join('\n')}</pre>`,
});
