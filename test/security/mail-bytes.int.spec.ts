import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createEmailChannel, emailEnv, type Content } from '@varde/delivery-channels';
import { normalEmail } from '@varde/platform-secrets';
import { openRawRelay, type RawRelay } from './raw-relay.fixture';

type Mail = Content & { readonly kind: 'email' };

let relay: RawRelay;
beforeEach(async () => {
  relay = await openRawRelay();
});
afterEach(() => relay.close());

const settings = {
  VARDE_MAIL_FROM: 'drift@operator.example',
  VARDE_MAIL_FROM_NAME: 'Driftsmelding',
} as const;
const clean: Mail = {
  kind: 'email',
  subject: 'Mobilnettet er nede',
  text: 'Vi retter feilen.',
  language: 'nb',
  thread: 'NO-2026-0042',
  isUrgent: true,
};
const cleanCommands = [
  'EHLO operator.example',
  'MAIL FROM:<drift@operator.example>',
  'RCPT TO:<kari@kunde.example>',
  'DATA',
];
const cleanFields = [
  ...['Auto-Submitted', 'Content-Language', 'X-Auto-Response-Suppress', 'List-ID'],
  ...['Importance', 'X-Priority', 'Priority', 'From', 'To', 'In-Reply-To', 'References'],
  ...['Subject', 'Message-ID', 'Content-Transfer-Encoding', 'Date', 'MIME-Version', 'Content-Type'],
];

interface Sent {
  readonly content?: Partial<Mail>;
  readonly to?: string;
  readonly ref?: string;
  readonly settings?: Partial<Record<keyof typeof settings, string>>;
}

/** Sends one mail through the product's channel, as it would be configured. @returns what became of it */
async function send({ content, to = 'kari@kunde.example', ref = 'r1', ...wish }: Sent) {
  const config = z.object(emailEnv).safeParse({
    VARDE_SMTP_URL: `smtp://127.0.0.1:${relay.port}`,
    VARDE_SMTP_CONNECTIONS: '1',
    ...settings,
    ...wish.settings,
  });
  if (!config.success) return 'settings refused';
  const channel = createEmailChannel(config.data);
  try {
    const message = { ref, to, content: { ...clean, ...content }, validForSeconds: 60 };
    return (await channel.send(message)).kind;
  } catch (cause) {
    return `thrown: ${String(cause)}`;
  } finally {
    await channel.close();
  }
}

const lineBreaks: readonly (readonly [name: string, signs: string])[] = [
  ['CR', '\r'],
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['NUL', '\0'],
  ['U+2028', '\u2028'],
  ['U+2029', '\u2029'],
  ['NEL', '\u0085'],
  ['a lone dot', '\r\n.\r\n'],
  ['a lone dot between LF', '\n.\n'],
  ['a lone dot between CR', '\r.\r'],
  ['folded by a blank', '\r\n '],
  ['folded by a tab', '\r\n\t'],
  ['an empty line', '\r\n\r\n'],
  ['VT and FF', '\u000b\u000c'],
  ['ESC', '\u001b[2J'],
];

const places: readonly (readonly [place: string, put: (text: string) => Sent])[] = [
  ['the subject', (text) => ({ content: { subject: text } })],
  ['the text', (text) => ({ content: { text } })],
  ['the sender’s name', (text) => ({ settings: { VARDE_MAIL_FROM_NAME: text } })],
  ['the language', (text) => ({ content: { language: text } })],
  ['the thread', (text) => ({ content: { thread: text } })],
  ['the Message-ID', (text) => ({ ref: text })],
];

const envelopes: readonly (readonly [place: string, put: (text: string) => Sent])[] = [
  ['the recipient', (text) => ({ to: `kari@kunde.example${text}` })],
  ['the recipient’s mailbox', (text) => ({ to: `kari${text}@kunde.example` })],
  [
    'our own domain: EHLO, list, sender',
    (text) => ({
      settings: { VARDE_MAIL_FROM: `drift@operator.example${text}` },
    }),
  ],
];

const smuggled = 'Bcc: evil@evil.example';

