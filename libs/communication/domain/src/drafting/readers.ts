import type { Channel, Country, Language, Mode } from '../vocabulary';
import type { Group } from './group';

/** How many addresses share these words, in one snapshot. */
export interface Headcount {
  readonly group: Group;
  readonly class: number;
  readonly language: Language;
  readonly channel: Channel;
  readonly country: Country;
  readonly count: number;
  readonly exerciseCount: number;
}

/** Whom a message is for, as far as a snapshot has such people. */
export interface Readers {
  readonly groups: readonly Group[];
  readonly classes: readonly number[];
  readonly channels: readonly Channel[];
  readonly languages: readonly Language[];
  /** Addresses to be told. */
  readonly reach: number;
}

/** Recipients with whom we have an agreement, or on whom society depends. @source invariants §2.2 */
export const criticalClasses = [0, 1] as const;
/** Everybody else: the public. @source invariants §2.2 */
export const publicClasses = [2, 3] as const;

/** All classes, the critical ones first. */
export const allClasses = [...criticalClasses, ...publicClasses] as const;

/**
 * The people of these groups and classes whom a snapshot has; an exercise counts exercise recipients only.
 *
 * @returns undefined where there is nobody: a message without a reader is not written
 * @source
 */
export function readersOf(
  headcounts: readonly Headcount[],
  mode: Mode,
  groups: readonly Group[],
  classes: readonly number[],
): Readers | undefined {
  const counted = headcounts
    .filter((entry) => groups.includes(entry.group) && classes.includes(entry.class))
    .map((entry) => ({ ...entry, count: mode === 'EXERCISE' ? entry.exerciseCount : entry.count }))
    .filter((entry) => entry.count > 0);
  if (counted.length === 0) return undefined;
  return {
    groups: groups.filter((group) => counted.some((entry) => entry.group === group)),
    classes: classes.filter((one) => counted.some((entry) => entry.class === one)),
    channels: distinct(counted.map((entry) => entry.channel)),
    languages: distinct(counted.map((entry) => entry.language)),
    reach: counted.reduce((sum, entry) => sum + entry.count, 0),
  };
}

const distinct = <T extends string>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();
