import { z } from 'zod';
import { snapshotGroups } from '@varde/audience-domain/vocabulary';

/**
 * A row of the view `audience_public.snapshot_member`, read by the engine (role varde_delivery) to make delivery rows. One
 * row is one address to be told on one channel.
 *
 * @source `architecture.md` §6
 */
export const snapshotMember = z.object({
  snapshot_id: z.uuid(),
  /** The contact whose address it is; of several with the same address the one with the most critical class. */
  contact_id: z.coerce.bigint(),
  channel: z.enum(['sms', 'email']),
  class: z.int().min(0).max(3),
  language: z.string(),
  country: z.string(),
  is_exercise: z.boolean(),
  grp: z.enum(snapshotGroups),
  address_hmac: z.instanceof(Buffer),
  /** Could not be told of the start, because every way ran through the fault: told at the end although never told before. */
  on_recovery: z.boolean(),
});

/**
 * A row of `audience_public.reveal(contact_ids bigint[])`: the encrypted addresses of one claim, for the courier alone, at
 * the moment of sending.
 */
export const revealedAddress = z.object({
  contact_id: z.coerce.bigint(),
  channel: z.enum(['sms', 'email']),
  address_encrypted: z.instanceof(Buffer),
  address_hmac: z.instanceof(Buffer),
});
