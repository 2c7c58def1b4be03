import { z } from 'zod';
import { snapshotGroups, unreachableReasons } from '@varde/audience-domain/vocabulary';
import { channels, languages } from '@varde/communication-domain/vocabulary';
import {
  answers,
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
import { hitFigures } from '../events/audience';
import { instantText } from '../events/incident';
import type { Frozen } from './fields';

/** Who did something: a person of ours by id, a desk by its own reference, or the rule. */
export const actorView = z.object({
  kind: z.enum(['person', 'desk', 'rule']),
  personId: z.uuid().optional(),
  system: z.string().optional(),
  operator: z.string().optional(),
});

/** How bad an incident is, and why. */
export const severityView = z.object({
  inForce: z.enum(incidentSeverities),
  derived: z.enum(incidentSeverities),
  reasons: z.array(z.string()).describe('what speaks for the derived one'),
  stated: z
    .object({
      severity: z.enum(incidentSeverities),
      reason: z.string().nullable(),
      by: z.string(),
    })
    .nullable(),
});

/** An incident as it stands. */
export const incidentView = z.object({
  incidentId: z.uuid(),
  number: z.string(),
  version: z.int(),
  mode: z.enum(modes),
  country: z.enum(countries),
  kind: z.enum(incidentKinds),
  phase: z.enum(phases),
  origin: z.enum(['alarm', 'reported']),
  severity: severityView,
  services: z.array(z.enum(services)),
  elements: z.array(z.string()),
  areas: z.array(z.string()),
  startedAt: instantText,
  awareAt: instantText,
  declaredAt: instantText,
  restoredAt: instantText.nullable(),
  estimate: z.object({
    status: z.enum(estimateStatuses),
    restoreBy: instantText.nullable(),
    previous: instantText.nullable(),
    change: z.enum(['none', 'changed', 'withdrawn']),
  }),
  cause: z.object({
    status: z.enum(causeStatuses),
    code: z.string().nullable(),
    group: z.enum(causeGroups).nullable(),
  }),
  emergencyCalls: z.enum(emergencyCallStates),
  malicious: z.enum(answers),
  crossBorder: z.enum(answers),
  nextUpdateBy: instantText.nullable(),
  note: z.string().nullable(),
  window: z.object({ from: instantText, to: instantText }).nullable(),
  mergedInto: z.uuid().nullable(),
  refersTo: z.uuid().nullable(),
  reference: z.string().nullable(),
  alarms: z.object({
    count: z.int(),
    activeCount: z.int(),
    lastClearedAt: instantText.nullable(),
  }),
  hit: hitFigures.nullable().describe('null until the audience was first resolved'),
  changedBy: actorView,
  changedAt: instantText,
});
/** See {@link incidentView}. */
export type IncidentView = Frozen<z.infer<typeof incidentView>>;

/** Incidents, newest first. */
export const incidentList = z.object({ incidents: z.array(incidentView) });
/** See {@link incidentList}. */
export type IncidentList = Frozen<z.infer<typeof incidentList>>;

/** One thing that happened to an incident. */
export const timelineLine = z.object({
  at: instantText,
  version: z.int(),
  type: z.string(),
  by: actorView.extend({ name: z.string().optional() }),
  data: z.record(z.string(), z.unknown()),
});

/** Who is affected, as communication last heard it: the newest snapshot of the incident, in figures. */
export const audienceView = z.object({
  snapshotVersion: z.int(),
  occasion: z.enum(['hit', 'end', 'cancelled']),
  at: instantText,
  reachableCount: z.int().describe('addresses that can be told'),
  unreachableCount: z.int(),
  counts: z.array(
    z.object({
      group: z.enum(snapshotGroups),
      class: z.int().min(0).max(3),
      language: z.enum(languages),
      channel: z.enum(channels),
      country: z.enum(countries),
      count: z.int(),
      exerciseCount: z.int(),
    }),
  ),
  unreachable: z.array(
    z.object({
      group: z.enum(snapshotGroups),
      class: z.int().min(0).max(3),
      reason: z.enum(unreachableReasons),
      count: z.int(),
    }),
  ),
});
/** See {@link audienceView}. */
export type AudienceView = Frozen<z.infer<typeof audienceView>>;

/** An incident with what happened to it and whom it hits. */
export const shownIncident = z.object({
  incident: incidentView,
  timeline: z.array(timelineLine),
  audience: audienceView.nullable().describe('null until somebody was found'),
});
/** See {@link shownIncident}. */
export type ShownIncidentView = Frozen<z.infer<typeof shownIncident>>;
