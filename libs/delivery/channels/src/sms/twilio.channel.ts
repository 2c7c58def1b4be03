import twilio from 'twilio';
import { Pool } from 'undici';
import { z } from 'zod';
import {
  askedPause,
  outcomeOfTwilio,
  stateOfReceipt,
  type LookUp,
  type Outcome,
} from '@varde/delivery-domain';
import {
  callLimits,
  type CallLimits,
  type Channel,
  type LookUpQuestion,
  type OutgoingMessage,
} from '../channel';
import { NoAnswer, TooMany, UndiciClient } from './undici-client';

/** Settings of the SMS channel by Twilio's Messages API. */
export const smsEnv = {
  VARDE_TWILIO_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.twilio.com')
    .describe("Twilio's API, or a compatible peer; default https://api.twilio.com"),
  VARDE_TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/)
    .describe('account that sends'),
  VARDE_TWILIO_AUTH_TOKEN: z.string().min(16).describe('secret: token of the account'),
  VARDE_TWILIO_PREVIOUS_AUTH_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('secret: the token before, valid for receipts during a rotation'),
  VARDE_SMS_SENDER: z
    .string()
    .regex(/^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$|^\+\d{8,15}$/)
    .default('Nettinfo')
    .describe(
      'sender name: at most 11 ASCII letters, digits and spaces; or a number; default Nettinfo',
    ),
  VARDE_CALLBACK_URL: z
    .url({ protocol: /^https?$/ })
    .describe("public address of the courier, from which the providers' receipts come in"),
  VARDE_SMS_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(32)
    .describe('connections to the provider; default 32'),
};

/** The SMS channel's settings, read. */
export type SmsConfig = z.infer<z.ZodObject<typeof smsEnv>>;

// Twilio stops trying after ten hours; a provider may hold a text no longer than it stays true.
const longestValiditySeconds = 36_000;
const listedAtOnce = 50;

/** SMS by Twilio's Messages API. Its POST has no idempotency key, so an unknown outcome is looked up and never repeated blindly. */
export function createSmsChannel(config: SmsConfig, limits: CallLimits = callLimits): Channel {
  const base = new URL(config.VARDE_TWILIO_URL);
  const pool = new Pool(base.origin, {
    connections: config.VARDE_SMS_CONNECTIONS,
    pipelining: 1,
    connect: { timeout: limits.connectMs },
  });
  // The SDK declares its own client class, private fields and all; what it calls is request().
  const httpClient = new UndiciClient(
    pool,
    base.pathname.replace(/\/$/, ''),
    limits.callMs,
  ) as unknown as twilio.RequestClient;
  const client = twilio(config.VARDE_TWILIO_ACCOUNT_SID, config.VARDE_TWILIO_AUTH_TOKEN, {
    httpClient,
  });
  // The SDK loads its classes when they are first named, for a fifth of a second: not while the first text is waiting.
  const { messages } = client;
  const callback = config.VARDE_CALLBACK_URL.replace(/\/$/, '');

  return {
    channel: 'sms',
    provider: 'twilio',
    async send(message: OutgoingMessage): Promise<Outcome> {
      if (message.content.kind !== 'sms') throw new Error('the SMS channel sends SMS');
      try {
        const created = await messages.create({
          to: message.to,
          from: config.VARDE_SMS_SENDER,
          body: message.content.text,
          ...(message.ref !== null && {
            statusCallback: `${callback}/callbacks/sms/${message.ref}`,
          }),
          validityPeriod: Math.max(1, Math.min(message.validForSeconds, longestValiditySeconds)),
          smartEncoded: false,
        });
        // Taken, most likely, but under no name that we could look up: nobody knows.
        return isReference(created.sid)
          ? { kind: 'accepted', providerRef: created.sid }
          : { kind: 'ambiguous', reason: 'no-answer' };
      } catch (cause) {
        return outcomeOfError(cause);
      }
    },
    async lookUp(question: LookUpQuestion): Promise<LookUp> {
      if (question.content.kind !== 'sms') throw new Error('the SMS channel looks up SMS');
      const body = question.content.text;
      const listed = await listedFor(messages, question.to);
      if (listed === 'no-answer' || listed === 'cannot-tell') return { kind: listed };
      const ours = listed.find(
        (one) => one.body === body && one.dateCreated.getTime() >= question.claimedAt - 2_000,
      );
      if (!ours)
        return listed.length < listedAtOnce ? { kind: 'missing' } : { kind: 'cannot-tell' };
      return {
        kind: 'found',
        providerRef: ours.sid,
        state: stateOfReceipt(ours.status) ?? 'accepted',
      };
    },
    close: () => pool.destroy(),
  };
}

/** A name that the provider gave a message: `SM` and 32 digits at Twilio, no longer elsewhere than a peer may make it. */
const isReference = (sid: unknown): boolean =>
  typeof sid === 'string' && /^[\w.-]{1,64}$/.test(sid);

type Listed = Awaited<ReturnType<twilio.Twilio['messages']['list']>>;

/** What the provider has for this number, newest first; or that it gave no list, or one that cannot be read. */
async function listedFor(
  messages: twilio.Twilio['messages'],
  to: string,
): Promise<Listed | 'no-answer' | 'cannot-tell'> {
  let listed: Listed;
  try {
    // By number only: what is not sent yet has no date, and a date filter would hide it.
    listed = await messages.list({ to, limit: listedAtOnce });
  } catch {
    // Nothing came, a refusal came, or something that the SDK cannot make a list of. None of them proves that it is missing.
    return 'no-answer';
  }
  const isReadable = listed.every(
    (one) =>
      isReference(one.sid) && typeof one.body === 'string' && one.dateCreated instanceof Date,
  );
  return isReadable ? listed : 'cannot-tell';
}

interface RestError {
  readonly status: number;
  readonly code?: number | string;
}

const isRestError = (cause: unknown): cause is RestError =>
  typeof (cause as Partial<RestError> | undefined)?.status === 'number';

function outcomeOfError(cause: unknown): Outcome {
  if (cause instanceof NoAnswer) {
    return cause.bytesSent
      ? { kind: 'ambiguous', reason: 'no-answer' }
      : { kind: 'deferred', reason: 'not-connected', called: false, retryAfterMs: 2_000 };
  }
  if (cause instanceof TooMany) {
    const retryAfterMs = askedPause(cause.asked);
    return outcomeOfTwilio({
      httpStatus: 429,
      code: undefined,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  if (!isRestError(cause)) throw cause;
  // A 2xx whose body is not what the SDK expects: taken, most likely. Looked up, never repeated.
  if (cause.status < 400) return { kind: 'ambiguous', reason: 'no-answer' };
  return outcomeOfTwilio({
    httpStatus: cause.status,
    code: cause.code === undefined ? undefined : Number(cause.code),
  });
}
