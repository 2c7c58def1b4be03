import type { Instant } from '@varde/kernel';
import { messageFor, type Occasion, type Part, type Plan } from './occasion';
import { allClasses, criticalClasses, publicClasses } from './readers';
import { isAnnouncement, isOfTheFault, isOwed, isWaiting, shareReaders } from './standing';
import type { StandingMessage } from './standing';

/**
 * Who is told of planned works. They are announced while their window lies ahead: to whoever has not been told, and, with a new
 * window, once more to whoever has. From the moment the works begin nobody is: an announcement is there to prepare for. Their end
 * is told to nobody, since nobody was told that anything is down. Works that are cancelled are taken back from those who were told.
 * Whatever nobody has let go yet is withdrawn on each occasion.
 *
 * @source D-05; `voice.md` §3, d1; standards §2.3
 */
export function planAnnouncement(occasion: Occasion, now: Instant): Plan {
  const earlier = occasion.standing.filter(
    (message) => message.occasion < occasion.snapshotVersion,
  );
  const gone = earlier.filter((one) => one.state === 'dispatched' && isOfTheFault(one));
  const waiting = earlier.filter(isWaiting);
  return {
    messages: partsOf(occasion, gone, waiting, now)
      .map((part) => messageFor(occasion, part, now))
      .filter((message) => message !== undefined),
    withdraw: waiting.map((message) => message.messageId),
  };
}

type Messages = readonly StandingMessage[];

function partsOf(
  { kind, incident, hasNews }: Occasion,
  gone: Messages,
  waiting: Messages,
  now: Instant,
): readonly Part[] {
  const { window } = incident;
  if (window === undefined) return [];
  const told = new Set(gone.filter(isAnnouncement).flatMap((message) => message.classes));
  if (kind === 'cancelled' && window.to > now) return [takenBack(gone, told)];
  if (kind !== 'hit' || window.from <= now) return [];
  return [
    ...[criticalClasses, publicClasses].map((classes) => firstWords(classes, gone, told)),
    ...(hasNews || isOwed(waiting, told) ? [newWindow(gone, told)] : []),
  ];
}

/** Whoever has not been told yet; what they may have been told instead, of a fault that was planned works, is replaced. */
function firstWords(classes: readonly number[], gone: Messages, told: ReadonlySet<number>): Part {
  if (classes.some((one) => told.has(one)))
    return { groups: ['newly-hit'], words: 'newly-hit', classes, replaces: [] };
  const spoken = gone.filter((message) => shareReaders(message, { classes }));
  return { groups: ['newly-hit', 'still-hit'], words: 'newly-hit', classes, replaces: ids(spoken) };
}

const newWindow = (gone: Messages, told: ReadonlySet<number>): Part => ({
  groups: ['still-hit'],
  words: 'still-hit',
  classes: toldClasses(told),
  replaces: ids(gone),
});

const takenBack = (gone: Messages, told: ReadonlySet<number>): Part => ({
  groups: ['restored'],
  words: 'restored',
  classes: toldClasses(told),
  replaces: ids(gone),
});

const toldClasses = (told: ReadonlySet<number>): readonly number[] =>
  allClasses.filter((one) => told.has(one));

const ids = (messages: Messages): readonly string[] => messages.map((one) => one.messageId);
