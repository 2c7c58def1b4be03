import { z } from 'zod';
import { addressedChannels, deliveryStates, gateScopes } from '@varde/delivery-domain/vocabulary';
import { modes } from '@varde/incident-domain/vocabulary';
import { instantText } from '../events/incident';
import { limitField, type Frozen } from './fields';

/** Which dispatches a list shows. */
export const dispatchFilter = z.strictObject({ incident: z.uuid().optional(), limit: limitField });
/** See {@link dispatchFilter}. */
export type DispatchQuery = z.infer<typeof dispatchFilter>;

/** How many rows of a lane stand in which state: counters, never counts (DL-15). */
export const laneView = z.object({
  channel: z.enum(addressedChannels),
  class: z.int().min(0).max(3),
  states: z.partialRecord(z.enum(deliveryStates), z.int()),
});

/** A dispatch and how far it has come. */
export const dispatchView = z.object({
  dispatchId: z.uuid(),
  messageId: z.uuid(),
  version: z.int(),
  incidentId: z.uuid(),
  mode: z.enum(modes),
  reach: z.int().describe('what was approved'),
  policyId: z.uuid().nullable().describe('null where people approved it'),
  startedBy: z.uuid(),
  dispatchedAt: instantText,
  heldUntil: instantText.describe('until then the lanes of class 2 and 3 wait (UX-06)'),
  sendBefore: instantText,
  plannedCount: z.int(),
  isPlanned: z.boolean().describe('all its rows stand'),
  lanes: z.array(laneView),
  halts: z
    .array(z.object({ scope: z.enum(gateScopes), id: z.string() }))
    .describe('what is halted now and stops it'),
});
/** See {@link dispatchView}. */
export type DispatchView = Frozen<z.infer<typeof dispatchView>>;

/** Dispatches, newest first. */
export const dispatchList = z.object({ dispatches: z.array(dispatchView) });
/** See {@link dispatchList}. */
export type DispatchList = Frozen<z.infer<typeof dispatchList>>;
