import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpEnd } from '@varde/delivery-domain';

/** Where the relay is, and how many conversations we hold with it. */
export interface SmtpPoolOptions {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** What we call ourselves in EHLO. */
  readonly name: string;
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

const connectMs = 3_000;
// RFC 5321 §4.5.3.2.6 lets the reply after the final dot take ten minutes. The row's lease ends long before, as ambiguous,
// and a late reply settles it all the same.
const replyMs = 600_000;

/** A few lasting conversations with the relay, each sending one mail at a time. */
export class SmtpPool {
  private readonly idle: SMTPConnection[] = [];
  private readonly open = new Set<SMTPConnection>();
  private readonly waiting: (() => void)[] = [];
  private inUse = 0;

  constructor(private readonly options: SmtpPoolOptions) {}

  /** Sends one mail. Answers how far it came when it was not taken; never throws for what a relay may do. */
  async send(envelope: SmtpEnvelope, raw: Readable): Promise<'accepted' | SmtpEnd> {
    await this.takePlace();
    try {
      const connection = await this.connection();
      if (!connection) return { at: 'connect', reply: undefined };
      return await this.converse(connection, envelope, raw);
    } finally {
      this.inUse -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Ends every conversation. */
  close(): Promise<void> {
    for (const connection of this.open) connection.close();
    return Promise.resolve();
  }

  private async takePlace(): Promise<void> {
    if (this.inUse >= this.options.connections)
      await new Promise<void>((go) => this.waiting.push(go));
    this.inUse += 1;
  }

  private async connection(): Promise<SMTPConnection | undefined> {
    for (let known = this.idle.pop(); known; known = this.idle.pop()) {
      if (this.open.has(known)) return known;
    }
    const fresh = new SMTPConnection({
      host: this.options.host,
      port: this.options.port,
      name: this.options.name,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: replyMs,
      ignoreTLS: this.options.host === '127.0.0.1',
    });
    return new Promise((done) => {
      // Stays for the life of the conversation: an error on an idle one only takes it out of the pool (P-T15).
      fresh.on('error', () => {
        this.open.delete(fresh);
        done(undefined);
      });
      fresh.once('end', () => this.open.delete(fresh));
      fresh.connect((error) => {
        if (error) return done(undefined);
        this.open.add(fresh);
        done(fresh);
      });
    });
  }

  private converse(
    connection: SMTPConnection,
    envelope: SmtpEnvelope,
    raw: Readable,
  ): Promise<'accepted' | SmtpEnd> {
    let hasLeft = false;
    raw.once('end', () => (hasLeft = true));
    return new Promise((done) => {
      const fail = (error: SmtpError): void => {
        this.open.delete(connection);
        connection.close();
        done({ at: placeOf(error, hasLeft), reply: error.responseCode });
      };
      const ended = (): void => fail(new Error('the relay closed the conversation'));
      connection.once('error', fail);
      connection.once('end', ended);
      connection.send({ from: envelope.from, to: [envelope.to] }, raw, (error) => {
        connection.removeListener('error', fail);
        connection.removeListener('end', ended);
        if (error) return fail(error as SmtpError);
        this.idle.push(connection);
        done('accepted');
      });
    });
  }
}

function placeOf(error: SmtpError, hasLeft: boolean): SmtpEnd['at'] {
  if (hasLeft) return 'dot';
  if (error.command === 'RCPT TO') return 'rcpt';
  return error.command === 'DATA' ? 'data' : 'mail';
}
