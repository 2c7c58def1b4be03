import type { Instant } from '@varde/kernel';
import type { NewMessage } from './new-message';
import { segmentCount } from './segments';

/** Where a message stands, in Twilio's words. */
export const messageStatuses = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'read',
] as const;

/** One of {@link messageStatuses}. */
export type MessageStatus = (typeof messageStatuses)[number];

/** A message that was taken. */
export interface StoredMessage extends NewMessage {
  /** Its place in the order of acceptance, from 0. */
  readonly n: number;
  readonly sid: string;
  readonly createdAt: Instant;
  readonly segments: number;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
}

/** How many messages the double remembers; after that it takes no more until it is reset. Measured with the
 * ledger beside it: 0.5 GB for one million, 1.1 GB for three. */
export const mostMessages = 3_000_000;

const mostSharedTexts = 10_000;
const nobody = -1;

/**
 * Every message that was taken, so that a look-up never says "unknown" of one that was: a look-up that forgets would
 * make the product send twice. Kept as columns, and equal texts once, since millions have the same text.
 */
export class MessageStore {
  readonly #run: string;
  readonly #to: string[] = [];
  readonly #from: string[] = [];
  readonly #body: string[] = [];
  readonly #callback: string[] = [];
  readonly #validity: number[] = [];
  readonly #createdAt: number[] = [];
  readonly #segments: number[] = [];
  readonly #status: number[] = [];
  readonly #errors = new Map<number, number>();
  readonly #hiddenUntil = new Map<number, Instant>();
  readonly #newestTo = new Map<string, number>();
  readonly #olderTo: number[] = [];
  readonly #segmentsOf = new Map<string, number>();
  readonly #shared = new Map<string, string>();

  /** @param run 24 hexadecimal digits that tell this run's ids from another's */
  constructor(run: string) {
    this.#run = run;
  }

  get count(): number {
    return this.#to.length;
  }

  get isFull(): boolean {
    return this.count >= mostMessages;
  }

  add(message: NewMessage, now: Instant, showLateMs = 0): number {
    const n = this.count;
    const body = this.#share(message.body);
    this.#to.push(message.to);
    this.#from.push(this.#share(message.from));
    this.#body.push(body);
    this.#callback.push(message.statusCallback);
    this.#validity.push(message.validitySeconds);
    this.#createdAt.push(now);
    this.#segments.push(this.#countSegments(body));
    this.#status.push(0);
    this.#olderTo.push(this.#newestTo.get(message.to) ?? nobody);
    this.#newestTo.set(message.to, n);
    if (showLateMs > 0) this.#hiddenUntil.set(n, (now + showLateMs) as Instant);
    return n;
  }

  /** The message with this number; callers pass numbers that `add` gave. */
  at(n: number): StoredMessage {
    return {
      n,
      sid: this.sidOf(n),
      to: this.#to[n] ?? '',
      from: this.#from[n] ?? '',
      body: this.#body[n] ?? '',
      statusCallback: this.#callback[n] ?? '',
      validitySeconds: this.#validity[n] ?? 0,
      createdAt: (this.#createdAt[n] ?? 0) as Instant,
      segments: this.#segments[n] ?? 0,
      status: messageStatuses[this.#status[n] ?? 0] ?? 'queued',
      errorCode: this.#errors.get(n) ?? null,
    };
  }

  /** `SM` and 32 hexadecimal digits: the run, then the number. */
  sidOf(n: number): string {
    return `SM${this.#run}${n.toString(16).padStart(8, '0')}`;
  }

  bySid(sid: string): StoredMessage | undefined {
    const n = Number.parseInt(sid.slice(-8), 16);
    return n < this.count && sid === this.sidOf(n) ? this.at(n) : undefined;
  }

  /** Is it shown in look-ups yet? */
  isShown(n: number, now: Instant): boolean {
    return (this.#hiddenUntil.get(n) ?? 0) <= now;
  }

  /** Numbers of the messages to one phone, or to all, newest first. */
  *newestFirst(to?: string): Generator<number> {
    if (to === undefined) for (let n = this.count - 1; n >= 0; n -= 1) yield n;
    else
      for (let n = this.#newestTo.get(to) ?? nobody; n >= 0; n = this.#olderTo[n] ?? nobody)
        yield n;
  }

  setStatus(n: number, status: MessageStatus, errorCode?: number): void {
    this.#status[n] = messageStatuses.indexOf(status);
    if (errorCode !== undefined) this.#errors.set(n, errorCode);
  }

  #countSegments(body: string): number {
    const known = this.#segmentsOf.get(body);
    if (known !== undefined) return known;
    const counted = segmentCount(body);
    if (this.#segmentsOf.size >= mostSharedTexts) this.#segmentsOf.clear();
    this.#segmentsOf.set(body, counted);
    return counted;
  }

  #share(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    if (this.#shared.size >= mostSharedTexts) this.#shared.clear();
    this.#shared.set(text, text);
    return text;
  }
}
