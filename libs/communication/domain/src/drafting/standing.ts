import type { DraftState } from '../approval/approve';
import type { Stage } from '../vocabulary';
import type { Group } from './group';

/** A message of this incident that stands already. */
export interface StandingMessage {
  readonly messageId: string;
  readonly stage: Stage;
  readonly occasion: number;
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

/**
 * Is news owed to people of the told classes, since nobody let go what was meant for them? Who of these classes has read the
 * words before is not known: better twice than never.
 */
export const isOwed = (
  messages: readonly Pick<StandingMessage, 'state' | 'classes'>[],
  told: ReadonlySet<number>,
): boolean => messages.some((one) => isWaiting(one) && one.classes.some((each) => told.has(each)));

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
