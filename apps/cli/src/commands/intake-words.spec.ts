import type { IntakeStatus } from '@varde/contracts';
import { statusLines } from './intake-words';

const place = { consumer: 'intake', topic: 'network.west', partition: 2 };
const noticedAt = '2026-11-25T12:00:00.000Z';

const statusOf = (
  [expectedOffset, lowWaterMark]: readonly [string, string],
  [nextOffset, movedAt]: readonly [string, string],
): IntakeStatus => ({
  offsets: [
    { ...place, partition: 1, nextOffset: '900', movedAt: noticedAt, lag: null },
    { ...place, nextOffset, movedAt, lag: null },
  ],
  gaps: [{ ...place, expectedOffset, lowWaterMark, noticedAt }],
  counted: [],
  deadLettersOpen: 0,
  reportsWaiting: 0,
  factsFailed: 0,
});

const before = '2026-11-25T11:59:00.000Z';
const after = '2026-11-25T12:01:00.000Z';

const cases: readonly (readonly [
  string,
  Parameters<typeof statusOf>[0],
  Parameters<typeof statusOf>[1],
  RegExp,
])[] = [
  ['was thrown away', ['3', '5'], ['5', after], /partition 2: 3 to 5 were gone before we had them/],
  [
    'is another log, held',
    ['3', '0'],
    ['3', before],
    /made anew, .* before 3.* HELD: nothing .*runbook/,
  ],
  ['is another log whose first is ours', ['3', '3'], ['3', before], /made anew.* HELD/],
  ['has moved since', ['3', '0'], ['0', after], /made anew.* Its place has moved since\./],
  ['has come to the old place again', ['3', '0'], ['3', after], /made anew.* moved since\./],
  ['has figures of two lengths', ['10', '9'], ['10', before], /made anew.* HELD/],
];

describe('the intake as people read it', () => {
  it.each(cases)('I-2: says of a gap that it %s', (_, gap, now, words) => {
    const line = statusLines(statusOf(gap, now)).find((one) => one.startsWith('GAP'));
    expect(line).toMatch(words);
    expect(/HELD/.test(line ?? '')).toBe(words.source.includes('HELD'));
  });
});
