import { Client } from 'pg';
import type { Database } from '@varde/platform-database';
import type { EventBus, OutgoingRecord } from '@varde/platform-kafka';
import type { JobQueues } from '@varde/platform-jobs';
import { every, type Repeated } from '@varde/platform-time';

/** What the relay works with. */
export interface RelayOptions {
  readonly database: Database;
  readonly url: string;
  readonly bus: EventBus;
  readonly jobs: JobQueues;
  readonly onError: (cause: unknown, what: 'facts' | 'jobs') => void;
  /** How often to look without being woken. @defaultValue 1000 */
  readonly periodMs?: number;
}

interface OutboxRow {
  readonly n: string;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: Date;
}

interface JobRow {
  readonly n: string;
  readonly queue: string;
  readonly job_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly due_at: Date | null;
}

const factsAtOnce = 500;
const jobsAtOnce = 1_000;
const listenAgainMs = 2_000;
// One relay at a time keeps the facts of one aggregate in order; another engine's stands by and takes over.
const relayLock = 4702;

/**
 * Publishes what the outbox holds: facts to Kafka, jobs to BullMQ. Woken after each commit; looks every second in case nobody
 * woke it. A fact that was acknowledged but not marked is published again: consumers drop it by its id.
 *
 * @source I-8, I-9, P-2; `recipes.md` §6: polling alone would cost a hundred milliseconds a hop
 */
export class Relay {
  private facts: Repeated | undefined;
  private jobs: Repeated | undefined;
  private listener: Client | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(private readonly options: RelayOptions) {}

  /** Begins to publish. */
  async start(): Promise<void> {
    const period = this.options.periodMs ?? 1_000;
    await this.listen();
    this.facts = every(
      period,
      () => this.publishFacts(),
      (cause) => this.options.onError(cause, 'facts'),
    );
    this.jobs = every(
      period,
      () => this.addJobs(),
      (cause) => this.options.onError(cause, 'jobs'),
    );
  }

  /** Something was committed in this process: publish it now. */
  readonly wake = (): void => {
    void this.facts?.now();
    void this.jobs?.now();
  };

  /** Ends the running round and publishes no more. */
  async stop(): Promise<void> {
    clearTimeout(this.again);
    await Promise.all([this.facts?.stop(), this.jobs?.stop()]);
    await this.listener?.end();
  }

  private async listen(): Promise<void> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: 'varde-relay',
    });
    client.on('error', () => {
      // The listener only shortens the wait; the period carries on without it.
      this.listener = undefined;
      this.listenAgain();
    });
    client.on('notification', this.wake);
    await client.connect();
    await client.query('listen varde_outbox');
    this.listener = client;
  }

  // Again and again: a database that is away for minutes must not cost every later fact a period of waiting (I-5).
  private listenAgain(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.listen().catch((cause: unknown) => {
        this.options.onError(cause, 'facts');
        this.listenAgain();
      });
    }, listenAgainMs).unref();
  }

  private async publishFacts(): Promise<void> {
    for (;;) {
      const published = await this.options.database.transaction(async (tx) => {
        const [lock] = await tx.query<{ mine: boolean }>(
          'select pg_try_advisory_xact_lock($1) as mine',
          [relayLock],
        );
        if (!lock?.mine) return 0;
        const rows = await tx.query<OutboxRow>(
          `select n, id, topic, key, type, payload, headers, at from platform.outbox
            where published_at is null order by n limit $1 for update skip locked`,
          [factsAtOnce],
        );
        if (rows.length === 0) return 0;
        await this.options.bus.publish(rows.map(recordOf));
        await tx.query(
          'update platform.outbox set published_at = platform.clock() where n = any($1::bigint[])',
          [rows.map((row) => row.n)],
        );
        return rows.length;
      });
      if (published < factsAtOnce) return;
    }
  }

  private async addJobs(): Promise<void> {
    for (;;) {
      const added = await this.options.database.transaction(async (tx) => {
        const rows = await tx.query<JobRow>(
          `select n, queue, job_id, data, due_at from platform.job_request
            where added_at is null order by n limit $1 for update skip locked`,
          [jobsAtOnce],
        );
        if (rows.length === 0) return 0;
        await this.options.jobs.add(
          rows.map((row) => ({
            queue: row.queue,
            jobId: row.job_id,
            data: row.data,
            dueAt: row.due_at,
          })),
        );
        await tx.query(
          'update platform.job_request set added_at = platform.clock() where n = any($1::bigint[])',
          [rows.map((row) => row.n)],
        );
        return rows.length;
      });
      if (added < jobsAtOnce) return;
    }
  }
}

function recordOf(row: OutboxRow): OutgoingRecord {
  return {
    topic: row.topic,
    key: row.key,
    value: Buffer.from(JSON.stringify(row.payload)),
    headers: {
      ce_specversion: '1.0',
      ce_id: row.id,
      ce_type: row.type,
      ce_subject: row.key,
      ce_time: row.at.toISOString(),
      'content-type': 'application/json',
      ...row.headers,
    },
  };
}
