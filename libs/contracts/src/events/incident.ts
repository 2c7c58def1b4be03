import { z } from 'zod';
import {
  causeGroups,
  causeStatuses,
  countries,
  emergencyCallStates,
  estimateStatuses,
  incidentKinds,
  incidentSeverities,
  modes,
  phases,
  services,
} from '@varde/incident-domain/vocabulary';

/** RFC 3339 in UTC, as every Varde event carries its times. */
export const instantText = z.iso.datetime({ offset: true });

/**
 * Everything that the other contexts may know of one incident at one version. Each public incident event carries the whole:
 * a consumer that missed one needs only the latest.
 *
 * @source `architecture.md` §4; `standards.md` §1.6
 */
export const incidentFacts = z.object({
  incidentId: z.uuid(),
  /** What people call it: `NO-2026-0042`. */
  number: z.string().min(1).max(40),
  /** Grows by one with every change; an older version than the one already seen changes nothing. */
  version: z.int().min(1),
  mode: z.enum(modes),
  country: z.enum(countries),
  kind: z.enum(incidentKinds),
  phase: z.enum(phases),
  severity: z.enum(incidentSeverities),
  services: z.array(z.enum(services)).min(1),
  /** Element ids of the operator's inventory; hit with everything below them. */
  elements: z.array(z.string()),
  /** Area codes; a country's own code says the whole country. */
  areas: z.array(z.string()),
  startedAt: instantText,
  /** When service came back; only once a person, or the rule for it, has confirmed the end. */
  restoredAt: instantText.nullable(),
  estimate: z.object({
    status: z.enum(estimateStatuses),
    restoreBy: instantText.nullable(),
    /** What was said before, where the last change altered or withdrew it. */
    previous: instantText.nullable(),
    /** `withdrawn`: an earlier estimate no longer holds and there is no new one. */
    change: z.enum(['none', 'changed', 'withdrawn']),
  }),
  cause: z.object({ status: z.enum(causeStatuses), group: z.enum(causeGroups).nullable() }),
  emergencyCalls: z.enum(emergencyCallStates),
  nextUpdateBy: instantText.nullable(),
  /** When planned works are done; absent for every other kind. */
  window: z.object({ from: instantText, to: instantText }).optional(),
  /** The incident that this one was merged into. */
  mergedInto: z.uuid().nullable(),
  /** What was merged into this one, and into those; absent where nothing was. Whoever those told has been told. */
  absorbed: z.array(z.uuid()).readonly().optional(),
  /** The person who raised or last changed it; null where the network's alarms did. */
  changedBy: z.uuid().nullable(),
  changedAt: instantText,
});

/** One incident at one version, as other contexts see it. */
export type IncidentFacts = z.infer<typeof incidentFacts>;

/** What the last change touched; decides who is told what. */
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

/** A change of an incident that stays open. */
export const incidentUpdated = z.object({
  incident: incidentFacts,
  changed: z.array(z.enum(incidentChanges)),
});

/** Any other public event of an incident. */
export const incidentEvent = z.object({ incident: incidentFacts });
