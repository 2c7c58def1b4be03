import { accountLines } from './ledger';

const line = {
  dispatchId: 'd1',
  incidentId: 'i1',
  mode: 'ACTUAL',
  stage: 'declared',
  channel: 'sms',
  planned: 10,
  delivered: 7,
  sentWithoutReceipt: 1,
  failed: 1,
  suppressed: 0,
  superseded: 0,
  expired: 0,
  unknown: 0,
  open: 0,
};

describe('the ledger as people read it', () => {
  it('NEW-15: names every fault in words and says that it does not balance', () => {
    const fault = { law: 'NEW-15', sentence: 'One row is nowhere.', dispatchId: 'd1' };
    const lines = accountLines({ lines: [line], faults: [fault], balances: false });
    expect(lines.at(-1)).toBe('It does NOT balance.');
    expect(lines).toContain('NEW-15: One row is nowhere.');
    expect(lines[0]).toMatch(/^dispatch +channel +planned +delivered +no receipt/);
  });

  it('is content with nothing', () => {
    expect(accountLines({ lines: [], faults: [], balances: true })).toEqual([
      'Nothing has been sent.',
      'It balances.',
    ]);
  });
});
