import { z } from 'zod';
import { areaLevels, snapshotGroups, unreachableReasons } from '@varde/audience-domain/vocabulary';
import { countries } from '@varde/incident-domain/vocabulary';
import { channels, languages } from '@varde/communication-domain/vocabulary';
import { incidentChanges, incidentFacts } from './incident';

/** How many addresses of a snapshot share these words. */
export const audienceCount = z.object({
  group: z.enum(snapshotGroups),
  class: z.int().min(0).max(3),
  language: z.enum(languages),
  channel: z.enum(channels),
  country: z.enum(countries),
  /** Addresses to be told; customers that share one address count once. */
  count: z.int().min(0),
  /** Those of them that are invented people whom only exercises may reach. */
  exerciseCount: z.int().min(0),
});

/** Why people that are hit cannot be told now. */
export const unreachableCount = z.object({
  group: z.enum(snapshotGroups),
  class: z.int().min(0).max(3),
  reason: z.enum(unreachableReasons),
  count: z.int().min(0),
});

/** Who is hit, in figures from which the severity of an incident is derived. @source invariants §2.5 */
export const hitFigures = z.object({
  subscriptions: z.int().min(0),
  customers: z.int().min(0),
  class0Out: z.int().min(0),
  class0Partly: z.int().min(0),
  class1: z.int().min(0),
  /** Codes of counties of which every municipality, or the county itself, is hit by area. */
  wholeCounties: z.array(z.string()),
});

/** An incident's audience was resolved to a snapshot that does not change any more. */
export const audienceResolved = z.object({
  incident: incidentFacts,
  /** `end`: the incident is over (or was cancelled): the snapshot holds those who must be told so, as `restored`. */
  occasion: z.enum(['hit', 'end', 'cancelled']),
  changed: z.array(z.enum(incidentChanges)),
  snapshotId: z.uuid(),
  /** 1 for an incident's first snapshot. */
  snapshotVersion: z.int().min(1),
  /**
   * Codes of the areas that a text should name: the incident's own, or, where it names elements only, the areas of the hit
   * elements that it names. Sorted, without repeats.
   */
  namedAreas: z.array(z.string()),
  counts: z.array(audienceCount),
  unreachable: z.array(unreachableCount),
  hit: hitFigures,
});
/** An incident's audience at one version, in figures; the people stay in the snapshot. */
export type AudienceResolved = z.infer<typeof audienceResolved>;

/** The names of areas, for texts. Sent in pieces after each import that changed one. */
export const areasNamed = z.object({
  areas: z.array(
    z.object({
      code: z.string(),
      parent: z.string().nullable(),
      level: z.enum(areaLevels),
      country: z.enum(countries),
      names: z.partialRecord(z.enum(languages), z.string()),
      inNames: z.partialRecord(z.enum(languages), z.string()),
    }),
  ),
});
/** Names of areas as other contexts keep them. */
export type AreasNamed = z.infer<typeof areasNamed>;
