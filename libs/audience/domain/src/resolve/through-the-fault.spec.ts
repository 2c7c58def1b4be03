import { mailCases, smsCases } from './through-the-fault.cases';
import { isMailThroughTheFault, isSmsThroughTheFault } from './through-the-fault';

describe('isSmsThroughTheFault', () => {
  it.each(smsCases)('DL-14: $law → $isLost', ({ path, isLost }) => {
    expect(isSmsThroughTheFault(path)).toBe(isLost);
  });
});

describe('isMailThroughTheFault', () => {
  it.each(mailCases)('DL-14: $law → $isLost', ({ kind, sold, isLost }) => {
    expect(isMailThroughTheFault(kind, sold)).toBe(isLost);
  });
});
