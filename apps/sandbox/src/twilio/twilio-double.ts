import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@varde/kernel';
import { readForm, sendJson, type Exchange } from '../http/exchange';
import { route, type Route } from '../http/router';
import { Ledger } from '../ledger/ledger';
import { smsMoods, type SmsMood, type SmsMoods } from '../moods/mood';
import { MoodBoard } from '../moods/mood-board';
import { refuse, resetMidBody, turnedAway } from './answers';
import { lookUpMessage, lookUpMessages } from './message-lookup';
import { messageList, messageResource, messagesPath, readPageOf } from './message-resource';
import { MessageStore, type StoredMessage } from './message-store';
import { deliveryRef, readNewMessage, type NewMessage } from './new-message';
import { planReceipts } from './receipt-plan';
import { Receipts } from './receipts';

interface TwilioOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly clock: Clock;
}

/** What the double knows between two resets. */
interface Memory {
  readonly store: MessageStore;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
}

/**
 * Stands in for Twilio's Messages API: takes messages, remembers them, counts them, makes signed receipts, and
 * misbehaves as its moods say. A message counts as accepted from the moment in which a real provider would send it,
 * whatever its sender is told afterwards.
 */
export class TwilioDouble {
  readonly moods = new MoodBoard<SmsMood, SmsMoods>(smsMoods.parse({}));
  readonly #options: TwilioOptions;
  readonly #credentials: Buffer;
  readonly #slow = new Set<NodeJS.Timeout>();
  #memory: Memory;

  constructor(options: TwilioOptions) {
    this.#options = options;
    this.#credentials = Buffer.from(`${options.accountSid}:${options.authToken}`);
    this.#memory = this.#emptyMemory();
  }

  get store(): MessageStore {
    return this.#memory.store;
  }

  get ledger(): Ledger {
    return this.#memory.ledger;
  }

  get receipts(): Receipts {
    return this.#memory.receipts;
  }

  /** Forgets every message, count, pending receipt and mood. */
  async reset(): Promise<void> {
    const { receipts } = this.#memory;
    this.moods.set(smsMoods.parse({}));
    this.#memory = this.#emptyMemory();
    await receipts.close();
  }

  async close(): Promise<void> {
    this.#slow.forEach(clearTimeout);
    await this.receipts.close();
  }

  routes(): Route[] {
    const path = messagesPath(this.#options.accountSid);
    const otherAccount = /^\/2010-04-01\//;
    return [
      route('POST', `${path}.json`, (exchange) => this.#create(exchange)),
      route('GET', `${path}.json`, (exchange) => this.#list(exchange)),
      route('GET', `${path}/:sid.json`, (exchange) => this.#show(exchange)),
      ...['POST', 'GET'].map((method): Route => ({
        method,
        path: otherAccount,
        handle: ({ response }) => refuse(response, 20003),
      })),
    ];
  }

  #emptyMemory(): Memory {
    const { accountSid, authToken } = this.#options;
    const store = new MessageStore(randomBytes(12).toString('hex'));
    const retryMs = () => this.moods.settings.retryMs;
    const receipts = new Receipts({ accountSid, authToken, store, retryMs });
    return { store, ledger: new Ledger(), receipts };
  }

  #isSignedIn(request: IncomingMessage): boolean {
    const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
    const given = Buffer.from(encoded, 'base64');
    return (
      scheme === 'Basic' &&
      given.length === this.#credentials.length &&
      timingSafeEqual(given, this.#credentials)
    );
  }

  async #create({ request, response }: Exchange): Promise<void> {
    const form = await readForm(request);
    if (!this.#isSignedIn(request)) return refuse(response, 20003);
    const message = readNewMessage(form);
    if (typeof message === 'number') return refuse(response, message);
    if (this.store.isFull || !this.moods.hasRoom(this.#options.clock.now())) {
      return refuse(response, 20429);
    }
    const mood = this.moods.moodFor(message.to);
    if (turnedAway(mood, response)) return;
    const taken = this.#take(message, mood);
    const receipts = this.#sendReceipts(taken, mood);
    if (mood.receipts === 'early') await receipts;
    this.#answer(taken, mood, response);
  }

  #take(message: NewMessage, mood: Partial<SmsMood>): StoredMessage {
    const { to, body, statusCallback } = message;
    this.ledger.accept({ to, body, ref: deliveryRef(statusCallback) });
    return this.store.at(this.store.add(message, this.#options.clock.now(), mood.showLateMs));
  }

  /** Who gets no receipts, or none that count, shows the last status in look-ups at once. */
  #sendReceipts({ n, statusCallback }: StoredMessage, mood: Partial<SmsMood>): Promise<void> {
    const { statuses } = this.moods.settings;
    const plan = statusCallback === '' ? [] : planReceipts(mood, statuses);
    if (plan.every(({ isForged }) => isForged)) {
      this.store.setStatus(n, (mood.statuses ?? statuses).at(-1) ?? 'sent', mood.errorCode);
    }
    return this.receipts.send(n, plan);
  }

  #answer(message: StoredMessage, mood: Partial<SmsMood>, response: ServerResponse): void {
    const { accountSid } = this.#options;
    const answer = (): void => sendJson(response, 201, messageResource(accountSid, message));
    switch (mood.answer) {
      case '500-after':
        return refuse(response, 20500);
      case 'hang-after':
        return;
      case 'reset-after':
        return resetMidBody(response, 201);
      case 'slow':
        return this.#later(mood.slowMs ?? 0, answer);
      default:
        return answer();
    }
  }

  #later(afterMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#slow.delete(timer);
      act();
    }, afterMs);
    this.#slow.add(timer);
  }

  #list({ request, response, query }: Exchange): void {
    if (!this.#isSignedIn(request)) return refuse(response, 20003);
    const { accountSid, clock } = this.#options;
    const asked = readPageOf(query);
    const found = lookUpMessages(this.store, asked, clock.now());
    sendJson(response, 200, messageList(accountSid, asked, found));
  }

  #show({ request, response, caught: [sid = ''] }: Exchange): void {
    if (!this.#isSignedIn(request)) return refuse(response, 20003);
    const { accountSid, clock } = this.#options;
    const message = lookUpMessage(this.store, sid, clock.now());
    if (!message) return refuse(response, 20404);
    sendJson(response, 200, messageResource(accountSid, message));
  }
}
