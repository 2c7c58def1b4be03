import { z } from 'zod';
import { snapshotGroups } from '@varde/audience-domain/vocabulary';
import { channels, languages, modes } from '@varde/communication-domain/vocabulary';
import { instantText } from '../events/incident';
import { reasonField, type Frozen } from './fields';

/** Where a draft stands. */
export const messageStates = [
  'drafted',
  'submitted',
  'returned',
  'rejected',
  'withdrawn',
  'dispatched',
] as const;

/** Which messages a list shows. */
export const messageFilter = z.strictObject({
  incident: z.uuid().optional(),
  state: z.enum(messageStates).optional(),
});
/** See {@link messageFilter}. */
export type MessageQuery = z.infer<typeof messageFilter>;

const ownWords = z.strictObject({
  sms: z.string().min(1).max(1_600).optional(),
  email: z
    .strictObject({ subject: z.string().min(1).max(200), text: z.string().min(1).max(20_000) })
    .optional(),
});

/**
 * A person's own words, as the next version. They are never read as a template (S-16). A language may name another in place of
 * words: its readers get that one.
 */
export const editMessage = z.strictObject({
  basedOnVersion: z.int().min(1).describe('the version that you read'),
  texts: z.partialRecord(z.enum(languages), z.union([ownWords, z.enum(languages)])),
});
/** See {@link editMessage}. */
export type EditMessage = z.infer<typeof editMessage>;

/** Asks for an approval. */
export const submitMessage = z.strictObject({ note: z.string().trim().max(500).optional() });
/** See {@link submitMessage}. */
export type SubmitMessage = z.infer<typeof submitMessage>;

/** Approves what was read, of one message or of several of one update: all of them, or none. @source, UX-05 */
export const approveMessages = z.strictObject({
  approvals: z
    .array(
      z.strictObject({
        messageId: z.uuid(),
        version: z.int().min(1),
        contentSha256: z.string().regex(/^[0-9a-f]{64}$/),
        reach: z.int().min(1).describe('how many people you were shown'),
      }),
    )
    .min(1)
    .max(50),
  reason: reasonField,
});
/** See {@link approveMessages}. */
export type ApproveMessages = z.infer<typeof approveMessages>;

/** What became of each approval. */
export const approvalResults = z.object({
  results: z.array(
    z.object({
      messageId: z.uuid(),
      version: z.int(),
      approvalsGiven: z.int(),
      approvalsNeeded: z.int(),
      dispatchId: z.uuid().nullable().describe('set when this was the last approval needed'),
    }),
  ),
});
/** See {@link approvalResults}. */
export type ApprovalResults = Frozen<z.infer<typeof approvalResults>>;

const money = z.object({ currency: z.string(), micros: z.int() });

/** Everything that an author or approver is shown of a message. */
export const messageView = z.object({
  messageId: z.uuid(),
  incidentId: z.uuid(),
  incidentNumber: z.string(),
  mode: z.enum(modes),
  stage: z.string(),
  groups: z.array(z.enum(snapshotGroups)),
  classes: z.array(z.int()),
  state: z.enum(messageStates),
  version: z.int(),
  contentSha256: z.string(),
  reach: z.int(),
  approversNeeded: z.int(),
  approvals: z.array(z.object({ by: z.uuid(), at: instantText, expiresAt: instantText })),
  authors: z.array(z.uuid()),
  submittedBy: z.uuid().nullable(),
  channels: z.array(z.enum(channels)),
  texts: z.array(
    z.object({
      language: z.enum(languages),
      channel: z.enum(channels),
      sms: z.string().optional(),
      segments: z.int().optional(),
      subject: z.string().optional(),
      text: z.string().optional(),
      recipientCount: z.int(),
    }),
  ),
  problems: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['block', 'ask']),
      language: z.enum(languages).optional(),
      channel: z.enum(channels).optional(),
      sentence: z.string(),
    }),
  ),
  forecast: z.object({
    recipientCount: z.int(),
    segmentCount: z.int(),
    cost: z.array(money).describe('one sum for each currency, in millionths'),
    minutes: z.int(),
  }),
  sendBefore: instantText,
  template: z.string().nullable(),
  dispatchId: z.uuid().nullable(),
  history: z.array(
    z.object({
      what: z.string(),
      version: z.int(),
      by: z.uuid().nullable(),
      reason: z.string().nullable(),
      at: instantText,
    }),
  ),
});
/** See {@link messageView}. */
export type ShownMessage = Frozen<z.infer<typeof messageView>>;

/** Messages, newest first; at most 200. */
export const messageList = z.object({ messages: z.array(messageView) });
/** See {@link messageList}. */
export type MessageList = Frozen<z.infer<typeof messageList>>;
