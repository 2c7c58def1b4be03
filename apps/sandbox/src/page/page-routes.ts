import type { ServerResponse } from 'node:http';
import type { ClockState } from '../clock/test-clock';
import { BadRequest } from '../http/exchange';
import { route, type Route } from '../http/router';
import { messagesOf, newestPhones } from '../phones/phone-list';
import type { StoredMail } from '../smtp/mail-store';
import { viewMail, type MailView } from '../smtp/mail-view';
import { mailsOf, newestMailboxes } from '../smtp/mailbox-list';
import type { World } from '../world';
import { pageCss, pageScript } from './assets';
import { pageHeaders, sendPage } from './send-page';
import { mailboxPage, mailPage, phonePage } from './place-pages';
import { worldPage, type WorldView } from './world-page';

/** What a person looks at: PG-32. */
export const pageRoutes = (world: World): Route[] => [
  route('GET', '/', async ({ response }) =>
    sendPage(response, 200, worldPage(await viewOf(world))),
  ),
  route('GET', '/health', ({ response }) => sendText(response, 'text/plain', 'ready')),
  route('GET', '/assets/page.css', ({ response }) => sendText(response, 'text/css', pageCss)),
  route('GET', '/assets/page.js', ({ response }) =>
    sendText(response, 'text/javascript', pageScript),
  ),
  route('GET', '/phones', ({ response, query }) =>
    seeOther(response, `/phones/${asked(query, 'number')}`),
  ),
  route('GET', '/phones/:number', ({ response, caught: [number = ''] }) =>
    sendPage(response, 200, phonePage(number, messagesOf(world.twilio.store, number))),
  ),
  route('GET', '/mailboxes', ({ response, query }) =>
    seeOther(response, `/mailboxes/${asked(query, 'address')}`),
  ),
  route('GET', '/mailboxes/:address', ({ response, caught: [address = ''] }) =>
    sendPage(response, 200, mailboxPage(address, mailsOf(world.smtp.store, address))),
  ),
  route('GET', '/mailboxes/:address/:n', async ({ response, caught }) => {
    const [mail, view] = await openMail(world, caught);
    sendPage(response, 200, mailPage(mail, view));
  }),
  route('GET', '/mailboxes/:address/:n/html', async ({ response, caught }) => {
    const [, view] = await openMail(world, caught);
    response.writeHead(200, { ...pageHeaders, 'content-security-policy': mailPolicy });
    response.end(view.html ?? '');
  }),
];

/** A mail may bring its own look, but runs nothing, loads nothing and belongs to nobody. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

async function viewOf({ twilio, smtp, testClock }: World): Promise<WorldView> {
  return {
    sms: twilio.ledger.totals(),
    email: smtp.ledger.totals(),
    receipts: twilio.receipts.counts(),
    violationCount: smtp.violations.length,
    phones: newestPhones(twilio.store),
    mailboxes: newestMailboxes(smtp.store),
    moods: { sms: twilio.moods.settings, email: smtp.moods.settings },
    clock: await testClock?.read().catch(unreadable),
  };
}

const unreadable = (error: unknown): ClockState | string =>
  `The clock cannot be read: ${error instanceof Error ? error.message : String(error)}`;

async function openMail(
  world: World,
  [address, n]: readonly string[],
): Promise<[StoredMail, MailView]> {
  const mail = world.smtp.store.at(Number(n));
  if (!mail || mail.to !== address)
    throw new BadRequest(`There is no mail ${n} to ${address}.`, 404);
  if (!mail.raw)
    throw new BadRequest(
      'Newer mail has taken the place of its bytes; only the log remembers it.',
      410,
    );
  return [mail, await viewMail(mail.raw)];
}

const asked = (query: URLSearchParams, name: string): string =>
  encodeURIComponent((query.get(name) ?? '').trim());

function seeOther(response: ServerResponse, location: string): void {
  response.writeHead(303, { location });
  response.end();
}

function sendText(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
