import { instant } from '@varde/kernel';
import { smsMoods, type SmsMood, type SmsMoods } from './mood';
import { MoodBoard } from './mood-board';

const board = (settings: object) => new MoodBoard<SmsMood, SmsMoods>(smsMoods.parse(settings));

describe('MoodBoard', () => {
  it('takes each field from the first rule that sets it', () => {
    const moods = board({
      rules: [
        { to: '+47900', receipts: 'never' },
        { answer: '429', receipts: 'twice' },
      ],
    });
    expect(moods.moodFor('+47900')).toMatchObject({ answer: '429', receipts: 'never' });
    expect(moods.moodFor('+47901')).toMatchObject({ answer: '429', receipts: 'twice' });
  });

  it('draws the same share from the same seed', () => {
    const draws = (seed: number): string[] => {
      const moods = board({ seed, rules: [{ sharePercent: 30, answer: '429' }] });
      return Array.from({ length: 1000 }, () => moods.moodFor('+47900').answer ?? '-');
    };
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
    const hits = draws(7).filter((answer) => answer === '429').length;
    expect(hits).toBeGreaterThan(250);
    expect(hits).toBeLessThan(350);
  });

  it('spends a rule with times, and a new setting brings it back', () => {
    const settings = { rules: [{ times: 1, answer: '429' }] };
    const moods = board(settings);
    expect([moods.moodFor('a').answer, moods.moodFor('a').answer]).toEqual(['429', undefined]);
    moods.set(smsMoods.parse(settings));
    expect(moods.moodFor('a').answer).toBe('429');
  });

  it('has room for so many in a second, and again in the next', () => {
    const moods = board({ perSecond: 2 });
    const at = (ms: number): boolean => moods.hasRoom(instant(ms));
    expect([at(1000), at(1500), at(1999), at(2000)]).toEqual([true, true, false, true]);
  });
});
