import { isLoopbackUrl, readNewMessage } from './new-message';

const good = { To: '+4790000001', From: 'Nettinfo', Body: 'Hei' };

const refused: readonly (readonly [string, Record<string, string>, number])[] = [
  ['a missing number', { To: '' }, 21604],
  ['a number without its country', { To: '90000001' }, 21211],
  ['words instead of a number', { To: 'hospital' }, 21211],
  ['a missing sender', { From: '' }, 21603],
  ['a sender name of twelve characters', { From: 'Nettinfo1234' }, 21212],
  ['a sender name with a Nordic letter', { From: 'Nødnett' }, 21212],
  ['a sender name without any letter', { From: '12 34 5' }, 21212],
  ['an empty text', { Body: '' }, 21602],
  ['1,601 characters', { Body: 'a'.repeat(1601) }, 21617],
  [
    'a callback that leaves this machine',
    { StatusCallback: 'https://crisis.example.test/x' },
    21609,
  ],
  ['a callback that is no address', { StatusCallback: 'x' }, 21609],
];

describe('readNewMessage', () => {
  it.each(refused)('refuses %s', (_what, change, code) => {
    expect(readNewMessage(new URLSearchParams({ ...good, ...change }))).toBe(code);
  });

  it('takes 1,600 characters, a service instead of a sender, and the validity', () => {
    const form = new URLSearchParams({
      To: good.To,
      MessagingServiceSid: `MG${'0'.repeat(32)}`,
      Body: 'a'.repeat(1600),
      ValidityPeriod: '3600',
    });
    expect(readNewMessage(form)).toMatchObject({
      from: `MG${'0'.repeat(32)}`,
      validitySeconds: 3600,
    });
  });
});

describe('isLoopbackUrl', () => {
  it.each([
    'http://127.0.0.1:4000/x',
    'http://127.8.9.1/',
    'http://localhost/',
    'http://[::1]:80/',
  ])('calls %s', (url) => expect(isLoopbackUrl(url)).toBe(true));
  it.each([
    'http://10.0.0.1/',
    'http://127.0.0.1.example/',
    'ftp://127.0.0.1/',
    'http://localhost.example/',
  ])('does not call %s', (url) => expect(isLoopbackUrl(url)).toBe(false));
});