describe('a mail, compared byte by byte at the relay', () => {
  it('has these commands and these fields when nothing is wrong', async () => {
    expect(await send({})).toBe('accepted');
    expect(relay.commands.slice(0, 4)).toEqual(cleanCommands);
    expect(relay.mails.map((mail) => mail.fields)).toEqual([cleanFields]);
  });

  describe.each(places)('S-18: with a line break in %s', (_place, put) => {
    it.each(lineBreaks)('%s: no command and no field more', async (_name, signs) => {
      const answer = await send(put(`x${signs}${smuggled}${signs}MAIL FROM:<evil@evil.example>`));
      expect(['accepted', 'settings refused']).toContain(answer);
      if (answer === 'settings refused') return expect(relay.bytes()).toBe('');
      expect(relay.commands.slice(0, 4)).toEqual(cleanCommands);
      expect(relay.commands.slice(4)).toEqual([]);
      expect(relay.mails.map((mail) => mail.fields)).toEqual([cleanFields]);
      expect(relay.bytes()).not.toMatch(/\0|(?<!\r)\n|\r(?!\n)/);
    });
  });

  describe.each(envelopes)('S-18: with a line break in %s', (_place, put) => {
    it.each(lineBreaks)('%s: nothing leaves', async (_name, signs) => {
      const answer = await send(put(`${signs}${smuggled}`));
      expect(['rejected', 'settings refused']).toContain(answer);
      expect(relay.bytes()).toBe('');
    });
  });

  it('S-18: keeps a text that would end the mail, dots and all', async () => {
    const text = 'a\r\n.\r\nQUIT\r\n..\r\nb';
    expect(await send({ content: { text } })).toBe('accepted');
    const [, body] = (relay.mails[0]?.raw ?? '').split('\r\n\r\n');
    expect(body?.replaceAll('\r\n.', '\r\n').trimEnd()).toBe(text);
  });

  it('S-18: gives a Message-ID of its own even to a subject that looks like one', async () => {
    const subject = 'id@placeholder.invalid to@placeholder.invalid';
    await send({ content: { subject }, ref: 'r2' });
    expect(relay.mails[0]?.raw).toContain('\r\nMessage-ID: <NO-2026-0042.r2@operator.example>\r\n');
    expect(relay.mails[0]?.raw).toContain(`\r\nSubject: ${subject}\r\n`);
  });
});

const misleading: readonly (readonly [what: string, address: string])[] = [
  ['a quoted local part with @ (GHSA-mm7p-fcc7-pg87)', '"evil@evil.example x"@kunde.example'],
  ['a quoted local part', '"kari"@kunde.example'],
  ['a comma list', 'kari@kunde.example,evil@evil.example'],
  ['a comma list with a blank', 'kari@kunde.example, evil@evil.example'],
  ['a semicolon list', 'kari@kunde.example;evil@evil.example'],
  ['a group', 'all:kari@kunde.example,evil@evil.example;'],
  ['a name before it', 'kari@kunde.example <evil@evil.example>'],
  ['a comment', 'kari(evil@evil.example)@kunde.example'],
  ['a percent route', 'kari%evil.example@kunde.example'],
  ['a source route', '@evil.example:kari@kunde.example'],
  ['a look-alike letter', 'kari@kund\u0435.example'],
  ['a full-width @', 'kari@evil.example\uff20kunde.example'],
  ['an address literal', 'kari@[127.0.0.1]'],
  ['an encoded word', '=?utf-8?q?evil=40evil=2eexample?=@kunde.example'],
  ['nothing before the @', '@kunde.example'],
  ['nothing at all', ''],
];

describe('an address', () => {
  it.each(misleading)('S-19: %s is none, and no relay hears of it', async (_what, to) => {
    expect(normalEmail(to)).toBeUndefined();
    expect(await send({ to })).toBe('rejected');
    expect(relay.bytes()).toBe('');
  });

  it('S-19: a look-alike in punycode is none', () => {
    expect(normalEmail('kari@xn--kund-u5d.example')).toBeUndefined();
  });

  it.each(['kari@kunde.example', "o'vik+varde@post.kunde.example", 'a@xn--blbr-roah.example'])(
    'S-19: %s is one, and the envelope names it alone',
    async (to) => {
      expect([normalEmail(to), await send({ to })]).toEqual([to, 'accepted']);
      expect(relay.commands.filter((said) => /^RCPT/i.test(said))).toEqual([`RCPT TO:<${to}>`]);
      expect(relay.mails[0]?.raw).toContain(`\r\nTo: ${to}\r\n`);
    },
  );
});

describe('what a mail says', () => {
  let folder: string;
  const canary = 'canary-of-a-file-that-nobody-may-read';
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(canary);
  });
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'varde-canary-'));
    writeFileSync(join(folder, 'canary'), canary);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  // No type of ours lets such a value through; data that was never parsed would.
  const named = (kind: string): unknown =>
    kind === 'path'
      ? { path: join(folder, 'canary') }
      : { href: `http://127.0.0.1:${(server.address() as AddressInfo).port}/canary` };

  it.each(['path', 'href'])('S-20: is never fetched from a %s', async (kind) => {
    const answer = await send({ content: { text: named(kind) as string } });
    expect(answer).toMatch(/^thrown: .*access rejected/i);
    expect([asked, relay.bytes()]).toEqual([[], '']);
  });

  it.each(['path', 'href'])('S-20: that spells a %s is said, not followed', async (kind) => {
    const text = JSON.stringify(named(kind));
    expect(await send({ content: { text, subject: text } })).toBe('accepted');
    expect(asked).toEqual([]);
    expect(relay.bytes()).not.toContain(canary);
    expect(relay.mails[0]?.fields).toEqual(cleanFields);
  });
});
