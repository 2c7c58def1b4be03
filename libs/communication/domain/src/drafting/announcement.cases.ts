import { at } from '../testing';
import type { Occasion } from './occasion';
import { aMessage, anIncident, anOccasion, readers } from './planning.fixture';

/** Sunday afternoon, a day and a half before the works. */
export const now = at('2026-11-22T13:10Z');
const window = { from: at('2026-11-24T00:00Z'), to: at('2026-11-24T04:00Z') };
const windowOf = (from: string, to: string): Occasion['incident'] => ({
  ...anIncident,
  kind: 'planned',
  window: { from: at(from), to: at(to) },
});

/** A second look at works a day and a half ahead, that concern 400 people as before and 10 more. */
export const works = (more: Partial<Occasion>): Occasion =>
  anOccasion({ incident: { ...anIncident, kind: 'planned', window }, ...more });

const waits = aMessage({ messageId: 'waits', stage: 'd1' });
const told = aMessage({ messageId: 'told', stage: 'd1', state: 'dispatched' });
const hospital = aMessage({
  messageId: 'hospital',
  stage: 'd1',
  classes: [0],
  state: 'dispatched',
});
const everybody = {
  stage: 'd1',
  groups: ['newly-hit', 'still-hit'],
  classes: [3],
  reach: 410,
  replaces: [],
};
const newlyHit = { stage: 'd1', groups: ['newly-hit'], classes: [3], reach: 10, replaces: [] };
const again = {
  stage: 'd1',
  groups: ['still-hit'],
  classes: [3],
  reach: 400,
  replaces: ['told'],
};
const back = [readers('restored', 0, 1), readers('restored', 3, 410)];

/** What happens to planned works, and who is told what of them. */
export const announcementCases: readonly {
  readonly law: string;
  readonly given: Partial<Occasion>;
  readonly messages: readonly unknown[];
  readonly withdraw?: readonly string[];
}[] = [
  { law: 'everybody whom they concern reads when they are', given: {}, messages: [everybody] },
  {
    law: 'whoever has not been told yet reads the newest, and the older draft is withdrawn',
    given: { standing: [waits], hasNews: true },
    messages: [everybody],
    withdraw: ['waits'],
  },
  {
    law: 'whoever was told hears nothing more without a new window; whoever is newly hit does',
    given: { standing: [told] },
    messages: [newlyHit],
  },
  {
    law: 'a new window is told to whoever was told, in a message of its own that replaces the old one',
    given: { standing: [told], hasNews: true },
    messages: [newlyHit, again],
  },
  {
    law: 'a new window that nobody let go before the next change is still owed to whoever was told',
    given: {
      snapshotVersion: 3,
      standing: [told, { ...waits, occasion: 2, groups: ['still-hit'], words: 'still-hit' }],
    },
    messages: [newlyHit, again],
    withdraw: ['waits'],
  },
  {
    law: 'what the hospital was told the public was not',
    given: { standing: [hospital, waits] },
    messages: [everybody],
    withdraw: ['waits'],
  },
  {
    law: 'an outage that was planned works all along is replaced by their announcement',
    given: { standing: [aMessage({ messageId: 'outage', state: 'dispatched' })] },
    messages: [{ ...everybody, replaces: ['outage'] }],
  },
  {
    law: 'from their first minute on nobody is told, and what waits is withdrawn',
    given: {
      incident: windowOf('2026-11-22T13:10Z', '2026-11-22T15:00Z'),
      standing: [waits],
    },
    messages: [],
    withdraw: ['waits'],
  },
  {
    law: 'works that are over are told to nobody, a new window in the past neither',
    given: {
      incident: windowOf('2026-11-22T02:00Z', '2026-11-22T04:00Z'),
      standing: [told],
      hasNews: true,
    },
    messages: [],
  },
  {
    law: 'their end is told to nobody: nobody was told that anything is down',
    given: { kind: 'end', headcounts: back, standing: [told, hospital] },
    messages: [],
  },
  {
    law: 'works that are done before they were announced are announced to nobody any more',
    given: { kind: 'end', headcounts: back, standing: [waits] },
    messages: [],
    withdraw: ['waits'],
  },
  {
    law: 'works that are cancelled before anybody was told are told to nobody',
    given: { kind: 'cancelled', headcounts: back, standing: [waits] },
    messages: [],
    withdraw: ['waits'],
  },
  {
    law: 'works that are cancelled are taken back from those who were told, and from nobody else',
    given: { kind: 'cancelled', headcounts: back, standing: [told] },
    messages: [{ stage: 'e1', groups: ['restored'], classes: [3], reach: 410, replaces: ['told'] }],
  },
  {
    law: 'works whose time is over cannot be taken back any more',
    given: {
      incident: windowOf('2026-11-22T02:00Z', '2026-11-22T04:00Z'),
      kind: 'cancelled',
      headcounts: back,
      standing: [told],
    },
    messages: [],
  },
  {
    law: 'works of which nobody said when are announced to nobody',
    given: { incident: { ...anIncident, kind: 'planned' } },
    messages: [],
  },
  {
    law: 'a test announces nothing',
    given: { incident: { ...anIncident, kind: 'planned', window, mode: 'TEST' } },
    messages: [],
  },
  {
    law: 'an exercise announces to its own readers only',
    given: {
      incident: { ...anIncident, kind: 'planned', window, mode: 'EXERCISE' },
      headcounts: [readers('newly-hit', 3, 400, { exerciseCount: 2 })],
    },
    messages: [{ ...newlyHit, reach: 2 }],
  },
];
