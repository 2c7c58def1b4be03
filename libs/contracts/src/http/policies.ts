import { z } from 'zod';
import { channels } from '@varde/communication-domain/vocabulary';
import { instantText } from '../events/incident';
import { instantField, type Frozen } from './fields';

/** What may go without anybody: this template, these classes, these channels, at most so many, until then. @source invariants §2.1 */
export const submitPolicy = z.strictObject({
  template: z.string().min(1).max(40),
  templateVersion: z.int().min(1).max(1_000_000),
  classes: z.array(z.int().min(0).max(3)).min(1).max(4),
  channels: z.array(z.enum(channels)).min(1),
  maxReach: z.int().min(1).max(100_000),
  expiresAt: instantField,
});
/** See {@link submitPolicy}; parsed. */
export type SubmitPolicy = z.infer<typeof submitPolicy>;
/** See {@link submitPolicy}; as it is sent. */
export type SubmitPolicyBody = z.input<typeof submitPolicy>;

/** A policy as lists show it. */
export const policyView = z.object({
  policyId: z.uuid(),
  template: z.string(),
  templateVersion: z.int(),
  classes: z.array(z.int()),
  channels: z.array(z.string()),
  maxReach: z.int(),
  author: z.uuid(),
  approvers: z.array(z.uuid()),
  expiresAt: instantText,
  isLive: z.boolean().describe('approved by two, and not expired'),
});
/** See {@link policyView}. */
export type PolicyView = Frozen<z.infer<typeof policyView>>;

/** All policies, newest first. */
export const policyList = z.object({ policies: z.array(policyView) });
/** See {@link policyList}. */
export type PolicyList = Frozen<z.infer<typeof policyList>>;
