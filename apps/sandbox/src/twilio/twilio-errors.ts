/**
 * What Twilio answers instead of a message: its code, the HTTP status and its sentence in our words.
 *
 * @source `standards.md` §4.3; Twilio's error dictionary
 */
export const twilioErrors = {
  20003: [401, 'Authenticate: the account SID or the auth token is wrong'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too many requests: wait and send again'],
  20500: [500, 'An internal server error has occurred'],
  21211: [400, "The 'To' number is not a valid phone number"],
  21212: [400, "The 'From' number or sender is not valid"],
  21408: [400, "Permission to send an SMS to the region of the 'To' number is not enabled"],
  21602: [400, 'Message body is required'],
  21603: [400, "A 'From' sender or a 'MessagingServiceSid' is required"],
  21604: [400, "A 'To' phone number is required"],
  21606: [400, "The 'From' number is not valid for this account"],
  21609: [400, "The 'StatusCallback' URL is not a valid URL (the sandbox calls loopback only)"],
  21610: [400, 'The recipient has opted out of messages from this sender'],
  21611: [429, "The 'From' number has too many messages in its queue"],
  21612: [400, "The 'To' number cannot be reached with this 'From' sender"],
  21614: [400, "The 'To' number is not a mobile number"],
  21617: [400, 'The message body exceeds the limit of 1600 characters'],
  30001: [429, 'The queue is full'],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

/** A code of {@link twilioErrors}. */
export type TwilioErrorCode = keyof typeof twilioErrors;

/** All codes that the sandbox can answer with. */
export const twilioErrorCodes = Object.keys(twilioErrors).map(Number) as TwilioErrorCode[];

/** The body of an error answer. */
export interface TwilioError {
  readonly code: number;
  readonly message: string;
  readonly more_info: string;
  readonly status: number;
}

/** The error answer for a code. */
export function twilioError(code: TwilioErrorCode): TwilioError {
  const [status, message] = twilioErrors[code];
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
