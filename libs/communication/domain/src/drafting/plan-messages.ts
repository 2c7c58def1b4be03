import type { Instant } from '@varde/kernel';
import { planAnnouncement } from './announcement';
import { messageFor, type Occasion, type Part, type Plan } from './occasion';
import { allClasses, criticalClasses, publicClasses } from './readers';
import {
  isOfTheFault,
  isWaiting,
  owesAnUpdate,
  owesFirstWords,
  saysNothingOfTheFault,
  shareReaders,
} from './standing';

/**
 * Who is told what on an occasion. Newly hit, still hit and restored people get different words, each a message of its own.
 * Whoever has not been told yet, because nobody let the first message go, gets first words, however long they have been hit;
 * who of the classes that is, delivery knows and leaves the others out. The
 * critical classes get theirs apart, since a policy may let that go at once. Whoever has been told hears more only when there
 * is news, or when nobody let go the news before. Whoever got the holding text alone, or the announcement of works that became a fault, has not been told yet: their
 * first words replace it. A message without a reader is not planned. Tests plan nothing.
 *
 * @source invariants §2.1, §2.5; D-04; A-8
 */
export function planMessages(occasion: Occasion, now: Instant): Plan {
  if (occasion.incident.mode === 'TEST') return { messages: [], withdraw: [] };
  if (occasion.incident.kind === 'planned') return planAnnouncement(occasion, now);
  const earlier = occasion.standing.filter(
    (message) => message.occasion < occasion.snapshotVersion,
  );
  const ofTheFault = earlier.filter(isOfTheFault);
  const live = ofTheFault.filter((message) => message.state === 'dispatched' || isWaiting(message));
  const told = new Set(
    ofTheFault
      .filter((message) => message.state === 'dispatched' && !saysNothingOfTheFault(message))
      .flatMap((message) => message.classes),
  );
  const isTold = (classes: readonly number[]): boolean => classes.some((one) => told.has(one));
  const first = [criticalClasses, publicClasses].map((classes): Part =>
    isTold(classes)
      ? {
          groups: owesFirstWords(ofTheFault, classes) ? ['newly-hit', 'still-hit'] : ['newly-hit'],
          words: 'newly-hit',
          classes,
          replaces: [],
        }
      : {
          groups: ['newly-hit', 'still-hit'],
          words: 'newly-hit',
          classes,
          replaces: live
            .filter(
              (message) => saysNothingOfTheFault(message) && shareReaders(message, { classes }),
            )
            .map((message) => message.messageId),
        },
  );
  const still = [criticalClasses, publicClasses].filter(isTold).flat();
  const replaces = live.map((message) => message.messageId);
  const parts: Part[] = [
    ...first,
    ...(occasion.hasNews || owesAnUpdate(live)
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
