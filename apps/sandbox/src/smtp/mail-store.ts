import type { Instant } from '@varde/kernel';

/** A mail that was taken. */
export interface StoredMail {
  /** Its place in the order of acceptance, from 0. */
  readonly n: number;
  readonly queueId: string;
  readonly envelopeFrom: string;
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly at: Instant;
  /** The bytes as they came, dots unstuffed; `undefined` when newer mail has taken their place. */
  readonly raw: Buffer | undefined;
}

/** How many mails are kept as bytes; of older ones the envelope, Message-ID, subject and time stay. */
export const mostRawMails = 20_000;
/** How many mails the double remembers; after that it takes no more until it is reset. */
export const mostMails = 3_000_000;

const nobody = -1;

/** Every mail that was taken: the mailboxes, and the relay's own log. */
export class MailStore {
  readonly #mails: Omit<StoredMail, 'n' | 'queueId' | 'raw'>[] = [];
  readonly #raw = new Map<number, Buffer>();
  readonly #newestTo = new Map<string, number>();
  readonly #olderTo: number[] = [];
  readonly #byMessageId = new Map<string, number[]>();

  get count(): number {
    return this.#mails.length;
  }

  get isFull(): boolean {
    return this.count >= mostMails;
  }

  /** Takes a mail; returns its number. */
  add(mail: Omit<StoredMail, 'n' | 'queueId' | 'raw'>, raw: Buffer): number {
    const n = this.count;
    this.#mails.push(mail);
    this.#raw.set(n, raw);
    this.#raw.delete(n - mostRawMails);
    this.#olderTo.push(this.#newestTo.get(mail.to) ?? nobody);
    this.#newestTo.set(mail.to, n);
    const same = this.#byMessageId.get(mail.messageId);
    if (same) same.push(n);
    else this.#byMessageId.set(mail.messageId, [n]);
    return n;
  }

  /** The mail with this number, or `undefined` when there is none. */
  at(n: number): StoredMail | undefined {
    const mail = this.#mails[n];
    return mail && { ...mail, n, queueId: queueIdOf(n), raw: this.#raw.get(n) };
  }

  /** What the relay's log says of a Message-ID: every time that it was taken, oldest first. */
  withMessageId(messageId: string): StoredMail[] {
    return (this.#byMessageId.get(messageId) ?? []).flatMap((n) => this.at(n) ?? []);
  }

  /** Numbers of the mails to one address, or to all, newest first. */
  *newestFirst(to?: string): Generator<number> {
    if (to === undefined) for (let n = this.count - 1; n >= 0; n -= 1) yield n;
    else
      for (let n = this.#newestTo.get(to) ?? nobody; n >= 0; n = this.#olderTo[n] ?? nobody)
        yield n;
  }
}

/** The relay's name for a mail, told in the reply to the final dot. */
export const queueIdOf = (n: number): string =>
  `VQ${(n + 1).toString(36).toUpperCase().padStart(8, '0')}`;
