import { createHmac } from 'node:crypto';

/**
 * `X-Twilio-Signature` of a callback: Base64 of HMAC-SHA1 over the exact URL and every parameter, sorted by name, with
 * nothing in between.
 *
 * @param url  with its query, exactly as the receiver's configuration says it
 * @source `standards.md` §4.3
 */
export function twilioSignature(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, name) => text + name + (parameters[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
