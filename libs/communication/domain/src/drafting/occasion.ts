import type { Instant } from '@varde/kernel';
import type { Mode, Stage } from '../vocabulary';
import type { Group } from './group';
import { criticalClasses, readersOf, type Headcount, type Readers } from './readers';
import { stageFor, type IncidentSketch } from './stage';
import type { StandingMessage } from './standing';

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
  /** Whose words they are: of first words, an update, or the end. Their readers may stand in other groups. */
  readonly words: Group;
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

/** A part of the people concerned, and what a message to them would replace. */
export interface Part {
  readonly groups: readonly Group[];
  /** Whose words they get. */
  readonly words: Group;
  readonly classes: readonly number[];
  readonly replaces: readonly string[];
}

/** The message for a part of the people, or undefined where it has nobody. @source A-9 */
export function messageFor(
  occasion: Occasion,
  part: Part,
  now: Instant,
): PlannedMessage | undefined {
  const { incident, headcounts } = occasion;
  const readers = readersOf(headcounts, incident.mode, part.groups, part.classes);
  if (!readers) return undefined;
  return {
    ...readers,
    stage: stageFor(incident, occasion.kind, part.words, now),
    words: part.words,
    safety: incident.emergencyCalls === 'affected',
    isFirstWord: part.words === 'newly-hit' && part.classes === criticalClasses,
    replaces: part.replaces,
  };
}
