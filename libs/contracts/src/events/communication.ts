import { z } from 'zod';
import { modes } from '@varde/incident-domain/vocabulary';
import { snapshotGroups } from '@varde/audience-domain/vocabulary';

/** A version was approved, or a policy let it go: delivery may make its rows. */
export const messageDispatched = z.object({
  dispatchId: z.uuid(),
  messageId: z.uuid(),
  version: z.int().min(1),
  incidentId: z.uuid(),
  mode: z.enum(modes),
  snapshotId: z.uuid(),
  groups: z.array(z.enum(snapshotGroups)).min(1),
  classes: z.array(z.int().min(0).max(3)).min(1),
  /** Whose words they are: first words, an update, or the end. Absent in older facts: the groups say it. */
  words: z.enum(snapshotGroups).optional(),
  /** What was merged into its incident: whoever those told has been told. */
  absorbed: z.array(z.uuid()).readonly().optional(),
});
/** A dispatch, as delivery needs it. */
export type MessageDispatched = z.infer<typeof messageDispatched>;

/** Somebody on duty should be told something, by SMS and mail. A repeat of the id changes nothing. */
export const staffNoticeRequested = z.object({
  noticeId: z.uuid(),
  personId: z.uuid(),
  kind: z.string(),
  /** Ids, counts and incident numbers; never a customer's data. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** A notice to somebody on duty. */
export type StaffNoticeRequested = z.infer<typeof staffNoticeRequested>;
