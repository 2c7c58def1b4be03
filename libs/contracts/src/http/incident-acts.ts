import { z } from 'zod';
import {
  answers,
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
import { instantField, limitField, reasonField, severalOf } from './fields';

// An operator's own id: of an element, an area, an alarm.
const id = z.string().min(1).max(200);
const ids = z.array(id).max(1_000);

const cause = z.strictObject({
  status: z.enum(causeStatuses),
  code: z.string().min(1).max(100).nullable().default(null).describe('the network’s own word'),
});
const estimate = z.strictObject({
  status: z.enum(estimateStatuses),
  restoreBy: instantField.nullable().default(null),
});
const window = z.strictObject({ from: instantField, to: instantField });
const statedSeverity = z.strictObject({
  severity: z.enum(incidentSeverities),
  reason: reasonField,
});

const facts = {
  cause: cause.optional(),
  estimate: estimate.optional(),
  emergencyCalls: z.enum(emergencyCallStates).optional(),
  malicious: z.enum(answers).optional(),
  crossBorder: z.enum(answers).optional(),
  nextUpdateBy: instantField.nullable().optional().describe('when the public hears from us again'),
  note: z.string().max(1_000).nullable().optional().describe('for colleagues; never in a text'),
  window: window.nullable().optional().describe('planned works only'),
  severity: statedSeverity.optional().describe('said by a person; without it the figures decide'),
};

/**
 * Raises an incident. The mode has no default (UX-01). The same reference again, in the same mode, answers the incident that it
 * raised the first time.
 *
 * @source standards §1.6; `experience.md` §14
 */
export const raiseIncident = z.strictObject({
  mode: z.enum(modes).describe('ACTUAL reaches people; there is no default'),
  country: z.enum(countries),
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/)
    .optional()
    .describe('your own name for this trouble: a repeat answers the same incident'),
  kind: z.enum(incidentKinds).default('outage'),
  services: z.array(z.enum(services)).min(1),
  elements: ids.default([]).describe('element ids; hit with everything below them'),
  areas: ids.default([]).describe('area codes; a country’s code is the whole of it'),
  alarms: ids.default([]).describe('ids of alarms that belong to it'),
  startedAt: instantField.describe('when the trouble began'),
  awareAt: instantField.optional().describe('when we knew; now, unless said'),
  ...facts,
});
/** See {@link raiseIncident}; parsed. */
export type RaiseIncident = z.infer<typeof raiseIncident>;
/** See {@link raiseIncident}; as it is sent. */
export type RaiseIncidentBody = z.input<typeof raiseIncident>;

/** Changes an incident. What is left out stays as it is; null withdraws it. */
export const updateIncident = z.strictObject({
  kind: z.enum(incidentKinds).optional(),
  services: z.array(z.enum(services)).min(1).optional(),
  elements: ids.optional(),
  areas: ids.optional(),
  startedAt: instantField.optional(),
  awareAt: instantField.optional(),
  phase: z.enum(['inProgress', 'held', 'pending']).optional(),
  ...facts,
});
/** See {@link updateIncident}; parsed. */
export type UpdateIncident = z.infer<typeof updateIncident>;
/** See {@link updateIncident}; as it is sent. */
export type UpdateIncidentBody = z.input<typeof updateIncident>;

/** Says that service is back. A reason holds whatever the alarms say. */
export const resolveIncident = z.strictObject({
  reason: reasonField.optional(),
  restoredAt: instantField.optional(),
});
/** See {@link resolveIncident}; parsed. */
export type ResolveIncident = z.infer<typeof resolveIncident>;
/** See {@link resolveIncident}; as it is sent. */
export type ResolveIncidentBody = z.input<typeof resolveIncident>;

/** Merges an incident into another one of the same country and mode. */
export const mergeIncident = z.strictObject({
  into: z.string().min(1).max(40).describe('id or number of the incident that goes on'),
  reason: reasonField,
});
/** See {@link mergeIncident}. */
export type MergeIncident = z.infer<typeof mergeIncident>;

/** Which incidents a list shows. */
export const incidentFilter = z.strictObject({
  phase: severalOf(phases).optional(),
  country: z.enum(countries).optional(),
  mode: z.enum(modes).optional(),
  limit: limitField,
});
/** See {@link incidentFilter}. */
export type IncidentQuery = z.infer<typeof incidentFilter>;

/** An incident in an address: its id, or what people call it. */
export const idOrNumber = z.union([z.uuid(), z.string().regex(/^[A-Z]{2}-\d{4}-\d{4,8}$/)], {
  error: 'It must be the id of an incident, or its number, such as NO-2026-0042.',
});
