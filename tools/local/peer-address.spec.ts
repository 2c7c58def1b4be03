import { peerAddress } from './peer-address';

describe('the address of another peer', () => {
  it.each([
    ['twilio', 'http://127.0.0.1:9000'],
    ['twilio', 'https://localhost:9000'],
    ['twilio', 'http://[::1]:9000/prefix'],
    ['smtp', 'smtp://127.0.0.1:2525'],
    ['smtp', 'smtp://127.1.2.3:25'],
  ] as const)('of %s may be %s', (kind, text) => {
    expect(peerAddress(kind, text)).toBe(text);
  });

  it.each([
    ['twilio', 'https://api.twilio.example', 'api.twilio.example'],
    ['twilio', 'http://127.0.0.1.evil.example', '127.0.0.1.evil.example'],
    ['twilio', 'http://10.0.0.7:9000', '10.0.0.7'],
    ['twilio', 'http://0.0.0.0:9000', '0.0.0.0'],
    ['smtp', 'smtp://mail.operator.example:25', 'mail.operator.example'],
  ] as const)('of %s is refused beyond this machine, in a sentence: %s', (kind, text, host) => {
    expect(() => peerAddress(kind, text)).toThrow(
      `${host} is not this machine, and messages to invented people stay on it. Give an address on 127.0.0.1.`,
    );
  });

  it.each([
    ['twilio', '127.0.0.1:9000', 'http://127.0.0.1:4100'],
    ['twilio', 'smtp://127.0.0.1:25', 'http://127.0.0.1:4100'],
    ['smtp', 'http://127.0.0.1:25', 'smtp://127.0.0.1:4125'],
    ['smtp', 'mail', 'smtp://127.0.0.1:4125'],
  ] as const)('of %s is refused where it is none: %s', (kind, text, example) => {
    expect(() => peerAddress(kind, text)).toThrow(`It is an address such as ${example}.`);
  });
});
