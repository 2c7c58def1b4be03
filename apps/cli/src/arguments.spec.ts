import { mergeIncident, raiseIncident } from '@varde/contracts';
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
});
