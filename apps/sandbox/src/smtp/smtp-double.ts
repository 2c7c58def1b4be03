import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '@varde/kernel';
import { Ledger } from '../ledger/ledger';
import { emailMoods, type EmailMood, type EmailMoods } from '../moods/mood';
import { MoodBoard } from '../moods/mood-board';
import { readMailHead } from './mail-head';
import { MailStore, queueIdOf } from './mail-store';
import { muteAt, type MutedVerb } from './mute';

type Done = (error?: Error | null, message?: string) => void;

/** A mail that breaks a rule of `security.md` S-18 or S-19. */
export interface Violation {
  readonly n: number;
  readonly to: readonly string[];
  readonly what: string;
}

const largestMail = 10_485_760;
const mostViolations = 1000;
const patience = 60_000;

/**
 * Stands in for the operator's mail relay: takes mail on loopback without TLS and sign-in, keeps the bytes, counts,
 * notes what no proper mail has, and misbehaves as its moods say.
 */
export class SmtpDouble {
  readonly moods = new MoodBoard<EmailMood, EmailMoods>(emailMoods.parse({}));
  readonly #clock: Clock;
  readonly #server: SMTPServer;
  readonly #sockets = new Map<number, Socket>();
  readonly #moodOf = new WeakMap<SMTPServerSession, Partial<EmailMood>>();
  readonly #hangAtMail = new WeakSet<SMTPServerSession>();
  readonly #slow = new Set<NodeJS.Timeout>();
  #violations: Violation[] = [];
  #store = new MailStore();
  #ledger = new Ledger();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      socketTimeout: patience,
      size: largestMail,
      name: 'sandbox.example',
      onConnect: (session, done) => this.#greet(session, done),
      onMailFrom: (_address, session, done) => this.#sender(session, done),
      onRcptTo: ({ address }, session, done) => this.#recipient(address, session, done),
      onData: (stream, session, done) => this.#data(stream, session, done),
    });
    this.#server.on('error', () => {
      // A client that goes away in the middle is what this double is for.
    });
    this.#server.server.prependListener('connection', (socket: Socket) => this.#remember(socket));
  }

  get store(): MailStore {
    return this.#store;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** What was wrong with mails, the latest 1,000. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** Listens on loopback; resolves with the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () =>
        resolve((this.#server.server.address() as AddressInfo).port),
      );
    });
  }

  /** Forgets every mail, count, violation and mood. */
  reset(): void {
    this.moods.set(emailMoods.parse({}));
    this.#store = new MailStore();
    this.#ledger = new Ledger();
    this.#violations = [];
  }

  close(): Promise<void> {
    this.#slow.forEach(clearTimeout);
    this.#sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #remember(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.#sockets.set(port, socket);
    socket.once('close', () => this.#sockets.delete(port));
  }

  #greet(session: SMTPServerSession, done: Done): void {
    const { connection } = this.moods.settings;
    if (!connection || !this.moods.strikes(connection)) return done();
    if (connection.hangAt === 'greeting') return;
    if (connection.hangAt === 'ehlo') this.#muteAt(session, 'ehlo');
    else this.#hangAtMail.add(session);
    done();
  }

  #sender(session: SMTPServerSession, done: Done): void {
    if (!this.#hangAtMail.has(session)) done();
  }

  #recipient(address: string, session: SMTPServerSession, done: Done): void {
    if (this.#store.isFull || !this.moods.hasRoom(this.#clock.now())) {
      return done(refusal(452, 'Too many messages, come back later'));
    }
    const mood = this.moods.moodFor(address);
    this.#moodOf.set(session, mood);
    if (mood.refuseAt === 'rcpt')
      // As relays do, it names the recipient: whoever logs or stores the reply has leaked an address.
      return done(refusal(mood.refuseWith, `<${address}>: recipient refused by a mood`));
    if (mood.hangAt === 'rcpt') return;
    if (mood.hangAt === 'data' || mood.hangAt === 'quit') this.#muteAt(session, mood.hangAt);
    done();
  }

  #data(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => this.#afterDot(Buffer.concat(chunks), session, done));
  }

  #afterDot(raw: Buffer, session: SMTPServerSession, done: Done): void {
    const mood = this.#moodOf.get(session) ?? {};
    if (mood.refuseAt === 'data')
      return done(refusal(mood.refuseWith, 'Message refused by a mood'));
    if (mood.drop === 'after-dot-not-taken') return this.#cut(session);
    const reply = `2.0.0 Ok: queued as ${queueIdOf(this.#take(raw, session))}`;
    if (mood.drop === 'after-dot-taken') return this.#cut(session);
    if (mood.hangAt === 'dot') return;
    if (mood.slowMs) this.#later(mood.slowMs, () => done(null, reply));
    else done(null, reply);
    if (mood.drop === 'after-reply') this.#sockets.get(session.remotePort)?.end();
  }

  #take(raw: Buffer, { envelope }: SMTPServerSession): number {
    const { messageId, subject, sameText, violations } = readMailHead(raw);
    const recipients = envelope.rcptTo.map(({ address }) => address);
    const envelopeFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    const at = this.#clock.now();
    const first = this.#store.count;
    for (const to of recipients) {
      this.#ledger.accept({ to, body: sameText, ref: messageId });
      this.#store.add({ envelopeFrom, to, messageId, subject, at }, raw);
    }
    if (recipients.length > 1)
      this.#note(first, recipients, 'the envelope has more than one recipient');
    violations.forEach((what) => this.#note(first, recipients, what));
    return first;
  }

  #note(n: number, to: readonly string[], what: string): void {
    this.#violations = [...this.#violations, { n, to, what }].slice(-mostViolations);
  }

  #cut(session: SMTPServerSession): void {
    this.#sockets.get(session.remotePort)?.resetAndDestroy();
  }

  #later(afterMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#slow.delete(timer);
      act();
    }, afterMs);
    this.#slow.add(timer);
  }

  #muteAt(session: SMTPServerSession, verb: MutedVerb): void {
    const socket = this.#sockets.get(session.remotePort);
    if (socket) muteAt(socket, verb);
  }
}

const refusal = (code: number | undefined, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code ?? 450 });
