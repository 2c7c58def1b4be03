import { planHoldingTexts, type Silence } from './holding-text';
import { aMessage, anIncident, readers } from './planning.fixture';

const silence = (more: Partial<Silence> = {}): Silence => ({
  incident: anIncident,
  headcounts: [
    readers('newly-hit', 0, 5, { channel: 'email' }),
    readers('newly-hit', 3, 400),
    readers('still-hit', 3, 100, { language: 'en' }),
    readers('restored', 3, 50, { language: 'sv' }),
  ],
  standing: [],
  ...more,
});

const audiences = (given: Silence): unknown[] =>
  planHoldingTexts(given).map(({ stage, classes, reach }) => ({ stage, classes, reach }));

describe('the holding text', () => {
  it('§2.4: is for everybody who is hit, the critical classes and the public apart', () => {
    expect(audiences(silence())).toEqual([
      { stage: 'a0', classes: [0], reach: 5 },
      { stage: 'a0', classes: [3], reach: 500 },
    ]);
  });

  it('A-10: is in every language and channel that its readers need, and no other', () => {
    expect(planHoldingTexts(silence())[1]).toMatchObject({
      languages: ['en', 'nb'],
      channels: ['sms'],
      groups: ['newly-hit', 'still-hit'],
    });
  });

  it('§2.1: goes by no policy: one person submits it and another approves it', () => {
    expect(planHoldingTexts(silence()).map((one) => one.isFirstWord)).toEqual([false, false]);
  });

  it('§2.4: is not for classes to which something has gone', () => {
    const told = aMessage({ classes: [0, 1], state: 'dispatched' });
    expect(audiences(silence({ standing: [told] }))).toEqual([
      { stage: 'a0', classes: [3], reach: 500 },
    ]);
  });

  it('§2.4: what waits, was sent back or refused has told nobody anything', () => {
    for (const state of ['drafted', 'submitted', 'returned', 'rejected', 'withdrawn'] as const)
      expect(audiences(silence({ standing: [aMessage({ state })] }))).toHaveLength(2);
  });

  it('voice.md §3: is not made where emergency calls are hit: their text says how to get help', () => {
    const incident = { ...anIncident, emergencyCalls: 'affected' } as const;
    expect(audiences(silence({ incident }))).toEqual([]);
  });

  it('A-9: is not made without a reader, for planned works, or for the canary', () => {
    expect(audiences(silence({ headcounts: [readers('restored', 3, 5)] }))).toEqual([]);
    expect(audiences(silence({ incident: { ...anIncident, kind: 'planned' } }))).toEqual([]);
    expect(audiences(silence({ incident: { ...anIncident, mode: 'TEST' } }))).toEqual([]);
  });

  it('A-8: an exercise has its own readers only', () => {
    const incident = { ...anIncident, mode: 'EXERCISE' } as const;
    const headcounts = [readers('newly-hit', 3, 400, { exerciseCount: 2 })];
    expect(audiences(silence({ incident, headcounts }))).toEqual([
      { stage: 'a0', classes: [3], reach: 2 },
    ]);
  });
});
