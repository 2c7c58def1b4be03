import { Pool } from 'undici';
import type { SmsMoods } from '../moods/mood';
import { callbackParameters } from './callback-parameters';
import { messageStatuses, type MessageStore, type StoredMessage } from './message-store';
import { Queue } from './queue';
import type { PlannedReceipt } from './receipt-plan';
import { twilioSignature } from './signature';

/** How many callbacks are on their way at once. */
const mostAtOnce = 32;
const answerWithinMs = 5000;

/** What became of the callbacks so far. */
export interface ReceiptCounts {
  /** Messages with callbacks still to come. */
  readonly waiting: number;
  /** Answered 2xx. */
  readonly taken: number;
  /** Answered 4xx: not tried again. */
  readonly refused: number;
  /** Given up after all tries. */
  readonly lost: number;
}

interface ReceiptOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly store: MessageStore;
  readonly retryMs: () => SmsMoods['retryMs'];
}

interface Job {
  readonly n: number;
  readonly plan: readonly PlannedReceipt[];
  readonly done: () => void;
  step: number;
  failures: number;
}

type Answer = 'taken' | 'refused' | 'unanswered';

/**
 * Makes the status callbacks: one message's in their order, many messages' beside each other. They wait in memory, so
 * that a receiver that is being restarted gets them when it is back; what still waits when the sandbox ends is gone.
 */
export class Receipts {
  readonly #options: ReceiptOptions;
  readonly #pools = new Map<string, Pool>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #queue = new Queue<Job>();
  readonly #counts = { waiting: 0, taken: 0, refused: 0, lost: 0 };
  #running = 0;
  #isClosed = false;

  constructor(options: ReceiptOptions) {
    this.#options = options;
  }

  counts(): ReceiptCounts {
    return { ...this.#counts };
  }

  /** Starts the callbacks of a message; resolves when the last of them is answered or given up. */
  send(n: number, plan: readonly PlannedReceipt[]): Promise<void> {
    if (plan.length === 0) return Promise.resolve();
    this.#counts.waiting += 1;
    return new Promise((done) => this.#schedule({ n, plan, done, step: 0, failures: 0 }));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timers.forEach(clearTimeout);
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #schedule(job: Job, afterMs = job.plan[job.step]?.afterMs ?? 0): void {
    if (this.#isClosed) return;
    if (afterMs === 0) {
      this.#queue.push(job);
      this.#pump();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#schedule(job, 0);
    }, afterMs);
    this.#timers.add(timer);
  }

  #pump(): void {
    while (this.#running < mostAtOnce) {
      const job = this.#queue.shift();
      if (!job) return;
      this.#running += 1;
      void this.#attempt(job).finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
  }

  async #attempt(job: Job): Promise<void> {
    const receipt = job.plan[job.step];
    if (!receipt) return;
    if (job.failures === 0 && !receipt.isForged) this.#advance(job.n, receipt);
    const answer = await this.#call(this.#options.store.at(job.n), receipt);
    if (this.#isClosed) return;
    const pause = this.#options.retryMs()[job.failures];
    if (answer === 'unanswered' && pause !== undefined) {
      job.failures += 1;
      this.#schedule(job, pause);
      return;
    }
    this.#counts[answer === 'unanswered' ? 'lost' : answer] += 1;
    this.#next(job);
  }

  #next(job: Job): void {
    job.step += 1;
    job.failures = 0;
    if (job.step < job.plan.length) return this.#schedule(job);
    this.#counts.waiting -= 1;
    job.done();
  }

  #advance(n: number, { status, errorCode }: PlannedReceipt): void {
    const { store } = this.#options;
    if (messageStatuses.indexOf(status) < messageStatuses.indexOf(store.at(n).status)) return;
    store.setStatus(n, status, errorCode);
  }

  async #call(message: StoredMessage, receipt: PlannedReceipt): Promise<Answer> {
    const { accountSid, authToken } = this.#options;
    const url = message.statusCallback;
    const parameters = callbackParameters(accountSid, message, receipt);
    const token = receipt.isForged ? `not-${authToken}` : authToken;
    try {
      const { origin, pathname, search } = new URL(url);
      const { statusCode, body } = await this.#poolTo(origin).request({
        method: 'POST',
        path: pathname + search,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          'x-twilio-signature': twilioSignature(token, url, parameters),
        },
        body: new URLSearchParams(parameters).toString(),
      });
      await body.dump();
      if (statusCode < 300) return 'taken';
      return statusCode >= 400 && statusCode < 500 ? 'refused' : 'unanswered';
    } catch {
      // Refused connections, resets and timeouts are what a restart of the receiver looks like: it is tried again.
      return 'unanswered';
    }
  }

  #poolTo(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections: mostAtOnce,
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
    });
    this.#pools.set(origin, pool);
    return pool;
  }
}
