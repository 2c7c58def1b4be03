import { z } from 'zod';
import type { FieldFault } from './field-faults';
import { instantField, limitField, reasonField, severalOf } from './fields';
import { idOrNumber } from './incident-acts';

const wrong = (says: string): Pick<FieldFault, 'kind' | 'says'> => ({ kind: 'wrong', says });

/** A field's schema, what was sent for it, and what a person reads. */
export const fieldFaultCases: readonly {
  readonly what: string;
  readonly schema: z.ZodType;
  readonly sent: unknown;
  readonly told: Pick<FieldFault, 'kind' | 'says'>;
}[] = [
  {
    what: 'a reason that is too short',
    schema: reasonField,
    sent: ' x ',
    told: wrong('It needs at least 3 characters.'),
  },
  {
    what: 'a reason that is too long',
    schema: reasonField,
    sent: 'x'.repeat(501),
    told: wrong('It may have at most 500 characters.'),
  },
  {
    what: 'an empty text',
    schema: z.string().min(1),
    sent: '',
    told: wrong('It must not be empty.'),
  },
  {
    what: 'an unknown word',
    schema: z.enum(['sms', 'email']),
    sent: 'warp',
    told: wrong('It must be one of sms, email.'),
  },
  {
    what: 'another word than the only one',
    schema: z.literal('*'),
    sent: 'x',
    told: wrong('It must be *.'),
  },
  {
    what: 'an unknown word where several may stand',
    schema: severalOf(['held', 'pending']),
    sent: 'over',
    told: wrong('It must be one of held, pending.'),
  },
  {
    what: 'a missing word',
    schema: z.enum(['sms', 'email']),
    sent: undefined,
    told: { kind: 'missing', says: 'It is missing.' },
  },
  {
    what: 'a missing text',
    schema: reasonField,
    sent: undefined,
    told: { kind: 'missing', says: 'It is missing.' },
  },
  { what: 'a number for a text', schema: reasonField, sent: 7, told: wrong('It must be text.') },
  {
    what: 'a word for a number',
    schema: limitField,
    sent: 'many',
    told: wrong('It must be a number.'),
  },
  { what: 'a half', schema: limitField, sent: 1.5, told: wrong('It must be a whole number.') },
  { what: 'too few', schema: limitField, sent: 0, told: wrong('It must be at least 1.') },
  { what: 'too many', schema: limitField, sent: 201, told: wrong('It must be at most 200.') },
  {
    what: 'an empty list',
    schema: z.array(z.string()).min(1),
    sent: [],
    told: wrong('It must name at least one.'),
  },
  {
    what: 'a list that is too long',
    schema: z.array(z.string()).max(2),
    sent: ['a', 'b', 'c'],
    told: wrong('It may name at most 2.'),
  },
  {
    what: 'a text for a list',
    schema: z.array(z.string()),
    sent: 'a',
    told: wrong('It must be a list.'),
  },
  {
    what: 'a list for an object',
    schema: z.strictObject({}),
    sent: [],
    told: wrong('It must be an object with fields.'),
  },
  {
    what: 'a word for a yes',
    schema: z.boolean(),
    sent: 'yes',
    told: wrong('It must be true or false.'),
  },
  {
    what: 'no id',
    schema: z.uuid(),
    sent: 'x',
    told: wrong('It must be an id, such as 0f0e0d0c-0000-4000-8000-000000000007.'),
  },
  {
    what: 'neither an id nor a number of an incident',
    schema: idOrNumber,
    sent: 'the-big-one',
    told: wrong('It must be the id of an incident, or its number, such as NO-2026-0042.'),
  },
  {
    what: 'another form',
    schema: z.string().regex(/^[a-z]$/),
    sent: '1',
    told: wrong('It is not written as it must be.'),
  },
  {
    what: 'a time without its offset, in the contract’s own words',
    schema: instantField,
    sent: '2026-11-25T03:12:00',
    told: wrong('A time must be written like 2026-11-25T03:12:00+01:00, with its offset.'),
  },
];
