import type { PageOf } from './page-of';
import { isServiceSid } from './service-sid';
import type { FoundMessages } from './message-lookup';
import type { StoredMessage } from './message-store';

/** The path of an account's messages, without `.json`. */
export const messagesPath = (accountSid: string): string =>
  `/2010-04-01/Accounts/${accountSid}/Messages`;

/** RFC 2822 with whole seconds, as Twilio writes times. */
const rfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

/** A message as the API shows it. No price is ever known. */
export function messageResource(accountSid: string, message: StoredMessage) {
  const isService = isServiceSid(message.from);
  const created = rfc2822(message.createdAt);
  const isSent = message.status !== 'queued' && message.status !== 'sending';
  return {
    sid: message.sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: created,
    date_sent: isSent ? created : null,
    date_updated: created,
    direction: 'outbound-api',
    error_code: message.errorCode,
    error_message: null,
    from: isService ? null : message.from,
    messaging_service_sid: isService ? message.from : null,
    num_media: '0',
    num_segments: String(message.segments),
    price: null,
    price_unit: 'USD',
    status: message.status,
    subresource_uris: { media: `${messagesPath(accountSid)}/${message.sid}/Media.json` },
    to: message.to,
    uri: `${messagesPath(accountSid)}/${message.sid}.json`,
  };
}

const largestPage = 1000;
const usualPage = 50;

/** Reads `To`, `Page` and `PageSize` of a list; what is not a number counts as left out. */
export function readPageOf(query: URLSearchParams): PageOf {
  const whole = (name: string): number | undefined => {
    const value = query.get(name) ?? '';
    return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  };
  return {
    to: query.get('To') ?? undefined,
    page: whole('Page') ?? 0,
    pageSize: Math.min(Math.max(whole('PageSize') ?? usualPage, 1), largestPage),
  };
}

/** A page of a list as the API shows it, newest first. */
export function messageList(
  accountSid: string,
  { to, page, pageSize }: PageOf,
  { messages, hasMore }: FoundMessages,
) {
  const uriOf = (n: number): string => {
    const query = new URLSearchParams({
      ...(to === undefined ? {} : { To: to }),
      PageSize: String(pageSize),
      Page: String(n),
    });
    return `${messagesPath(accountSid)}.json?${query.toString()}`;
  };
  return {
    messages: messages.map((message) => messageResource(accountSid, message)),
    page,
    page_size: pageSize,
    start: page * pageSize,
    end: page * pageSize + Math.max(messages.length - 1, 0),
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: hasMore ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  };
}
