import type { RawRecord } from '@varde/incident-domain';
import type { Clock } from '@varde/kernel';
import { isConnectionLoss, isContention, type Database, type Tx } from '@varde/platform-database';
import {
  lockOffset,
  moveOffset,
  type EventBus,
  type IncomingRecord,
  type SliceResult,
  type Subscription,
} from '@varde/platform-kafka';
import type { Log } from '@varde/platform-observability';
import type { DeadLetterRepository } from './dead-letter.repository';
import type { IntakeService } from './intake.service';
import type { SourceRepository } from './source.repository';

/** What the intake needs. */
export interface IntakeConsumerParts {
  readonly database: Database;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly intake: IntakeService;
  readonly sources: SourceRepository;
  readonly deadLetters: DeadLetterRepository;
  /** The topics that always exist; those of registered sources come on top. */
  readonly topics: readonly string[];
  readonly onDead: (cause: unknown) => void;
}

const consumer = 'intake';
const sliceSize = 50;
const tries = 3;
const day = 86_400_000;

/**
 * Reads the network's topics. Records, effects and offset are one transaction; a record that comes again changes nothing, one
 * that nobody can take is put aside with its bytes after three tries, and its partition goes on. With the database away it
 * pauses and keeps its place (I-1, I-4, I-5).
 */
export class IntakeConsumer {
  private subscription: Subscription | undefined;
  private subscribed: readonly string[] = [];
  private readonly failures = new Map<string, number>();
  private readonly sought = new Map<string, bigint>();

  constructor(private readonly parts: IntakeConsumerParts) {}

  /** Joins the group for every topic that a source is registered for. Called again, it follows what has been registered since. */
  async follow(): Promise<void> {
    const sources = await this.parts.database.unitOfWork('varde_incident', (tx) =>
      this.parts.sources.all(tx),
    );
    const topics = [
      ...new Set([
        ...this.parts.topics,
        ...sources.filter((source) => source.active).map((source) => source.topic),
      ]),
    ].sort();
    if (topics.join() === this.subscribed.join()) return;
    await this.subscription?.stop();
    await this.parts.bus.ensureTopics(
      topics.map((topic) => ({ topic, partitions: 6, retentionMs: 7 * day })),
    );
    this.subscribed = topics;
    this.subscription = await this.parts.bus.consume({
      group: 'varde.intake',
      topics,
      sliceSize,
      handle: (records, low) => this.take(records, low),
      onError: (cause) => this.parts.log.error('intake.consumer-failed', { err: cause }),
      onDead: this.parts.onDead,
    });
  }

  /** Ends the running slice and leaves the group. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private async take(
    records: readonly IncomingRecord[],
    low: () => Promise<bigint>,
  ): Promise<SliceResult> {
    try {
      return await this.inOne(records, low);
    } catch (cause) {
      if (isConnectionLoss(cause)) return { kind: 'wait' };
      const [first] = records;
      if (records.length > 1 && first) return this.take([first], low);
      return this.countFailure(records, cause);
    }
  }

  private inOne(
    records: readonly IncomingRecord[],
    low: () => Promise<bigint>,
  ): Promise<SliceResult> {
    return this.parts.database.unitOfWork('varde_incident', async (tx) => {
      const [first] = records;
      const last = records.at(-1);
      if (!first || !last) return { kind: 'wait' };
      const stored = await lockOffset(tx, consumer, first.topic, first.partition);
      const elsewhere = await this.elsewhere(first, stored, low);
      if (elsewhere) return elsewhere;
      for (const record of records) {
        if (stored === undefined || record.offset >= stored)
          await this.parts.intake.take(tx, rawOf(record, this.parts.clock));
      }
      await moveOffset(tx, consumer, first.topic, first.partition, last.offset + 1n);
      return { kind: 'done', next: last.offset + 1n };
    });
  }

  // The place in PostgreSQL is the true one. A first offset above it is a hole in the log, or a broker that knows better than
  // it should: asked for once more, then believed.
  private async elsewhere(
    first: IncomingRecord,
    stored: bigint | undefined,
    low: () => Promise<bigint>,
  ): Promise<SliceResult | undefined> {
    const place = `${first.topic}/${first.partition}`;
    if (stored === undefined || first.offset <= stored || this.sought.get(place) === stored)
      return undefined;
    if ((await low()) > stored) return undefined;
    this.sought.set(place, stored);
    return { kind: 'seek', to: stored };
  }

  private async countFailure(
    records: readonly IncomingRecord[],
    cause: unknown,
  ): Promise<SliceResult> {
    const [record] = records;
    if (!record || isContention(cause)) return { kind: 'wait' };
    const key = `${record.topic}/${record.partition}/${record.offset}`;
    const failed = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failed);
    this.parts.log.error('intake.record-failed', {
      err: cause,
      topic: record.topic,
      partition: record.partition,
      offset: String(record.offset),
      failed,
    });
    if (failed < tries) return { kind: 'wait' };
    this.failures.delete(key);
    await this.parts.database.unitOfWork('varde_incident', (tx) => this.putAside(tx, record));
    return { kind: 'done', next: record.offset + 1n };
  }

  private async putAside(tx: Tx, record: IncomingRecord): Promise<void> {
    await this.parts.deadLetters.add(tx, rawOf(record, this.parts.clock), {
      part: 0,
      sourceId: null,
      eventId: null,
      reason: 'handler-failed',
      detail: 'Our own handler failed three times; see the log, then replay.',
    });
    await moveOffset(tx, consumer, record.topic, record.partition, record.offset + 1n);
  }
}

const rawOf = (record: IncomingRecord, clock: Clock): RawRecord => ({
  topic: record.topic,
  partition: record.partition,
  offset: String(record.offset),
  key: record.key,
  value: record.value,
  headers: record.headers,
  receivedAt: clock.now(),
});
