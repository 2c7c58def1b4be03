import type { Socket } from 'node:net';
import { z } from 'zod';
import type { CallLimits } from '../channel';
import type { Opened } from '../channel.contract';
import { aDeadPort, Peer } from '../peer.fixture';
import { createEmailChannel, emailEnv } from './smtp.channel';

/** Moments of a mail, in their order. `dot`: the whole text has come. */
export type SmtpMoment = 'connect' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot';

/** How the stand-in of a relay behaves. */
export type SmtpBehaviour =
  | { readonly does: 'take' | 'speak no TLS' | 'not listen' | 'have no name' }
  | { readonly does: 'hang' | 'reset' | 'close'; readonly at: SmtpMoment }
  /** A line instead of the good one. */
  | { readonly does: 'say'; readonly at: SmtpMoment; readonly line: string };

/** A mail as it came. */
export interface TakenMail {
  readonly recipients: readonly string[];
  readonly raw: string;
}

/** A relay that can be looked into. */
export interface OpenedSmtp extends Opened {
  readonly mails: readonly TakenMail[];
  /** Who signed in, as `user:password`, once for each conversation. */
  readonly signIns: readonly string[];
}

const goodLines: Readonly<Record<SmtpMoment, string>> = {
  connect: '220 relay.example ESMTP',
  ehlo: '250-relay.example\r\n250 AUTH PLAIN',
  auth: '235 2.7.0 Ok',
  mail: '250 2.1.0 Ok',
  rcpt: '250 2.1.5 Ok',
  data: '354 End data with a dot',
  dot: '250 2.0.0 Ok: queued as 4F1A2B3C',
};

/** The mail channel against a relay as it may behave. */
export async function openSmtp(
  behaviour: SmtpBehaviour,
  limits: CallLimits,
  connections = 2,
  signIn = '',
  host = '127.0.0.1',
): Promise<OpenedSmtp> {
  const mails: TakenMail[] = [];
  const signIns: string[] = [];
  const peer = await Peer.listen((socket) => new Conversation(socket, behaviour, mails, signIns));
  const channel = createEmailChannel(
    z.object(emailEnv).parse({
      VARDE_SMTP_URL: (await addressOf(behaviour, peer))
        .replace('127.0.0.1', host)
        .replace('//', `//${signIn}`),
      VARDE_SMTP_CONNECTIONS: String(connections),
    }),
    limits,
  );
  return {
    channel,
    mails,
    signIns,
    recipients: () => mails.map((mail) => mail.recipients),
    leftAlone: () => peer.leftAlone(),
    connectionCount: () => peer.connectionCount,
    close: () => peer.close(),
  };
}

async function addressOf({ does }: SmtpBehaviour, peer: Peer): Promise<string> {
  if (does === 'not listen') return `smtp://127.0.0.1:${await aDeadPort()}`;
  if (does === 'have no name') return 'smtp://no-such-relay.invalid:25';
  return `${does === 'speak no TLS' ? 'smtps' : 'smtp'}://127.0.0.1:${peer.port}`;
}

/** The relay's side of one connection. */
class Conversation {
  private unread = '';
  private recipients: string[] = [];
  private isInText = false;

  constructor(
    private readonly socket: Socket,
    private readonly behaviour: SmtpBehaviour,
    private readonly mails: TakenMail[],
    private readonly signIns: string[],
  ) {
    socket.setEncoding('latin1').on('data', (text: string) => this.read(text));
    this.answer('connect');
  }

  private read(text: string): void {
    this.unread += text;
    for (;;) {
      const end = this.isInText ? '\r\n.\r\n' : '\r\n';
      const at = this.unread.indexOf(end);
      if (at < 0) return;
      const part = this.unread.slice(0, at);
      this.unread = this.unread.slice(at + end.length);
      if (this.isInText) this.take(part);
      else this.obey(part);
    }
  }

  private obey(line: string): void {
    const recipient = /^RCPT TO:<(.*)>$/i.exec(line)?.[1];
    if (recipient !== undefined) this.recipients.push(recipient);
    const signIn = /^AUTH PLAIN (.*)$/i.exec(line)?.[1];
    if (signIn !== undefined)
      this.signIns.push(Buffer.from(signIn, 'base64').toString().slice(1).replace('\0', ':'));
    if (signIn !== undefined) this.answer('auth');
    else if (/^EHLO /i.test(line)) this.answer('ehlo');
    else if (/^MAIL /i.test(line)) this.answer('mail');
    else if (/^RCPT /i.test(line)) this.answer('rcpt');
    else if (/^DATA$/i.test(line)) this.answer('data');
    else if (/^QUIT$/i.test(line)) this.socket.end('221 2.0.0 Bye\r\n');
    else this.socket.write('502 5.5.1 Not here\r\n');
  }

  private take(raw: string): void {
    this.isInText = false;
    this.mails.push({ recipients: this.recipients, raw });
    this.recipients = [];
    this.answer('dot');
  }

  private answer(moment: SmtpMoment): void {
    const { behaviour, socket } = this;
    const isHere = 'at' in behaviour && behaviour.at === moment;
    if (isHere && behaviour.does === 'hang') return;
    if (isHere && behaviour.does === 'reset') return void socket.resetAndDestroy();
    if (isHere && behaviour.does === 'close') return void socket.end();
    const line = isHere && behaviour.does === 'say' ? behaviour.line : goodLines[moment];
    this.isInText = line.startsWith('354');
    socket.write(`${line}\r\n`);
  }
}
