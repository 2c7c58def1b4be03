import { Pace } from './pace';

let now: number;
const paceOf = (chance = 0): Pace => new Pace(0, { now: () => now, chance: () => chance });
beforeEach(() => {
  now = 1_000;
});

describe('a provider that cannot be reached', () => {
  /** Calls it as soon as it may be called, fails, and says how long nobody may call it then. */
  const fails = (pace: Pace): number => {
    now += pace.pauseMs;
    pace.unreachable(now);
    return pace.pauseMs;
  };

  it('§4: is left alone for 2 s, and longer while it goes on, up to 30 s', () => {
    const pace = paceOf();
    const pauses = Array.from({ length: 6 }, () => fails(pace));
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('§4: is left alone for 2 s again after it took something', () => {
    const pace = paceOf();
    fails(pace);
    fails(pace);
    pace.reached();
    expect(fails(pace)).toBe(2_000);
  });

  it('§4: is found out once by all the calls that were under way together', () => {
    const pace = paceOf();
    const began = now;
    for (let n = 0; n < 24; n += 1) pace.unreachable(began);
    now += 2_500; // the slowest of them gives up when the pause is over
    pace.unreachable(began);
    expect(pace.pauseMs).toBe(0);
    expect(fails(pace)).toBe(4_000);
  });
});

describe('a provider that is busy', () => {
  it.each([
    [7_000, 0, 7_000],
    [7_000, 1, 8_400],
    [3_600_000, 0, 300_000],
  ])('§4: asks for %d ms, with chance %d: %d ms', (asked, chance, pause) => {
    const pace = paceOf(chance);
    pace.backOff(asked);
    expect(pace.pauseMs).toBe(pause);
  });

  it('does not shorten the pause that lasts', () => {
    const pace = paceOf();
    pace.backOff(7_000);
    pace.backOff(1_000);
    expect(pace.pauseMs).toBe(7_000);
  });
});

it('DL-12: nobody waits for a pause any longer once the program stops', async () => {
  const pace = paceOf();
  pace.backOff(300_000);
  const waiting = Promise.all([pace.ready(), pace.turn()]);
  pace.stop();
  await waiting;
  await pace.ready();
});
