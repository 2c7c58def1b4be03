import { longAdvice, shortAdvice } from './advice';
import type { Service } from './vocabulary';

const mobile: readonly Service[] = ['mobile-voice', 'mobile-data', 'sms'];

describe('shortAdvice', () => {
  it('points from the mobile network to Wi-Fi, and from broadband to mobile data', () => {
    expect(shortAdvice(mobile, false, 'en')).toBe('Try Wi-Fi.');
    expect(shortAdvice(['broadband'], false, 'da')).toBe('Prøv mobildata.');
  });

  it('advises no way around that is hit itself', () => {
    expect(shortAdvice([...mobile, 'broadband'], false, 'nb')).toBe('');
    expect(shortAdvice(['mobile-data', 'broadband'], false, 'nb')).toBe('');
  });

  it('is empty for a service that we know nothing for', () => {
    expect(shortAdvice(['tv', 'fixed-voice'], false, 'sv')).toBe('');
  });

  it('tells how to start again once the services are back, both where both were hit', () => {
    expect(shortAdvice([...mobile, 'broadband'], true, 'en')).toBe(
      'If you have no signal, switch your phone off and on. If you have no internet, restart your router.',
    );
  });
});

describe('longAdvice', () => {
  it('is about the time meanwhile only', () => {
    expect(longAdvice(['broadband'], false, 'en')).toBe(
      'Use mobile data meanwhile. Leave your router on.',
    );
    expect(longAdvice(['broadband'], true, 'en')).toBe('');
  });
});
