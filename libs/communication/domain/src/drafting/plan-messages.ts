import type { Channel, Country, Language, Mode, Stage } from '../vocabulary';
import type { Instant } from '@varde/kernel';
import { stageFor, type IncidentSketch } from './stage';

/** Which part of an update somebody belongs to. The audience context publishes the same words. @source invariants §2.5 */
export type Group = 'newly-hit' | 'still-hit' | 'restored';

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

/** A message of this incident that stands already. */
export interface StandingMessage {
  readonly messageId: string;
  readonly occasion: number;
  readonly groups: readonly Group[];
  readonly state: 'drafted' | 'submitted' | 'returned' | 'rejected' | 'withdrawn' | 'dispatched';
}

/** Something happened to an incident, and these people are concerned. */
export interface Occasion {
  readonly incident: IncidentSketch & { readonly mode: Mode };
  readonly kind: 'hit' | 'end' | 'cancelled';
  /** The version of the audience's snapshot; 1 for the first. */
  readonly snapshotVersion: number;
  readonly headcounts: readonly Headcount[];
  readonly standing: readonly StandingMessage[];
}

/** A message that should be written. */
export interface PlannedMessage {
  readonly stage: Stage;
  readonly groups: readonly Group[];
  readonly classes: readonly number[];
  readonly channels: readonly Channel[];
  readonly languages: readonly Language[];
  /** Addresses to be told. */
  readonly reach: number;
  /** About life and health: emergency calls do not work. */
  readonly safety: boolean;
  /** A policy may let it go at once: the first word to the critical classes. */
  readonly isFirstWord: boolean;
  /** Earlier messages whose waiting rows this one makes pointless. */
  readonly replaces: readonly string[];
}

/** What should be done on an occasion. */
export interface Plan {
  readonly messages: readonly PlannedMessage[];
  /** Messages that nobody has let go yet and whose readers are all covered by the new ones. */
  readonly withdraw: readonly string[];
}

const criticalClasses = [0, 1] as const;
const otherClasses = [2, 3] as const;
const allClasses = [...criticalClasses, ...otherClasses] as const;

/**
 * Who is told what on an occasion. Newly hit, still hit and restored people get different words, each a message of its own;
 * the newly hit of class 0 and 1 get theirs apart, because a policy may let that go at once. A message without a reader is
 * not planned. Tests plan nothing, and an exercise counts exercise recipients only.
 *
 * @source invariants §2.1, §2.5; D-04; A-8
 */
export function planMessages(occasion: Occasion, now: Instant): Plan {
  if (occasion.incident.mode === 'TEST' || occasion.incident.kind === 'planned') return { messages: [], withdraw: [] };
  const earlier = occasion.standing.filter((message) => message.occasion < occasion.snapshotVersion);
  const speaksOfTheFault = earlier.filter((message) => !message.groups.includes('restored'));
  const replaces = speaksOfTheFault
    .filter((message) => message.state !== 'rejected' && message.state !== 'withdrawn')
    .map((message) => message.messageId);
  const messages = [
    messageFor(occasion, 'newly-hit', criticalClasses, [], now),
    messageFor(occasion, 'newly-hit', otherClasses, [], now),
    messageFor(occasion, 'still-hit', allClasses, replaces, now),
    messageFor(occasion, 'restored', allClasses, replaces, now),
  ].filter((message) => message !== undefined);
  const withdraw = speaksOfTheFault
    .filter((message) => ['drafted', 'submitted', 'returned'].includes(message.state))
    .map((message) => message.messageId);
  return { messages, withdraw };
}

function messageFor(
  occasion: Occasion,
  group: Group,
  classes: readonly number[],
  replaces: readonly string[],
  now: Instant,
): PlannedMessage | undefined {
  const counted = occasion.headcounts
    .filter((entry) => entry.group === group && classes.includes(entry.class))
    .map((entry) => ({ ...entry, count: occasion.incident.mode === 'EXERCISE' ? entry.exerciseCount : entry.count }))
    .filter((entry) => entry.count > 0);
  const reach = counted.reduce((sum, entry) => sum + entry.count, 0);
  if (reach === 0) return undefined;
  return {
    stage: stageFor(occasion.incident, occasion.kind, group, now),
    groups: [group],
    classes: classes.filter((one) => counted.some((entry) => entry.class === one)),
    channels: distinct(counted.map((entry) => entry.channel)),
    languages: distinct(counted.map((entry) => entry.language)),
    reach,
    safety: occasion.incident.emergencyCalls === 'affected',
    isFirstWord: group === 'newly-hit' && classes === criticalClasses,
    replaces,
  };
}

const distinct = <T extends string>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();
