import { instant, milliseconds, minutes, plus, seconds, type Duration } from '@varde/kernel';
import { freshAcr, isFresh, isPermitted, type HeldRole, type PersonId } from './signed-in-person';

const now = instant(Date.UTC(2026, 10, 25, 3, 12));

describe('isFresh', () => {
  it.each<[string, string | undefined, Duration | undefined, boolean]>([
    ['just now', freshAcr, seconds(0), true],
    ['5 minutes ago', freshAcr, minutes(5), true],
    ['5 minutes and a moment ago', freshAcr, milliseconds(300_001), false],
    ['by a clock a little ahead of ours', freshAcr, seconds(-30), true],
    ['in the future', freshAcr, seconds(-31), false],
    ['without a step-up', 'urn:varde:acr:session', seconds(0), false],
    ['in an unknown way', undefined, seconds(0), false],
    ['at an unknown time', freshAcr, undefined, false],
  ])('S-1: signed in %s', (_, acr, age, fresh) => {
    const authTime = age === undefined ? undefined : plus(now, -age as Duration);
    const person = {
      ...(acr === undefined ? {} : { acr }),
      ...(authTime === undefined ? {} : { authTime }),
    };
    expect(isFresh(person, now)).toBe(fresh);
  });
});

describe('isPermitted', () => {
  const may = (held: readonly HeldRole[], country?: 'NO' | 'SE'): boolean =>
    isPermitted({ personId: 'x' as PersonId, name: 'x', held }, 'message.approve', country);

  it.each<[string, readonly HeldRole[], 'NO' | 'SE' | undefined, boolean]>([
    ['a role for all countries', [{ role: 'approver' }], 'NO', true],
    ['a role for this country', [{ role: 'approver', country: 'NO' }], 'NO', true],
    ['a role for another country', [{ role: 'approver', country: 'SE' }], 'NO', false],
    [
      'a role for any country, where none is asked',
      [{ role: 'approver', country: 'SE' }],
      undefined,
      true,
    ],
    ['another role', [{ role: 'viewer' }], undefined, false],
    ['no role', [], undefined, false],
  ])('with %s', (_, held, country, permitted) => {
    expect(may(held, country)).toBe(permitted);
  });
});
