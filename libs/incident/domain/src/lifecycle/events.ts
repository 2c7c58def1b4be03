import type { Instant } from '@varde/kernel';
import type { Actor, Incident, IncidentId } from './incident';

/** What a change touched; decides who is told what. The same words as the contract's. */
export const incidentChanges = [
  'scope',
  'estimate',
  'cause',
  'severity',
  'next-update',
  'emergency-calls',
  'window',
  'phase',
] as const;
/** One of {@link incidentChanges}. */
export type IncidentChange = (typeof incidentChanges)[number];

/** What a change may set; the rest is set by the events that are named after it. */
export type IncidentPatch = Partial<
  Omit<
    Incident,
    | 'incidentId'
    | 'number'
    | 'version'
    | 'mode'
    | 'country'
    | 'declaredAt'
    | 'changedBy'
    | 'changedAt'
  >
>;

interface Happened {
  readonly at: Instant;
  readonly by: Actor;
}

/** What happened to an incident. Few of these are public: see `toPublicFacts`. */
export type IncidentEvent =
  | (Happened & { readonly type: 'declared'; readonly incident: Incident })
  | (Happened & {
      readonly type: 'updated';
      readonly changed: readonly IncidentChange[];
      readonly patch: IncidentPatch;
    })
  /** Something that no reader outside is told: a note, a desk's sequence, an alarm more. */
  | (Happened & { readonly type: 'recorded'; readonly patch: IncidentPatch })
  | (Happened & { readonly type: 'restore-stated'; readonly saidAt: Instant })
  | (Happened & { readonly type: 'restorable' })
  | (Happened & {
      readonly type: 'resolved';
      readonly restoredAt: Instant;
      readonly reason: string | null;
    })
  | (Happened & { readonly type: 'reopened'; readonly reason: string })
  | (Happened & { readonly type: 'cancelled'; readonly reason: string | null })
  | (Happened & { readonly type: 'rejected'; readonly reason: string })
  | (Happened & {
      readonly type: 'merged';
      readonly into: IncidentId;
      readonly reason: string | null;
    })
  | (Happened & { readonly type: 'closed' });
