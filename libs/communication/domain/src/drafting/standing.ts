import type { DraftState } from '../approval/approve';
import type { Stage } from '../vocabulary';
import type { Group } from './group';

/** A message of this incident that stands already. */
export interface StandingMessage {
  readonly messageId: string;
  readonly stage: Stage;
  readonly occasion: number;
  readonly words: Group;
  readonly groups: readonly Group[];
  readonly classes: readonly number[];
  readonly state: DraftState;
}

/** Does somebody still have to let it go, or might? */
export const isWaiting = ({ state }: Pick<StandingMessage, 'state'>): boolean =>
  state === 'drafted' || state === 'submitted' || state === 'returned';

/** Is it about people who are hit, not about those who have their service back? */
export const isOfTheFault = ({ groups }: Pick<StandingMessage, 'groups'>): boolean =>
  !groups.includes('restored');

/** Is it the holding text, which says that we look into it and nothing else? */
export const isHoldingText = ({ stage }: Pick<StandingMessage, 'stage'>): boolean => stage === 'a0';

/** Does it announce planned works, before anything is down? */
export const isAnnouncement = ({ stage }: Pick<StandingMessage, 'stage'>): boolean =>
  stage === 'd1';

/** Does it say nothing yet of what is down: the holding text, or an announcement of works that became a fault? */
export const saysNothingOfTheFault = (message: Pick<StandingMessage, 'stage'>): boolean =>
  isHoldingText(message) || isAnnouncement(message);

type Standing = Pick<StandingMessage, 'state' | 'classes' | 'groups' | 'words' | 'occasion'>;

const areFirstWords = ({ words }: Pick<StandingMessage, 'words'>): boolean => words === 'newly-hit';

/**
 * Are first words owed to people of these classes who have been hit for a while: a message to them waits still, or was rejected,
 * and none to them has gone since? Who of the classes has been told is known to delivery, which leaves those out.
 */
export const owesFirstWords = (
  messages: readonly Standing[],
  classes: readonly number[],
): boolean => {
  const first = messages.filter((one) => areFirstWords(one) && shareReaders(one, { classes }));
  const isCovered = (one: Standing): boolean =>
    first.some(
      (later) =>
        later.state === 'dispatched' &&
        later.groups.includes('still-hit') &&
        later.occasion > one.occasion,
    );
  return first.some((one) => (isWaiting(one) || one.state === 'rejected') && !isCovered(one));
};

/** Does news to whoever has been told wait still? The next change makes it pointless, and must say it again. */
export const owesAnUpdate = (messages: readonly Standing[]): boolean =>
  messages.some((one) => isWaiting(one) && !areFirstWords(one));

/** Do two messages speak to the same classes, at least in part? */
export const shareReaders = (
  one: Pick<StandingMessage, 'classes'>,
  other: Pick<StandingMessage, 'classes'>,
): boolean => one.classes.some((recipientClass) => other.classes.includes(recipientClass));

/** The classes to which a message about the fault has gone, whatever it said; what announced planned works is none. */
export const classesSpokenTo = (standing: readonly StandingMessage[]): ReadonlySet<number> =>
  new Set(
    standing
      .filter(
        (message) =>
          message.state === 'dispatched' && isOfTheFault(message) && !isAnnouncement(message),
      )
      .flatMap((message) => message.classes),
  );
