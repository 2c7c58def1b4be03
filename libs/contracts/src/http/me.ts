import { z } from 'zod';
import { countries } from '@varde/incident-domain/vocabulary';
import { instantText } from '../events/incident';
import type { Frozen } from './fields';

/** The person behind the sign-in, as our own records know them. */
export const meView = z.object({
  personId: z.uuid(),
  name: z.string(),
  held: z
    .array(z.object({ role: z.string(), country: z.enum(countries).optional() }))
    .describe('without a country it counts in all'),
  permissions: z.array(z.string()),
  isFresh: z.boolean().describe('good for approve and release right now'),
  signedInAt: instantText.nullable(),
});
/** See {@link meView}. */
export type Me = Frozen<z.infer<typeof meView>>;
