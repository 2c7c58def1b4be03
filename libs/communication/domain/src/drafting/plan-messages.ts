import type { Instant } from '@varde/kernel';
import type { Mode, Stage } from '../vocabulary';
import type { Group } from './group';
import { criticalClasses, publicClasses, readersOf, type Headcount, type Readers } from './readers';
import { stageFor, type IncidentSketch } from './stage';
import {
  isHoldingText,
  isOfTheFault,
  isWaiting,
  shareReaders,
  type StandingMessage,
} from './standing';

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
export interface PlannedMessage extends Readers {
  readonly stage: Stage;
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

const allClasses = [...criticalClasses, ...publicClasses] as const;

/**
 * Who is told what on an occasion. Newly hit, still hit and restored people get different words, each a message of its own.
 * Whoever has not been told yet, because nobody let the first message go, gets first words, however long they have been hit; the
 * critical classes get theirs apart, since a policy may let that go at once. Whoever has been told hears more only when there
 * is news. Whoever got the holding text alone has not been told yet: their first words replace it. A message without a reader is
 * not planned. Tests plan nothing.
 *
 * @source invariants §2.1, §2.5; D-04; A-8
 */
export function planMessages(occasion: Occasion, now: Instant): Plan {
  if (occasion.incident.mode === 'TEST' || occasion.incident.kind === 'planned')
    return { messages: [], withdraw: [] };
  const earlier = occasion.standing.filter(
    (message) => message.occasion < occasion.snapshotVersion,
  );
  const ofTheFault = earlier.filter(isOfTheFault);
  const live = ofTheFault.filter((message) => message.state === 'dispatched' || isWaiting(message));
  const told = new Set(
    ofTheFault
      .filter((message) => message.state === 'dispatched' && !isHoldingText(message))
      .flatMap((message) => message.classes),
  );
  const isTold = (classes: readonly number[]): boolean => classes.some((one) => told.has(one));
  const first = [criticalClasses, publicClasses].map((classes): Part =>
    isTold(classes)
      ? { groups: ['newly-hit'], words: 'newly-hit', classes, replaces: [] }
      : {
          groups: ['newly-hit', 'still-hit'],
          words: 'newly-hit',
          classes,
          replaces: live
            .filter((message) => isHoldingText(message) && shareReaders(message, { classes }))
            .map((message) => message.messageId),
        },
  );
  const still = [criticalClasses, publicClasses].filter(isTold).flat();
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
  return { messages, withdraw: live.filter(isWaiting).map((message) => message.messageId) };
}

interface Part {
  readonly groups: readonly Group[];
  /** Whose words they get. */
  readonly words: Group;
  readonly classes: readonly number[];
  readonly replaces: readonly string[];
}

function messageFor(occasion: Occasion, part: Part, now: Instant): PlannedMessage | undefined {
  const { incident, headcounts } = occasion;
  const readers = readersOf(headcounts, incident.mode, part.groups, part.classes);
  if (!readers) return undefined;
  return {
    ...readers,
    stage: stageFor(incident, occasion.kind, part.words, now),
    safety: incident.emergencyCalls === 'affected',
    isFirstWord: part.words === 'newly-hit' && part.classes === criticalClasses,
    replaces: part.replaces,
  };
}
