import type { Occasion } from './occasion';
import { planMessages } from './plan-messages';
import { at } from '../testing';
import { aMessage, anOccasion, readers } from './planning.fixture';

const now = at('2026-11-22T13:10:00Z');

const planned = (given: Occasion): unknown[] =>
  planMessages(given, now).messages.map(({ stage, groups, reach, replaces }) => ({
    stage,
    groups,
    reach,
    replaces,
  }));

describe('who is told what on an occasion', () => {
  it('§2.5: whoever is newly hit reads first words, whoever was told hears more only of news', () => {
    const standing = [aMessage({ messageId: 'first', state: 'dispatched' })];
    const newlyHit = { stage: 'a1', groups: ['newly-hit'], reach: 10, replaces: [] };
    expect(planned(anOccasion({ standing }))).toEqual([newlyHit]);
    expect(planned(anOccasion({ standing, hasNews: true }))).toEqual([
      newlyHit,
      { stage: 'a4', groups: ['still-hit'], reach: 400, replaces: ['first'] },
    ]);
  });

  describe('what nobody let go before the next change, which is no news', () => {
    const told = aMessage({ messageId: 'first', state: 'dispatched' });
    const after = (...others: ReturnType<typeof aMessage>[]): Occasion =>
      anOccasion({
        snapshotVersion: 4,
        headcounts: [readers('newly-hit', 3, 10), readers('still-hit', 3, 400)],
        standing: [told, ...others],
      });
    const firstWords = (groups: string[], reach: number): object => ({
      stage: 'a1',
      groups,
      reach,
      replaces: [],
    });

    it('§2.5: is owed where it was an update', () => {
      const update = aMessage({
        messageId: 'update',
        stage: 'a4',
        groups: ['still-hit'],
        occasion: 2,
      });
      expect(planned(after(update))).toEqual([
        firstWords(['newly-hit'], 10),
        { stage: 'a4', groups: ['still-hit'], reach: 400, replaces: ['first', 'update'] },
      ]);
      expect(planMessages(after(update), now).withdraw).toEqual(['update']);
    });

    it.each(['drafted', 'submitted', 'returned', 'rejected'] as const)(
      'DL-2: is owed where it was first words to whoever was hit later, %s',
      (state) => {
        expect(planned(after(aMessage({ messageId: 'later', occasion: 2, state })))).toEqual([
          firstWords(['newly-hit', 'still-hit'], 410),
        ]);
      },
    );

    it('DL-2: is owed no longer once first words to all of them have gone', () => {
      const rejected = aMessage({ messageId: 'later', occasion: 2, state: 'rejected' });
      const again = aMessage({
        messageId: 'again',
        occasion: 3,
        groups: ['newly-hit', 'still-hit'],
        state: 'dispatched',
      });
      expect(planned(after(rejected, again))).toEqual([firstWords(['newly-hit'], 10)]);
    });
  });

  it('§2.5: whoever has not been told yet reads first words, however long they have been hit', () => {
    expect(planned(anOccasion({ standing: [aMessage()] }))).toEqual([
      { stage: 'a1', groups: ['newly-hit', 'still-hit'], reach: 410, replaces: [] },
    ]);
  });

  it('§2.4: whoever got the holding text alone reads first words, which replace it', () => {
    const holding = aMessage({
      messageId: 'holding',
      stage: 'a0',
      classes: [2, 3],
      state: 'dispatched',
    });
    const critical = aMessage({
      messageId: 'held-critical',
      stage: 'a0',
      classes: [0],
      state: 'dispatched',
    });
    expect(planned(anOccasion({ standing: [holding, critical] }))).toEqual([
      { stage: 'a1', groups: ['newly-hit', 'still-hit'], reach: 410, replaces: ['holding'] },
    ]);
  });

  it('D-05: works that became an outage were announced, not told: first words, which replace it', () => {
    const standing = [aMessage({ messageId: 'works', stage: 'd1', state: 'dispatched' })];
    expect(planned(anOccasion({ standing }))).toEqual([
      { stage: 'a1', groups: ['newly-hit', 'still-hit'], reach: 410, replaces: ['works'] },
    ]);
  });

  it('§2.4: a holding text that waits is withdrawn with everything that waits', () => {
    const standing = [aMessage(), aMessage({ messageId: 'holding', stage: 'a0' })];
    expect(planMessages(anOccasion({ standing }), now).withdraw).toEqual(['a1-public', 'holding']);
  });

  it('§2.5: the end replaces everything that still waits to be sent, the holding text too', () => {
    const holding = aMessage({ messageId: 'holding', stage: 'a0', state: 'dispatched' });
    const headcounts = [readers('restored', 3, 410)];
    expect(planned(anOccasion({ kind: 'end', headcounts, standing: [holding] }))).toEqual([
      { stage: 'a5', groups: ['restored'], reach: 410, replaces: ['holding'] },
    ]);
  });

  it('§2.1: the critical classes get theirs apart, for a policy to let go', () => {
    const headcounts = [readers('newly-hit', 0, 1), readers('newly-hit', 2, 7)];
    expect(
      planMessages(anOccasion({ snapshotVersion: 1, headcounts }), now).messages.map(
        ({ classes, isFirstWord }) => [classes, isFirstWord],
      ),
    ).toEqual([
      [[0], true],
      [[2], false],
    ]);
  });
});
