import type { ShownMessage } from '@varde/contracts';
import { messageLines, messageTable } from './message-words';

const messageOf = (stage: string): ShownMessage => ({
  messageId: '5a4db0c5-0000-4000-8000-000000000001',
  incidentId: '5a4db0c5-0000-4000-8000-000000000002',
  incidentNumber: 'NO-2026-0017',
  mode: 'ACTUAL',
  stage,
  groups: ['newly-hit'],
  classes: [3],
  state: 'submitted',
  version: 1,
  contentSha256: 'b36b5b0954ff'.padEnd(64, '0'),
  reach: 1_204,
  approversNeeded: 1,
  approvals: [],
  authors: [],
  submittedBy: null,
  channels: ['sms'],
  texts: [],
  problems: [],
  forecast: { recipientCount: 1_204, segmentCount: 1_204, cost: [], minutes: 1 },
  sendBefore: '2026-11-25T12:00:00.000Z',
  template: null,
  dispatchId: null,
  history: [],
});

describe('a message as people read it', () => {
  it.each([
    ['a0', 'a0 holding text'],
    ['a1', 'a1'],
    ['e1', 'e1'],
  ])('of stage %s is called %j in the list and on its own', (stage, shown) => {
    const message = messageOf(stage);
    expect(messageTable([message])[1]?.split(/ {2,}/)[3]).toBe(shown);
    expect(messageLines(message)[1]?.split(/ {2,}/)[1]).toBe(shown);
  });
});
