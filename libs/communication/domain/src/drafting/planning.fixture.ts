import { at } from '../testing';
import type { Occasion } from './occasion';
import type { Headcount } from './readers';
import type { StandingMessage } from './standing';

/** So many people of a class, by SMS in bokmål unless said. */
export const readers = (
  group: Headcount['group'],
  recipientClass: number,
  count: number,
  more: Partial<Headcount> = {},
): Headcount => ({
  group,
  class: recipientClass,
  language: 'nb',
  channel: 'sms',
  country: 'NO',
  count,
  exerciseCount: 0,
  ...more,
});

/** A first message to the public that waits to be submitted; its words are those of its first group, unless said. */
export const aMessage = (more: Partial<StandingMessage> = {}): StandingMessage => ({
  messageId: 'a1-public',
  stage: 'a1',
  occasion: 1,
  groups: ['newly-hit'],
  words: more.groups?.[0] ?? 'newly-hit',
  classes: [3],
  state: 'drafted',
  ...more,
});

/** A mobile outage in Vestland without an estimate. */
export const anIncident: Occasion['incident'] = {
  number: 'NO-2026-0042',
  mode: 'ACTUAL',
  country: 'NO',
  kind: 'outage',
  services: ['mobile-voice'],
  areas: ['NO-46'],
  startedAt: at('2026-11-22T13:02:00Z'),
  restoredAt: undefined,
  changedAt: at('2026-11-22T13:05:00Z'),
  estimate: { status: 'none', restoreBy: undefined, previous: undefined, change: 'none' },
  cause: { status: 'unknown', group: undefined },
  emergencyCalls: 'notAffected',
  nextUpdateBy: undefined,
};

/** A second look at it: 400 people are hit as before and 10 more. */
export const anOccasion = (more: Partial<Occasion> = {}): Occasion => ({
  incident: anIncident,
  kind: 'hit',
  snapshotVersion: 2,
  hasNews: false,
  headcounts: [readers('newly-hit', 3, 10), readers('still-hit', 3, 400)],
  standing: [],
  ...more,
});
