import { planReceipts } from './receipt-plan';

const usual = ['sending', 'sent', 'delivered'] as const;
const statuses = (mood: Parameters<typeof planReceipts>[0]): string[] =>
  planReceipts(mood, [...usual]).map(({ status }) => status);

describe('planReceipts', () => {
  it('goes through the statuses in their order', () => expect(statuses({})).toEqual(usual));
  it('never calls back when it is told so', () =>
    expect(statuses({ receipts: 'never' })).toEqual([]));
  it('repeats each', () =>
    expect(statuses({ receipts: 'twice', statuses: ['sent', 'delivered'] })).toEqual([
      'sent',
      'sent',
      'delivered',
      'delivered',
    ]));
  it('turns the order round', () =>
    expect(statuses({ receipts: 'reversed' })).toEqual(['delivered', 'sent', 'sending']));
  it('pauses before the first one only', () =>
    expect(
      planReceipts({ receipts: 'late', lateMs: 9 }, [...usual]).map(({ afterMs }) => afterMs),
    ).toEqual([9, 0, 0]));
  it('forges all of them', () =>
    expect(planReceipts({ receipts: 'forged' }, [...usual]).every(({ isForged }) => isForged)).toBe(
      true,
    ));
  it('says the error in the last one', () => {
    const plan = planReceipts({ statuses: ['sent', 'undelivered'], errorCode: 30005 }, [...usual]);
    expect(plan.map(({ errorCode }) => errorCode)).toEqual([undefined, 30005]);
  });
});
