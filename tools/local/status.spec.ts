import { statusLines, statusOf } from './status';

const addresses = {
  postgres: 'postgres://varde_reporting@127.0.0.1:15432/varde',
  redis: 'redis://127.0.0.1:16379',
  kafka: '127.0.0.1:19092',
  api: 'http://127.0.0.1:3000',
  courier: 'http://127.0.0.1:3002',
  sandbox: 'http://127.0.0.1:4100',
  issuer: 'http://127.0.0.1:4100/oidc',
  smtp: 'smtp://127.0.0.1:4125',
  databaseUrls: { gate: 'postgres://varde_gate@127.0.0.1:15432/varde' },
  twilio: { accountSid: 'AC1', authToken: 'made-up', callbackUrl: 'http://127.0.0.1:3002/cb' },
};

describe('npm run local -- status', () => {
  it('answers a script with exactly what is promised, in that order', () => {
    const answer = statusOf({ ready: true, addresses });
    expect(Object.keys(answer)).toEqual([
      'ready',
      'api',
      'courier',
      'sandbox',
      'postgres',
      'redis',
      'kafka',
      'twilio',
    ]);
    expect(answer.twilio).toEqual(addresses.twilio);
  });

  it('says that nothing is ready where nothing runs, or while it starts', () => {
    expect(statusOf(undefined)).toEqual({ ready: false });
    expect(statusOf({ ready: false, addresses: {} })).toEqual({ ready: false });
  });

  it('shows a person where to look, and no secret', () => {
    const lines = statusLines(addresses).split('\n');
    expect(lines[0]).toBe('  api       http://127.0.0.1:3000');
    expect(lines.join()).not.toContain('made-up');
  });
});
