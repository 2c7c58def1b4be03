import { z } from 'zod';
import { twilioErrorCodes } from '../twilio/twilio-errors';

/** Statuses that a receipt can carry, in the order in which a message goes through them. */
export const receiptStatuses = [
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'read',
] as const;

/** Whom a rule is about. Of all rules that match, each field is taken from the first that sets it. */
const scope = {
  to: z.string().optional().describe('Only this number or address; everybody when left out'),
  sharePercent: z.number().min(0).max(100).default(100).describe('How many of those it hits'),
  times: z.int().positive().optional().describe('Spent after so many hits; never when left out'),
};

const milliseconds = z.int().min(0).max(600_000);

const smsRule = z.strictObject({
  ...scope,
  answer: z
    .enum([
      'normal',
      '429',
      '500-before',
      '500-after',
      'hang-after',
      'slow',
      'reset-before',
      'reset-after',
      'refuse',
    ])
    .optional()
    .describe(
      'before and after: the message is not, or is, taken before the sender sees the trouble',
    ),
  slowMs: milliseconds.optional().describe('With `slow`: taken at once, answered after so long'),
  refuseCode: z
    .literal(twilioErrorCodes)
    .optional()
    .describe("With `refuse`: Twilio's code, 21610 (opted out) when left out"),
  receipts: z
    .enum(['normal', 'early', 'late', 'twice', 'reversed', 'never', 'forged'])
    .optional()
    .describe('early: before the 201. forged: signed with another token, and no good one follows'),
  lateMs: milliseconds.optional().describe('With `late`: the first receipt comes after so long'),
  statuses: z.array(z.enum(receiptStatuses)).min(1).optional().describe('Which receipts come'),
  errorCode: z.int().optional().describe('ErrorCode in the last receipt'),
  showLateMs: milliseconds.optional().describe('Look-ups show the message only after so long'),
});

const emailRule = z.strictObject({
  ...scope,
  refuseAt: z.enum(['rcpt', 'data']).optional().describe('data: after the final dot, not taken'),
  refuseWith: z.int().min(400).max(599).optional().describe('The reply code, 450 when left out'),
  drop: z
    .enum(['after-dot-taken', 'after-dot-not-taken', 'after-reply'])
    .optional()
    .describe('When the connection is cut; after-reply is a server that closes what is idle'),
  hangAt: z
    .enum(['rcpt', 'data', 'dot', 'quit'])
    .optional()
    .describe('The reply never comes; at the dot the mail is taken'),
  slowMs: milliseconds
    .optional()
    .describe('The reply to the dot comes after so long; taken at once'),
});

const settings = {
  seed: z.int().default(1).describe('Shares are drawn from it: the same seed, the same draws'),
  perSecond: z.int().positive().optional().describe('What is over it is turned away, not taken'),
};

/** `PUT /control/moods/sms`: how the telephone world misbehaves. An empty object is good weather. */
export const smsMoods = z.strictObject({
  ...settings,
  rules: z.array(smsRule).default([]),
  statuses: z
    .array(z.enum(receiptStatuses))
    .min(1)
    .default(['sending', 'sent', 'delivered'])
    .describe('The receipts of every message that no rule says otherwise of'),
  retryMs: z
    .array(milliseconds)
    .max(10)
    .default([1000, 5000])
    .describe('A receipt that was not answered 2xx comes again after these pauses'),
});

/** `PUT /control/moods/email`: how the mail world misbehaves. */
export const emailMoods = z.strictObject({
  ...settings,
  rules: z.array(emailRule).default([]),
  connection: z
    .strictObject({
      hangAt: z.enum(['greeting', 'ehlo', 'mail']),
      sharePercent: scope.sharePercent,
      times: scope.times,
    })
    .optional()
    .describe('What happens before a recipient is known'),
});

/** Settings of the telephone world, checked. */
export type SmsMoods = z.infer<typeof smsMoods>;
/** Settings of the mail world, checked. */
export type EmailMoods = z.infer<typeof emailMoods>;
/** What happens to one SMS. */
export type SmsMood = SmsMoods['rules'][number];
/** What happens to one mail. */
export type EmailMood = EmailMoods['rules'][number];
