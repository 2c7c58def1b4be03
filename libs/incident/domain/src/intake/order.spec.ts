import { dialects } from '../vocabulary';
import { isNewer, orderedAt, type AlarmOrder } from './order';
import { readTime, received } from './times';
import { exampleReceivedAt } from './examples';

const at = (text: string): Pick<AlarmOrder, 'atMicroseconds'> =>
  orderedAt(readTime(text) ?? received(exampleReceivedAt));
const early = at('2026-02-11T03:14:09.412001Z');
const late = at('2026-02-11T03:14:09.412002Z');

describe('I-3: isNewer', () => {
  const cloud = { dialect: 'cloudevents-tmf642' } as const;
  const bare = { dialect: 'tmf642-bare' } as const;
  const ves = { dialect: 'ves-7' } as const;
  const gpp = { dialect: '3gpp-notify' } as const;

  it.each<[string, AlarmOrder, AlarmOrder]>([
    [
      'CloudEvents: the sequence, against the time',
      { ...cloud, sequence: '0000000002', ...early },
      { ...cloud, sequence: '0000000001', ...late },
    ],
    [
      'CloudEvents: the time, where one has no sequence',
      { ...cloud, ...late },
      { ...cloud, sequence: '0000000009', ...early },
    ],
    ['bare: the time, to the microsecond', { ...bare, ...late }, { ...bare, ...early }],
    [
      'VES: the time before the sequence',
      { ...ves, number: 1, ...late },
      { ...ves, number: 2, ...early },
    ],
    [
      'VES: the sequence where the times are equal',
      { ...ves, number: 2, ...late },
      { ...ves, number: 1, ...late },
    ],
    [
      'VES: the sequence where a device has no clock',
      { ...ves, number: 2 },
      { ...ves, number: 1, ...late },
    ],
    [
      '3GPP: the time, where the number contradicts it',
      { ...gpp, number: 1, ...late },
      { ...gpp, number: 2, ...early },
    ],
    [
      '3GPP: the number, where the times are equal',
      { ...gpp, number: 2, ...late },
      { ...gpp, number: 1, ...late },
    ],
    [
      '3GPP: the number, where a time is missing',
      { ...gpp, number: 2 },
      { ...gpp, number: 1, ...late },
    ],
  ])('%s', (_law, newer, older) => {
    expect(isNewer(newer, older)).toBe(true);
    expect(isNewer(older, newer)).toBe(false);
  });

  it.each(dialects)('%s: where nothing decides, arrival does', (dialect) => {
    expect(isNewer({ dialect }, { dialect })).toBe(true);
    expect(isNewer({ dialect }, { dialect, ...late })).toBe(true);
    expect(isNewer({ dialect, ...late }, { dialect, ...late })).toBe(true);
  });

  it('takes no order from our own receive time', () => {
    expect(orderedAt(received(exampleReceivedAt))).toEqual({});
  });
});
