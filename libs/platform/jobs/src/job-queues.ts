import { Queue, Worker, type ConnectionOptions, type Job } from 'bullmq';
import { Redis } from 'ioredis';

/** Work to be added. @property dueAt an alarm rings then; absent or past: at once */
export interface NewJob {
  readonly queue: string;
  readonly jobId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dueAt: Date | null;
}

/** Options of Redis for BullMQ. Never an ioredis instance: BullMQ would not close it. */
export function redisOptions(url: string): ConnectionOptions {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    db: Number(pathname.slice(1) || 0),
    maxRetriesPerRequest: null,
  };
}

/**
 * Refuses a Redis that would lose work without a word.
 *
 * @throws Error when its policy evicts keys
 * @source P-1: with `allkeys-lru` two thirds of 4,000 jobs vanished quietly
 */
export async function assertKeepsEverything(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info('memory');
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1];
    if (policy !== 'noeviction') {
      throw new Error(
        `Redis evicts keys (maxmemory-policy ${policy ?? 'unknown'}): jobs would vanish. Set it to noeviction.`,
      );
    }
  } finally {
    redis.disconnect();
  }
}

const addDeadlineMs = 2_000;

/**
 * The only place that adds work to BullMQ. With Redis away an add may never settle, so each has a deadline of its own; the
 * rows in PostgreSQL remain and the sweepers carry on.
 *
 * @source P-2, failures R-5
 */
export class JobQueues {
  private readonly queues = new Map<string, Queue>();

  /** @param now the installation's clock, by which instants become delays */
  constructor(
    private readonly url: string,
    private readonly prefix: string,
    private readonly now: () => number,
  ) {}

  /** Adds all of them, or throws: whoever asked tries again from the rows. */
  async add(jobs: readonly NewJob[]): Promise<void> {
    const byQueue = new Map<string, NewJob[]>();
    for (const job of jobs) byQueue.set(job.queue, [...(byQueue.get(job.queue) ?? []), job]);
    await Promise.all([...byQueue].map(([name, list]) => this.addTo(name, list)));
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private async addTo(name: string, jobs: readonly NewJob[]): Promise<void> {
    const work = this.queue(name).addBulk(
      jobs.map((job) => ({
        name: name,
        data: job.data,
        opts: {
          jobId: job.jobId,
          ...(job.dueAt ? { delay: Math.max(0, job.dueAt.getTime() - this.now()) } : {}),
        },
      })),
    );
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, refuse) => {
      timer = setTimeout(
        () => refuse(new Error(`Redis did not take work for ${name} within ${addDeadlineMs} ms`)),
        addDeadlineMs,
      );
    });
    try {
      await Promise.race([work, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: redisOptions(this.url),
      prefix: bullPrefix(this.prefix),
      defaultJobOptions: {
        removeOnComplete: true,
        removeOnFail: 1_000,
        attempts: 5,
        backoff: { type: 'exponential', delay: 1_000 },
      },
    });
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    return queue;
  }
}

/** How a worker of one queue runs. */
export interface WorkerOptions {
  readonly url: string;
  readonly prefix: string;
  readonly queue: string;
  /** Jobs of this queue at the same time: the quota of its lane. */
  readonly concurrency: number;
  readonly onError: (cause: unknown) => void;
}

/** Starts a worker. A job is a wake-up call: what it does must be right when it comes twice, late, or never. */
export function startWorker(
  options: WorkerOptions,
  handle: (data: unknown, job: Job) => Promise<void>,
): Worker {
  const worker = new Worker(options.queue, (job) => handle(job.data, job), {
    connection: redisOptions(options.url),
    prefix: bullPrefix(options.prefix),
    concurrency: options.concurrency,
    lockDuration: 60_000,
    stalledInterval: 30_000,
    maxStalledCount: 10,
  });
  worker.on('error', options.onError);
  worker.on('failed', (_job, cause) => options.onError(cause));
  return worker;
}

const bullPrefix = (prefix: string): string => (prefix ? `${prefix}-varde` : 'varde');
