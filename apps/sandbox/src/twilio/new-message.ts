import { isServiceSid } from './service-sid';
import type { TwilioErrorCode } from './twilio-errors';

/** A message as the sender asked for it, checked. */
export interface NewMessage {
  /** E.164. */
  readonly to: string;
  /** Number or name that the phone shows; the service's id when the sender left the choice to the provider. */
  readonly from: string;
  readonly body: string;
  /** Where receipts go; empty when none are wanted. */
  readonly statusCallback: string;
  /** Seconds after which the message is worth nothing; 0 when the sender did not say. */
  readonly validitySeconds: number;
}

const e164 = /^\+[1-9]\d{6,14}$/;
const senderName = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const shortNumber = /^\d{3,8}$/;
const longestBody = 1600;

const isSender = (from: string): boolean =>
  e164.test(from) || senderName.test(from) || shortNumber.test(from) || isServiceSid(from);

/** Does the URL lead to this machine? The double calls nobody else, whatever a test says. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return isLoopback && (protocol === 'http:' || protocol === 'https:');
}

/** Checks a form as Twilio does: the message, or the code of what is wrong with it. */
export function readNewMessage(form: URLSearchParams): NewMessage | TwilioErrorCode {
  const to = form.get('To') ?? '';
  const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
  const body = form.get('Body') ?? '';
  const statusCallback = form.get('StatusCallback') ?? '';
  if (to === '') return 21604;
  if (!e164.test(to)) return 21211;
  if (from === '') return 21603;
  if (!isSender(from)) return 21212;
  if (body === '') return 21602;
  if (body.length > longestBody) return 21617;
  if (statusCallback !== '' && !isLoopbackUrl(statusCallback)) return 21609;
  return {
    to,
    from,
    body,
    statusCallback,
    validitySeconds: Number(form.get('ValidityPeriod') ?? 0),
  };
}

/** How the ledger names a delivery: the callback's path and query, which carry the product's own reference. */
export function deliveryRef(statusCallback: string): string {
  if (statusCallback === '') return '';
  const { pathname, search } = new URL(statusCallback);
  return pathname + search;
}
