import { readSandboxConfig } from './sandbox.config';
import { startSandbox } from './sandbox';
import { aSandbox, ask, control } from './testing';

describe('readSandboxConfig', () => {
  it('tells all problems together, each with its variable and what it means', () => {
    const read = () =>
      readSandboxConfig({
        SANDBOX_PORT: '70000',
        SANDBOX_TWILIO_ACCOUNT_SID: 'x',
        SANDBOX_ISSUER: 'x',
      });
    expect(read).toThrow(/SANDBOX_PORT: .*port of HTTP/);
    expect(read).toThrow(/SANDBOX_TWILIO_ACCOUNT_SID: is AC and 32 hexadecimal digits/);
    expect(read).toThrow(/SANDBOX_ISSUER: /);
  });

  it('takes an empty value for one that was left out', () => {
    expect(readSandboxConfig({ SANDBOX_DATABASE_URL: '' }).SANDBOX_DATABASE_URL).toBeUndefined();
  });
});

describe('startSandbox', () => {
  it('refuses a port that is taken and leaves nothing open', async () => {
    const first = await aSandbox();
    const taken = new URL(first.url).port;
    await expect(aSandbox({ SANDBOX_PORT: taken })).rejects.toThrow(
      /Port \d+ on 127\.0\.0\.1 is taken: .* set SANDBOX_PORT /,
    );
    await expect(aSandbox({ SANDBOX_SMTP_PORT: String(first.smtpPort) })).rejects.toThrow(
      /is taken: .* set SANDBOX_SMTP_PORT /,
    );
    await first.close();
    await (await aSandbox({ SANDBOX_PORT: taken })).close();
  });

  it('lets in only the people that it was told of', async () => {
    const config = readSandboxConfig({
      SANDBOX_PORT: '0',
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_PEOPLE: 'maja.author, nobody',
    });
    await expect(startSandbox(config)).rejects.toThrow(/SANDBOX_PEOPLE: nobody is called "nobody"/);
  });

  it('says that it has no movable clock', async () => {
    const sandbox = await aSandbox();
    expect(await control(sandbox, 'PUT', 'clock', { shiftSeconds: 60 })).toMatchObject({
      status: 409,
      value: { error: expect.stringContaining('SANDBOX_DATABASE_URL') as string },
    });
    await sandbox.close();
  });

  it('takes settings as JSON only, so that no page elsewhere can post them', async () => {
    const sandbox = await aSandbox();
    const { status } = await ask(`${sandbox.url}/control/moods/sms`, 'PUT', '{}', {
      'content-type': 'text/plain',
    });
    expect(status).toBe(415);
    await sandbox.close();
  });
});
