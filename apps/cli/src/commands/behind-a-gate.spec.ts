import type { DispatchView } from '@varde/contracts';
import { down, refused } from '../exit';
import { behindOf, isMissing } from './behind-a-gate';

const aDispatch = (change: Partial<DispatchView>): DispatchView => ({
  dispatchId: 'd1',
  messageId: 'm1',
  version: 1,
  incidentId: 'i1',
  mode: 'ACTUAL',
  reach: 10,
  policyId: null,
  startedBy: 'p1',
  dispatchedAt: '2026-11-25T11:00:00.000Z',
  heldUntil: '2026-11-25T11:00:30.000Z',
  sendBefore: '2026-11-25T15:00:00.000Z',
  plannedCount: 10,
  isPlanned: true,
  lanes: [],
  halts: [],
  ...change,
});

const all = { scope: 'all', id: '*' } as const;

describe('what stands behind a gate', () => {
  const both = [
    aDispatch({
      lanes: [
        { channel: 'sms', class: 0, states: { delivered: 3, ambiguous: 1 } },
        { channel: 'email', class: 3, states: { pending: 5, accepted: 1 } },
      ],
    }),
    aDispatch({
      dispatchId: 'd2',
      incidentId: 'i2',
      lanes: [{ channel: 'sms', class: 3, states: { pending: 0, sending: 2, failed: 1 } }],
    }),
  ];

  it('UX-06: says how many wait, how many had left, how many are unknown', () => {
    expect(behindOf(all, both)).toMatchObject({ waiting: 5, left: 5, unknown: 3 });
  });

  it('counts one channel alone where that is what was halted', () => {
    expect(behindOf({ scope: 'channel', id: 'sms' }, both)).toMatchObject({
      waiting: 0,
      left: 4,
      unknown: 3,
    });
  });

  it('looks at one dispatch or one incident alone where that is what was halted', () => {
    expect(behindOf({ scope: 'dispatch', id: 'd2' }, both)).toMatchObject({ waiting: 0, left: 1 });
    expect(behindOf({ scope: 'incident', id: 'i1' }, both)).toMatchObject({ waiting: 5, left: 4 });
  });

  it('names what else is halted, once: opening one gate of two lets nothing go', () => {
    const halts = [all, { scope: 'incident' as const, id: 'i1' }];
    const lanes = [{ channel: 'sms' as const, class: 3, states: { pending: 5 } }];
    const two = [aDispatch({ halts, lanes }), aDispatch({ dispatchId: 'd2', halts, lanes })];
    expect(behindOf(all, two).otherHalts).toEqual([{ scope: 'incident', id: 'i1' }]);
    expect(behindOf(all, [aDispatch({ halts })]).otherHalts).toEqual([]);
  });

  it('names the incidents of which something may still go', () => {
    expect(behindOf(all, both).incidentIds).toEqual(['i1']);
    expect(behindOf(all, [aDispatch({ isPlanned: false })]).incidentIds).toEqual(['i1']);
  });
});

describe('an id that was mistyped', () => {
  // The API in two addresses: everything else it refuses as it does.
  const get = <T>(path: string): Promise<T> =>
    ['/dispatches/d1', '/incidents/i1'].includes(path)
      ? Promise.resolve({} as T)
      : Promise.reject(
          refused(path.startsWith('/incidents/') ? 'no-such-incident' : 'no-such-dispatch', 'No.'),
        );

  it.each([
    ['dispatch', 'd1', false],
    ['dispatch', 'd2', true],
    ['incident', 'i1', false],
    ['incident', 'i2', true],
    ['channel', 'sms', false],
    ['all', '*', false],
  ] as const)('of a %s: is there surely no %s? %s', async (scope, id, missing) => {
    expect(await isMissing({ get }, { scope, id })).toBe(missing);
  });

  it('is not said while the API is away, or where somebody may not look', async () => {
    for (const cause of [down('It is away.'), refused('right-missing', 'You may not look.')])
      expect(
        await isMissing({ get: () => Promise.reject(cause) }, { scope: 'dispatch', id: 'd2' }),
      ).toBe(false);
  });
});
