import type { CallLimits, Content } from '../channel';
import { mailContent, mailTo } from './smtp.cases';
import { emailEnv } from './smtp.channel';
import { openSmtp, type OpenedSmtp, type SmtpBehaviour } from './smtp-peer.fixture';

const limits: CallLimits = { connectMs: 60_000, callMs: 60_000, replyMs: 60_000 };
const ref = '00112233445566778899aabbccddeeff';
const message = { ref, to: mailTo, content: mailContent, validForSeconds: 600 };

let relay: OpenedSmtp;
const open = async (behaviour: SmtpBehaviour, more: Partial<CallLimits> = {}): Promise<void> => {
  relay = await openSmtp(behaviour, { ...limits, ...more }, 1);
};
afterEach(async () => {
  await relay.channel.close();
  await relay.close();
});

describe('a mail', () => {
  it('DL-1: of the same intent has the same Message-ID and the same bytes', async () => {
    await open({ does: 'take' });
    await relay.channel.send(message);
    await relay.channel.send(message);
    const [first, second] = relay.mails;
    expect(first?.raw).toMatch(new RegExp(`^Message-ID: <NO-2026-0042\\.${ref}@`, 'm'));
    expect(second).toEqual(first);
  });

  it('§4: that is sent again after an unknown end keeps its Message-ID, although the intent is another', async () => {
    await open({ does: 'take' });
    const name = '6f1f0a52-4a3e-8c11-9d5e-0c8b7a6d5e4f';
    for (const tried of [ref, 'ffeeddccbbaa99887766554433221100'])
      await relay.channel.send({ ...message, ref: tried, name });
    const [first, second] = relay.mails;
    expect(first?.raw).toMatch(new RegExp(`^Message-ID: <NO-2026-0042\\.${name}@`, 'm'));
    expect(second).toEqual(first);
  });

  it('S-19: names nobody but its own recipient, one mail after another on one connection', async () => {
    await open({ does: 'take' });
    await relay.channel.send(message);
    await relay.channel.send({ ...message, to: 'olav@verkstedet.example' });
    expect(relay.connectionCount()).toBe(1);
    expect(relay.mails.map(({ raw }) => /^To: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual([
      mailTo,
      'olav@verkstedet.example',
    ]);
  });

  it.each([
    'a@b.example\r\nRCPT TO:<c@d.example>',
    'a@b.example>\nDATA',
    '<c@d.example> a@b.example',
  ])('S-18: to an address that holds a command (%j) goes nowhere', async (to) => {
    await open({ does: 'take' });
    expect((await relay.channel.send({ ...message, to })).kind).not.toBe('accepted');
    expect(relay.mails).toEqual([]);
  });

  it.each([
    ['a file', { path: __filename }],
    ['an address', { href: 'http://provider.example/text' }],
  ])('S-20: is never read from %s that data names', async (_what, named) => {
    await open({ does: 'take' });
    const content = { ...mailContent, text: named as unknown as string } satisfies Content;
    await expect(relay.channel.send({ ...message, content })).rejects.toThrow(/access rejected/i);
    expect(relay.mails).toEqual([]);
  });
});

describe('a relay that wants a sign-in', () => {
  const openAs = async (behaviour: SmtpBehaviour): Promise<void> => {
    relay = await openSmtp(behaviour, limits, 1, 'varde:a%40b%3Ac@');
  };

  it('is given the user and the password of its address, once for each conversation', async () => {
    await openAs({ does: 'take' });
    for (const _ of [1, 2])
      expect(await relay.channel.send(message)).toMatchObject({ kind: 'accepted' });
    expect(relay.signIns).toEqual(['varde:a@b:c']);
  });

  it('and refuses it gets no mail: the mail waits and is not given up', async () => {
    await openAs({ does: 'say', at: 'auth', line: '535 5.7.8 Wrong' });
    expect(await relay.channel.send(message)).toMatchObject({
      kind: 'deferred',
      reason: 'not-connected',
    });
    expect(relay.mails).toEqual([]);
  });

  it('is told nobody where its address names nobody', async () => {
    await open({ does: 'take' });
    await relay.channel.send(message);
    expect(relay.signIns).toEqual([]);
  });

  it.each(['smtp://varde@relay.example', 'smtp://:word@relay.example'])(
    'is not told half of it: %s is refused at start',
    (url) => {
      const { error } = emailEnv.VARDE_SMTP_URL.safeParse(url);
      expect(error?.issues[0]?.message).toMatch(/a user without a password/);
    },
  );

  it('S-35: hears no password in clear: beyond this machine it must speak TLS first', async () => {
    relay = await openSmtp({ does: 'take' }, limits, 1, 'varde:word@', 'localhost');
    expect(await relay.channel.send(message)).toMatchObject({ reason: 'not-connected' });
    expect(relay.signIns).toEqual([]);
  });
});

describe('a relay that is slow', () => {
  it('keeps a mail that waits for a conversation no longer than a call may last: it was not sent', async () => {
    await open({ does: 'hang', at: 'dot' }, { callMs: 500 });
    const hanging = relay.channel.send(message);
    expect(await relay.channel.send(message)).toEqual(
      expect.objectContaining({ kind: 'deferred', reason: 'not-connected' }),
    );
    expect(relay.mails).toHaveLength(1);
    await relay.channel.close();
    expect((await hanging).kind).toBe('ambiguous');
  });

  it('is given another conversation after it ended one', async () => {
    await open({ does: 'close', at: 'dot' });
    await relay.channel.send(message);
    await relay.channel.send(message);
    expect(relay.connectionCount()).toBe(2);
  });
});
