import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpEnd } from '@varde/delivery-domain';
import type { CallLimits } from '../channel';

/** Where the relay is, and how many conversations we hold with it. */
export interface SmtpPoolOptions {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** What we call ourselves in EHLO. */
  readonly name: string;
  /** Encrypted from the first byte, `smtps`. */
  readonly isSecure: boolean;
  /** With whom each conversation signs in; beyond this machine over TLS alone. */
  readonly signIn?: { readonly user: string; readonly pass: string } | undefined;
  readonly limits: CallLimits;
}

/** The envelope; one recipient, so that a refusal concerns nobody else. */
export interface SmtpEnvelope {
  readonly from: string;
  readonly to: string;
}

interface SmtpError extends Error {
  readonly command?: string;
  readonly responseCode?: number;
}

/** A few lasting conversations with the relay, each sending one mail at a time. */
export class SmtpPool {
  private readonly idle: SMTPConnection[] = [];
  private readonly open = new Set<SMTPConnection>();
  private readonly waiting: ((hasPlace: boolean) => void)[] = [];
  private inUse = 0;
  private isClosed = false;

  constructor(private readonly options: SmtpPoolOptions) {}

  /** Sends one mail. Answers how far it came when it was not taken; never throws for what a relay may do. */
  async send(envelope: SmtpEnvelope, raw: Readable): Promise<'accepted' | SmtpEnd> {
    const deadline = performance.now() + this.options.limits.callMs;
    if (!(await this.takePlace(deadline))) return notConnected;
    try {
      const connection = await this.connection(deadline);
      if (!connection) return notConnected;
      return await this.converse(connection, envelope, raw, deadline);
    } finally {
      this.handOnPlace();
    }
  }

  /** Ends every conversation, those that are being opened too; whoever waits for one is told that there is none. */
  close(): Promise<void> {
    this.isClosed = true;
    for (const wake of this.waiting.splice(0)) wake(false);
    for (const connection of this.open) connection.close();
    return Promise.resolve();
  }

  /** False when every conversation stayed busy for as long as a call may last: nothing has been sent. */
  private async takePlace(deadline: number): Promise<boolean> {
    if (this.isClosed) return false;
    if (this.inUse >= this.options.connections) return this.turn(deadline);
    this.inUse += 1;
    return true;
  }

  private handOnPlace(): void {
    const next = this.waiting.shift();
    if (next) next(true);
    else this.inUse -= 1;
  }

  private turn(deadline: number): Promise<boolean> {
    return new Promise((done) => {
      const wake = (hasPlace: boolean): void => {
        clearTimeout(timer);
        done(hasPlace);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(wake), 1);
        done(false);
      }, leftUntil(deadline));
      this.waiting.push(wake);
    });
  }

  private async connection(deadline: number): Promise<SMTPConnection | undefined> {
    for (let known = this.idle.pop(); known; known = this.idle.pop()) {
      if (this.open.has(known)) return known;
    }
    const { host, port, name, isSecure, signIn, limits } = this.options;
    const isHere = host === '127.0.0.1';
    const fresh = new SMTPConnection({
      host,
      port,
      name,
      secure: isSecure,
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.connectMs,
      ignoreTLS: isHere,
      requireTLS: signIn !== undefined && !isHere && !isSecure,
    });
    this.open.add(fresh);
    return new Promise((done) => {
      const timer = setTimeout(() => lost(), leftUntil(deadline));
      // Stays for the life of the conversation: an error on an idle one only takes it out of the pool (P-T15).
      const lost = (): void => {
        clearTimeout(timer);
        this.open.delete(fresh);
        fresh.close();
        done(undefined);
      };
      fresh.on('error', lost);
      fresh.once('end', lost);
      const ready = (error?: unknown): void => {
        clearTimeout(timer);
        if (error) lost();
        else done(fresh);
      };
      fresh.connect((error) => {
        if (error || signIn === undefined) ready(error);
        else fresh.login({ credentials: signIn }, ready);
      });
    });
  }

  private converse(
    connection: SMTPConnection,
    envelope: SmtpEnvelope,
    raw: Readable,
    deadline: number,
  ): Promise<'accepted' | SmtpEnd> {
    const { replyMs } = this.options.limits;
    let hasLeft = false;
    return new Promise((done) => {
      const fail = (error: SmtpError): void => {
        clearTimeout(timer);
        connection.close();
        done({ at: placeOf(error, hasLeft), reply: refusalOf(error) });
      };
      const tooLate = (): void => fail(new Error('the relay did not answer in time'));
      const ended = (): void => fail(new Error('the relay closed the conversation'));
      let timer = setTimeout(tooLate, leftUntil(deadline));
      raw.once('end', () => {
        hasLeft = true;
        clearTimeout(timer);
        timer = setTimeout(tooLate, replyMs);
      });
      connection.once('error', fail);
      connection.once('end', ended);
      connection.send({ from: envelope.from, to: [envelope.to] }, raw, (error) => {
        connection.removeListener('error', fail);
        connection.removeListener('end', ended);
        if (error) return fail(error as SmtpError);
        clearTimeout(timer);
        this.idle.push(connection);
        done('accepted');
      });
    });
  }
}

const leftUntil = (deadline: number): number => Math.max(deadline - performance.now(), 0);

const notConnected: SmtpEnd = { at: 'connect', reply: undefined };

function placeOf(error: SmtpError, hasLeft: boolean): SmtpEnd['at'] {
  if (hasLeft) return 'dot';
  if (error.command === 'RCPT TO') return 'rcpt';
  return error.command === 'DATA' ? 'data' : 'mail';
}

/** Only 4xx and 5xx say "no". Any other number where none belongs is no answer at all. */
const refusalOf = ({ responseCode }: SmtpError): number | undefined =>
  responseCode !== undefined && responseCode >= 400 && responseCode < 600
    ? responseCode
    : undefined;
