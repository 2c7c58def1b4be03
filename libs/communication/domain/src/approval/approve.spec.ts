import { Refusal } from '@varde/kernel';
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

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

describe('a message whose time is over', () => {
  it.each([
    ['2026-11-23T23:59Z', 'nothing was refused'],
    ['2026-11-24T00:00Z', 'message-expired'],
    ['2026-11-24T00:01Z', 'message-expired'],
  ])('DL-6: at %s: %s', (now, code) => {
    expect(codeOf(() => mayStillGo(draft, at(now)))).toBe(code);
    expect(codeOf(() => approve(approval, draft, at(now)))).toBe(code);
  });
});
