import { Refusal } from '@varde/kernel';
import { tokenSentences } from '@varde/platform-auth';
import { statusOfRefusal } from './refusal-status';
import { refusalStatusCases } from './refusal-status.cases';

describe('statusOfRefusal', () => {
  it.each(refusalStatusCases)('answers $status to $code', ({ code, field, status }) => {
    expect(statusOfRefusal(new Refusal(code, 'x', {}, field))).toBe(status);
  });

  it.each(Object.keys(tokenSentences))('S-1: answers 401 to %s', (code) => {
    expect(statusOfRefusal(new Refusal(code, 'x'))).toBe(401);
  });
});
