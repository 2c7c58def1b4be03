import type { Instant } from '@varde/kernel';
import { at } from '../testing';
import { approve, mayStillGo, type DraftStanding } from './approve';

const begins = at('2026-11-24T00:00Z');
const draft: DraftStanding = {
  messageId: '00000000-0000-4000-8000-000000000001',
  state: 'submitted',
  version: 1,
  contentSha256: 'b36b5b0954ff',
  reach: 20,
  sendBefore: begins,
  authors: ['maja'],
  submittedBy: 'jonas',
  returnedBy: undefined,
};
const approval = { by: 'aksel', version: 1, contentSha256: 'b36b5b0954ff', reach: 20 };

describe('a message whose time is over', () => {
  const acts = [
    ['submitted', (now: Instant) => mayStillGo(draft, now)],
    ['approved', (now: Instant) => approve(approval, draft, now)],
  ] as const;

  it.each(acts)('DL-6: may be %s a minute before it begins', (_, act) => {
    expect(() => act(at('2026-11-23T23:59Z'))).not.toThrow();
  });

  it.each(acts)('DL-6: is not %s any more from then on', (_, act) => {
    for (const now of ['2026-11-24T00:00Z', '2026-11-24T00:01Z'])
      expect(() => act(at(now))).toThrow(expect.objectContaining({ code: 'message-expired' }));
  });
});
