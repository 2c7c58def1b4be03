import type { Instant } from '@varde/kernel';
import { messageFor, type Occasion, type Part, type Plan } from './occasion';
import { allClasses, criticalClasses, publicClasses } from './readers';
import {
  isAnnouncement,
  isOfTheFault,
  isWaiting,
  owesAnUpdate,
  owesFirstWords,
  shareReaders,
} from './standing';
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
  const waiting = earlier.filter(isWaiting);
  return {
    messages: partsOf(occasion, earlier, now)
      .map((part) => messageFor(occasion, part, now))
      .filter((message) => message !== undefined),
    withdraw: waiting.map((message) => message.messageId),
  };
}

type Messages = readonly StandingMessage[];

const goneOf = (earlier: Messages): Messages =>
  earlier.filter((one) => one.state === 'dispatched' && isOfTheFault(one));

function partsOf(
  { kind, incident, hasNews }: Occasion,
  earlier: Messages,
  now: Instant,
): readonly Part[] {
  const { window } = incident;
  const gone = goneOf(earlier);
  if (window === undefined) return [];
  const told = new Set(gone.filter(isAnnouncement).flatMap((message) => message.classes));
  if (kind === 'cancelled' && window.to > now) return [takenBack(gone, told)];
  if (kind !== 'hit' || window.from <= now) return [];
  return [
    ...[criticalClasses, publicClasses].map((classes) =>
      firstWords(classes, gone, told, owesFirstWords(earlier, classes)),
    ),
    ...(hasNews || owesAnUpdate(earlier.filter(isOfTheFault)) ? [newWindow(gone, told)] : []),
  ];
}

/** Whoever has not been told yet; what they may have been told instead, of a fault that was planned works, is replaced. */
function firstWords(
  classes: readonly number[],
  gone: Messages,
  told: ReadonlySet<number>,
  isOwed: boolean,
): Part {
  if (classes.some((one) => told.has(one))) {
    const groups = isOwed ? (['newly-hit', 'still-hit'] as const) : (['newly-hit'] as const);
    return { groups, words: 'newly-hit', classes, replaces: [] };
  }
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
