import { isServiceSid } from './service-sid';
import type { StoredMessage } from './message-store';
import type { PlannedReceipt } from './receipt-plan';

/**
 * The parameters of a status callback.
 *
 * @source `standards.md` §4.3
 */
export function callbackParameters(
  accountSid: string,
  { sid, to, from }: StoredMessage,
  { status, errorCode }: PlannedReceipt,
): Record<string, string> {
  const isService = isServiceSid(from);
  return {
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: accountSid,
    From: isService ? 'Varde' : from,
    To: to,
    ApiVersion: '2010-04-01',
    ...(isService ? { MessagingServiceSid: from } : {}),
    ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
  };
}
