import { z } from 'zod';
import { countries, dialects, modes, sourceRights } from '@varde/incident-domain/vocabulary';
import type { Frozen } from './fields';

const source = {
  id: z
    .string()
    .regex(/^\S{1,200}$/)
    .describe('the `ce_source`, or any name where the dialect has no headers'),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,249}$/)
    .describe('where it publishes'),
  dialect: z.enum(dialects),
  country: z.enum(countries),
};

/** Registers a network system or a desk, or changes one. Registering what is already so changes nothing. */
export const registerSource = z.strictObject({
  ...source,
  mode: z.enum(modes).describe('of records that do not say their own'),
  rights: z.array(z.enum(sourceRights)).min(1).max(2),
  active: z.boolean().default(true),
  causeNumbers: z
    .record(z.string().regex(/^\d{1,9}$/), z.string().min(1).max(100))
    .optional()
    .describe('what the vendor’s numbers of causes mean; left out: as they are, {}: none'),
});
/** See {@link registerSource}; parsed. */
export type RegisterSource = z.infer<typeof registerSource>;
/** See {@link registerSource}; as it is sent. */
export type RegisterSourceBody = z.input<typeof registerSource>;

/** A registered source. */
export const sourceView = z.object({
  ...source,
  id: z.string(),
  topic: z.string(),
  mode: z.enum(modes),
  rights: z.array(z.enum(sourceRights)),
  active: z.boolean(),
  causeNumbers: z.record(z.string(), z.string()).optional(),
});
/** See {@link sourceView}. */
export type SourceView = Frozen<z.infer<typeof sourceView>>;

/** Every registered source, by id. */
export const sourceList = z.object({ sources: z.array(sourceView) });
/** See {@link sourceList}. */
export type SourceList = Frozen<z.infer<typeof sourceList>>;
