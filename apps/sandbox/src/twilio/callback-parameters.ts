import type { StoredMessage } from './message-store';
import type { PlannedReceipt } from './receipt-plan';

const serviceSid = /^MG[0-9a-f]{32}$/;

/** Did the sender leave the choice of a number to a messaging service? */
export const isServiceSid = (from: string): boolean => serviceSid.test(from);

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
