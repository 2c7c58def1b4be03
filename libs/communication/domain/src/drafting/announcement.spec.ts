import { at } from '../testing';
import { announcementCases, now, works } from './announcement.cases';
import { planMessages } from './plan-messages';
import { aMessage, readers } from './planning.fixture';

describe('who is told of planned works', () => {
  it.each(announcementCases)('D-05: $law', ({ given, messages, withdraw = [] }) => {
    const plan = planMessages(works(given), now);
    expect(
      plan.messages.map(({ stage, groups, classes, reach, replaces }) => ({
        stage,
        groups,
        classes,
        reach,
        replaces,
      })),
    ).toEqual(messages);
    expect(plan.withdraw).toEqual(withdraw);
  });

  it('§2.1: only the first word to the critical classes may go by a policy', () => {
    const headcounts = [readers('newly-hit', 0, 1), readers('newly-hit', 3, 7)];
    const first = planMessages(works({ headcounts }), now).messages;
    expect(first.map(({ classes, isFirstWord }) => [classes, isFirstWord])).toEqual([
      [[0], true],
      [[3], false],
    ]);
    const told = works({
      headcounts: [readers('still-hit', 0, 1)],
      hasNews: true,
      standing: [
        aMessage({ messageId: 'critical', stage: 'd1', classes: [0], state: 'dispatched' }),
      ],
    });
    expect(planMessages(told, now).messages.map((one) => one.isFirstWord)).toEqual([false]);
  });

  it('voice.md §3: emergency calls or an estimate change no word of it: b and a say what is down', () => {
    const occasion = works({});
    const incident = {
      ...occasion.incident,
      emergencyCalls: 'affected',
      estimate: {
        status: 'estimated',
        restoreBy: at('2026-11-24T04:00Z'),
        previous: undefined,
        change: 'none',
      },
    } as const;
    const [announcement] = planMessages({ ...occasion, incident }, now).messages;
    expect(announcement).toMatchObject({ stage: 'd1', safety: true });
  });
});
