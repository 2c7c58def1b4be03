import { z } from 'zod';
import { refusalReasons } from '@varde/incident-domain/vocabulary';
import { instantText } from '../events/incident';
import { limitField, type Frozen } from './fields';

/** How the intake stands. */
export const intakeStatus = z.object({
  offsets: z.array(
    z.object({
      consumer: z.string(),
      topic: z.string(),
      partition: z.int(),
      nextOffset: z.string(),
      movedAt: instantText,
      lag: z.int().nullable().describe('null: not known here, the broker would have to be asked'),
    }),
  ),
  gaps: z
    .array(
      z.object({
        consumer: z.string(),
        topic: z.string(),
        partition: z.int(),
        expectedOffset: z.string(),
        lowWaterMark: z.string(),
        noticedAt: instantText,
      }),
    )
    .describe('what the broker threw away before we had it (I-2)'),
  counted: z
    .array(z.object({ source: z.string(), what: z.string(), count: z.int(), lastAt: instantText }))
    .describe('acknowledged and counted, not stored: heartbeats, measurements'),
  deadLettersOpen: z.int(),
  reportsWaiting: z.int().describe('came before their raise and wait for it'),
  factsFailed: z.int().describe('internal facts that a handler of ours could not take'),
});
/** See {@link intakeStatus}. */
export type IntakeStatus = Frozen<z.infer<typeof intakeStatus>>;

/** How many dead letters a list shows. */
export const deadLetterFilter = z.strictObject({ limit: limitField });
/** See {@link deadLetterFilter}. */
export type DeadLetterQuery = z.infer<typeof deadLetterFilter>;

/** An event that could not be taken. Its bytes stay in the table (S-27). */
export const deadLetterView = z.object({
  n: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.string(),
  part: z.int(),
  source: z.string().nullable(),
  eventId: z.string().nullable(),
  reason: z.enum([...refusalReasons, 'handler-failed']),
  detail: z.string(),
  at: instantText,
});
/** See {@link deadLetterView}. */
export type DeadLetterView = Frozen<z.infer<typeof deadLetterView>>;

/** Dead letters that nobody has played again, newest first. */
export const deadLetterList = z.object({ deadLetters: z.array(deadLetterView) });
/** See {@link deadLetterList}. */
export type DeadLetterList = Frozen<z.infer<typeof deadLetterList>>;

/** The number of a dead letter in an address. */
export const deadLetterNumber = z.string().regex(/^[1-9]\d{0,17}$/);

/** What became of an event that was played again. */
export const replayed = z.object({
  n: z.string(),
  outcome: z.enum(['applied', 'older', 'parked', 'without-effect', 'counted', 'duplicate']),
});
/** See {@link replayed}. */
export type Replayed = Frozen<z.infer<typeof replayed>>;
