import { z } from 'zod';
import { parseInstant } from '@varde/kernel';

/** A type and everything in it, not to be changed: what was read from a contract is a fact. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** A time in a request: RFC 3339 with its offset on the wire, an instant once it is parsed. */
export const instantField = z
  .string()
  .max(40)
  .meta({ format: 'date-time' })
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue({
      code: 'custom',
      message: 'A time must be written like 2026-11-25T03:12:00+01:00, with its offset.',
    });
    return z.NEVER;
  });

/** Why somebody does what they do, in a sentence that a colleague can use tomorrow. @source `experience.md` §14 */
export const reasonField = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .describe('why, in one sentence; kept with the act');

/** How many of the newest a list shows. */
export const limitField = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .describe('at most so many, newest first');

/** One or several words of a closed list in a query: `phase=held` or `phase=held&phase=pending`. */
export const severalOf = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z
    .union([z.enum(words), z.array(z.enum(words)).min(1)])
    .transform((found): Word[] => (Array.isArray(found) ? (found as Word[]) : [found]));

/** The body of an act that has nothing to say beyond its address. Anything in it is refused. */
export const nothing = z.strictObject({}).nullish();

/** What an act that changes one thing asks for. */
export const withReason = z.strictObject({ reason: reasonField });
/** See {@link withReason}. */
export type WithReason = z.infer<typeof withReason>;
