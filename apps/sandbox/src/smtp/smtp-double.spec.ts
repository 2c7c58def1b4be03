import { connect } from 'node:net';
import nodemailer from 'nodemailer';
import type { EmailMoods } from '../moods/mood';
import type { Sandbox } from '../sandbox';
import { aSandbox, ask, control } from '../testing';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await aSandbox();
});
beforeEach(() => control(sandbox, 'POST', 'reset'));
afterAll(() => sandbox.close());

const mood = (rule: Partial<EmailMoods['rules'][number]>) =>
  control(sandbox, 'PUT', 'moods/email', { rules: [rule] });
const ledger = async () => (await control(sandbox, 'GET', 'ledger?kind=email')).value;

/** How long a sender waits for a reply that does not come. Nothing is asserted about it. */
const impatience = 500;

/** Sends by nodemailer, which gives up after `patience` milliseconds without a word from the double. */
function send(
  to = 'kari@customer.example',
  messageId = '<a@varde.example>',
  patience = 200,
): Promise<{ response: string }> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: sandbox.smtpPort,
    ignoreTLS: true,
    greetingTimeout: patience,
    socketTimeout: patience,
  });
  return transport
    .sendMail({
      from: 'drift@operator.example',
      to,
      messageId,
      subject: 'Utfall',
      text: 'Æ',
      html: '<b>Æ</b>',
    })
    .finally(() => transport.close());
}

/** Speaks SMTP by hand; resolves with everything that the server said when it hangs up. */
function speak(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(sandbox.smtpPort, '127.0.0.1');
    let heard = '';
    const rest = [...lines];
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (/^\d{3} [^\r]*\r\n$/m.test(heard.slice(heard.lastIndexOf('\n', heard.length - 2) + 1))) {
        socket.write(`${rest.shift() ?? 'QUIT'}\r\n`);
      }
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

describe('taking mail', () => {
  it('keeps the bytes, answers with a queue id, and its log knows the Message-ID', async () => {
    const { response } = await send();
    const queueId = /queued as (\S+)/.exec(response)?.[1];
    const log = await control(
      sandbox,
      'GET',
      `mail-log?messageId=${encodeURIComponent('<a@varde.example>')}`,
    );
    expect(log.value['taken']).toMatchObject([{ queueId, to: 'kari@customer.example' }]);
    expect(await ledger()).toMatchObject({ accepted: 1, refs: 1, doubledRefs: 0 });
  });

  it('proves a duplicate by the Message-ID and by address and text', async () => {
    await send();
    await send();
    await send('ola@customer.example', '<b@varde.example>');
    expect(await ledger()).toMatchObject({
      accepted: 3,
      recipients: 2,
      doubledRefs: 1,
      doubledPairs: 1,
    });
  });

  it('S-19: notes an envelope with two recipients', async () => {
    const said = await speak([
      'EHLO courier.example',
      'MAIL FROM:<drift@operator.example>',
      'RCPT TO:<kari@customer.example>',
      'RCPT TO:<ola@customer.example>',
      'DATA',
      'Subject: x\r\n\r\nx\r\n.',
    ]);
    expect(said).toMatch(/queued as/);
    const { value } = await control(sandbox, 'GET', 'violations');
    expect(value['violations']).toMatchObject([
      { what: expect.stringMatching(/more than one recipient/) as string },
    ]);
    expect(await ledger()).toMatchObject({ accepted: 2 });
  });
});

describe('moods', () => {
  it.each([
    ['rcpt', 550, 'RCPT TO'],
    ['rcpt', 450, 'RCPT TO'],
    ['data', 554, 'DATA'],
    ['data', 451, 'DATA'],
  ] as const)('refuses at %s with %i and takes nothing', async (refuseAt, refuseWith, command) => {
    await mood({ refuseAt, refuseWith });
    await expect(send()).rejects.toMatchObject({ responseCode: refuseWith, command });
    expect(await ledger()).toMatchObject({ accepted: 0 });
  });

  it.each([
    ['after-dot-taken', 1],
    ['after-dot-not-taken', 0],
  ] as const)('%s: the sender sees a cut, and %i was taken', async (drop, accepted) => {
    await mood({ drop });
    await expect(send()).rejects.toThrow();
    expect(await ledger()).toMatchObject({ accepted });
  });

  it('P-T15: closes after the reply; the next mail arrives all the same', async () => {
    await mood({ drop: 'after-reply' });
    await send();
    await send('ola@customer.example', '<b@varde.example>');
    expect(await ledger()).toMatchObject({ accepted: 2 });
  });

  it.each([
    ['rcpt', 0],
    ['data', 0],
    ['dot', 1],
  ] as const)('P-T16: hangs at %s and has taken %i', async (hangAt, accepted) => {
    await mood({ hangAt });
    await expect(send(undefined, undefined, impatience)).rejects.toThrow(/timeout/i);
    expect(await ledger()).toMatchObject({ accepted });
  });

  it.each(['greeting', 'ehlo', 'mail'] as const)('P-T16: hangs at %s', async (hangAt) => {
    await control(sandbox, 'PUT', 'moods/email', { connection: { hangAt } });
    await expect(send(undefined, undefined, impatience)).rejects.toThrow(/timeout|greeting/i);
  });

  it('is about one address when it says so', async () => {
    await mood({ to: 'ola@customer.example', refuseAt: 'rcpt', refuseWith: 550 });
    await send();
    await expect(send('ola@customer.example')).rejects.toThrow();
  });
});

describe('the mailbox', () => {
  it('shows the mail as a person sees it, its HTML in a frame that runs nothing', async () => {
    await send();
    const box = await ask(
      `${sandbox.url}/mailboxes/${encodeURIComponent('kari@customer.example')}`,
    );
    expect(box.text).toMatch(/Utfall/);
    const mail = await ask(
      `${sandbox.url}/mailboxes/${encodeURIComponent('kari@customer.example')}/0`,
    );
    expect(mail.text).toMatch(
      /<iframe sandbox=?[^>]*src="\/mailboxes\/kari%40customer\.example\/0\/html"/,
    );
    const frame = await ask(`${sandbox.url}/mailboxes/kari%40customer.example/0/html`);
    expect(frame.text).toBe('<b>Æ</b>');
    expect(frame.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  });
});
