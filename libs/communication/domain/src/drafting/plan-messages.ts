import type { Channel, Country, Language, Mode, Stage } from '../vocabulary';
import type { Instant } from '@varde/kernel';
import type { Group } from './group';
import { stageFor, type IncidentSketch } from './stage';

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
  readonly classes: readonly number[];
  readonly state: 'drafted' | 'submitted' | 'returned' | 'rejected' | 'withdrawn' | 'dispatched';
}

/** Something happened to an incident, and these people are concerned. */
export interface Occasion {
  readonly incident: IncidentSketch & { readonly mode: Mode };
  readonly kind: 'hit' | 'end' | 'cancelled';
  /** The version of the audience's snapshot; 1 for the first. */
  readonly snapshotVersion: number;
  /** Is there anything new for people who have been told already: an estimate, a cause, a promise, emergency calls? */
  readonly hasNews: boolean;
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
 * Who is told what on an occasion. Newly hit, still hit and restored people get different words, each a message of its own.
 * Whoever has not been told yet, because nobody let the first message go, gets first words, however long they have been hit; the
 * critical classes get theirs apart, since a policy may let that go at once. Whoever has been told hears more only when there
 * is news. A message without a reader is not planned. Tests plan nothing, and an exercise counts exercise recipients only.
 *
 * @source invariants §2.1, §2.5; D-04; A-8
 */
export function planMessages(occasion: Occasion, now: Instant): Plan {
  if (occasion.incident.mode === 'TEST' || occasion.incident.kind === 'planned')
    return { messages: [], withdraw: [] };
  const earlier = occasion.standing.filter(
    (message) => message.occasion < occasion.snapshotVersion,
  );
  const ofTheFault = earlier.filter((message) => !message.groups.includes('restored'));
  const live = ofTheFault.filter(
    (message) => message.state !== 'rejected' && message.state !== 'withdrawn',
  );
  const told = new Set(
    ofTheFault
      .filter((message) => message.state === 'dispatched')
      .flatMap((message) => message.classes),
  );
  const isTold = (classes: readonly number[]): boolean => classes.some((one) => told.has(one));
  const first = [criticalClasses, otherClasses].flatMap((classes): Part[] =>
    isTold(classes)
      ? [{ groups: ['newly-hit'], words: 'newly-hit', classes, replaces: [] }]
      : [{ groups: ['newly-hit', 'still-hit'], words: 'newly-hit', classes, replaces: [] }],
  );
  const still = [criticalClasses, otherClasses].filter(isTold).flat();
  const replaces = live.map((message) => message.messageId);
  const parts: Part[] = [
    ...first,
    ...(occasion.hasNews
      ? [{ groups: ['still-hit'], words: 'still-hit', classes: still, replaces } as const]
      : []),
    {
      groups: ['restored'],
      words: 'restored',
      classes: allClasses,
      replaces: occasion.kind === 'hit' ? [] : replaces,
    },
  ];
  const messages = parts
    .map((part) => messageFor(occasion, part, now))
    .filter((message) => message !== undefined);
  const waiting = live.filter((message) => message.state !== 'dispatched');
  return { messages, withdraw: waiting.map((message) => message.messageId) };
}

interface Part {
  readonly groups: readonly Group[];
  /** Whose words they get. */
  readonly words: Group;
  readonly classes: readonly number[];
  readonly replaces: readonly string[];
}

function messageFor(occasion: Occasion, part: Part, now: Instant): PlannedMessage | undefined {
  const counted = occasion.headcounts
    .filter((entry) => part.groups.includes(entry.group) && part.classes.includes(entry.class))
    .map((entry) => ({
      ...entry,
      count: occasion.incident.mode === 'EXERCISE' ? entry.exerciseCount : entry.count,
    }))
    .filter((entry) => entry.count > 0);
  const reach = counted.reduce((sum, entry) => sum + entry.count, 0);
  if (reach === 0) return undefined;
  return {
    stage: stageFor(occasion.incident, occasion.kind, part.words, now),
    groups: part.groups.filter((group) => counted.some((entry) => entry.group === group)),
    classes: part.classes.filter((one) => counted.some((entry) => entry.class === one)),
    channels: distinct(counted.map((entry) => entry.channel)),
    languages: distinct(counted.map((entry) => entry.language)),
    reach,
    safety: occasion.incident.emergencyCalls === 'affected',
    isFirstWord: part.words === 'newly-hit' && part.classes === criticalClasses,
    replaces: part.replaces,
  };
}

const distinct = <T extends string>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();
