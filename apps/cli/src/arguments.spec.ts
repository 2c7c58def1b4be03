import type { z } from 'zod';
import { mergeIncident, raiseIncident, resolveIncident, updateIncident } from '@varde/contracts';
import { asked, listed, query, wholeNumber } from './arguments';

describe('arguments', () => {
  it('reads a list with blanks and an empty end', () => {
    expect(listed(' mobile-voice, sms ,')).toEqual(['mobile-voice', 'sms']);
    expect(() => listed(' , ')).toThrow(/a list/);
  });

  it('reads a whole number as people type it', () => {
    expect(wholeNumber('50 000')).toBe(50_000);
    expect(() => wholeNumber('many')).toThrow(/whole number/);
  });

  it('leaves out of an address what was not said', () => {
    expect(query({ incident: undefined, state: '' })).toBe('');
    expect(query({ phase: ['held', 'pending'] })).toBe('?phase=held&phase=pending');
    expect(query({ incident: 'a b', state: 'drafted' })).toBe('?incident=a+b&state=drafted');
  });
});

describe('asked', () => {
  it('gives the body as it was said, since the API parses it itself', () => {
    const body = { into: 'NO-2026-0017', reason: 'One cable' };
    expect(asked(mergeIncident, body)).toBe(body);
  });

  it('names the field of a slip, before anything is asked of anybody', () => {
    const slip = {
      mode: 'LIVE',
      country: 'NO',
      services: ['mobile-voice'],
      startedAt: 'yesterday',
    };
    expect(() => asked(raiseIncident, slip as never)).toThrow(/mode: .*\n?.*startedAt: .*offset/s);
  });

  it.each([
    [resolveIncident, { reason: 'x' }, /^reason: It needs at least 3 characters\.$/],
    [
      updateIncident,
      { services: ['warp'] },
      /^services\.0: It must be one of mobile-voice, mobile-data, sms, .*\.$/,
    ],
    [mergeIncident, { into: 'NO-2026-0017' }, /^reason: It is missing\.$/],
  ])('speaks in our words, not in a library’s', (schema, slip, told) => {
    expect(() => asked(schema as z.ZodType, slip)).toThrow(told);
  });
});
