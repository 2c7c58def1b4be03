import type { RawRecord } from '@varde/incident-domain';
import type { Clock } from '@varde/kernel';
import { isConnectionLoss, isContention, type Database, type Tx } from '@varde/platform-database';
import {
  lockOffset,
  moveOffset,
  noteGap,
  Places,
  type BrokerMarks,
  type EventBus,
  type IncomingRecord,
  type Place,
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
  /** How long one statement of a handler may run. It is tried three times, and the partition waits. @defaultValue 8000 */
  readonly patienceMs?: number;
}

const consumer = 'intake';
const sliceSize = 50;
const tries = 3;
// Three of these are below the half minute that a partition may be blocked (I-4).
const usualPatienceMs = 8_000;
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
  private readonly places = new Places();

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
      handle: (records, marks) => this.take(records, marks),
      onError: (cause) => this.parts.log.error('intake.consumer-failed', { err: cause }),
      onDead: this.parts.onDead,
    });
  }

  /** Ends the running slice and leaves the group. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private async take(records: readonly IncomingRecord[], marks: BrokerMarks): Promise<SliceResult> {
    const [first] = records;
    if (!first) return { kind: 'wait' };
    try {
      const done = await this.inOne(first, records, marks);
      if (done.kind === 'shorter') return { kind: 'wait' }; // the gap watch tells it
      if (done.kind !== 'gap') return done;
      await this.passGap(first, done);
      return await this.take(records, marks);
    } catch (cause) {
      if (isConnectionLoss(cause)) return { kind: 'wait' };
      if (records.length > 1) return this.take([first], marks);
      return this.countFailure(records, cause);
    }
  }

  private inOne(
    first: IncomingRecord,
    records: readonly IncomingRecord[],
    marks: BrokerMarks,
  ): Promise<SliceResult | Exclude<Place, { kind: 'here' }>> {
    return this.parts.database.unitOfWork('varde_incident', async (tx) => {
      const last = records.at(-1) ?? first;
      const slice = { first: first.offset, last: last.offset };
      const stored = await lockOffset(tx, consumer, first.topic, first.partition);
      const place = await this.places.of(partitionOf(first), slice, stored, marks);
      if (place.kind !== 'here') return place;
      await this.limitStatements(tx);
      for (const record of records) {
        if (stored === undefined || record.offset >= stored)
          await this.parts.intake.take(tx, rawOf(record, this.parts.clock));
      }
      await moveOffset(tx, consumer, first.topic, first.partition, last.offset + 1n);
      return { kind: 'done', next: last.offset + 1n };
    });
  }

  // A handler that hangs is a handler that fails. Whoever waits for a lock is innocent: that gives up earlier, and is contention.
  private async limitStatements(tx: Tx): Promise<void> {
    const patience = this.parts.patienceMs ?? usualPatienceMs;
    await tx.query(
      `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true)`,
      [String(patience), String(Math.floor((patience * 3) / 4))],
    );
  }

  private async passGap(
    first: IncomingRecord,
    { expected, lowWaterMark }: Extract<Place, { kind: 'gap' }>,
  ): Promise<void> {
    const { topic, partition } = first;
    const gap = { consumer, topic, partition, expected, lowWaterMark };
    if (await noteGap(this.parts.database, gap)) {
      this.parts.log.error('intake.gap', {
        consumer,
        topic,
        partition,
        expected: String(expected),
        lowWaterMark: String(lowWaterMark),
        lost: String(lowWaterMark - expected),
      });
    }
    this.places.passGap(partitionOf(first), expected);
  }

  private async countFailure(
    records: readonly IncomingRecord[],
    cause: unknown,
  ): Promise<SliceResult> {
    const [record] = records;
    if (!record || isContention(cause)) return { kind: 'wait' };
    const key = `${partitionOf(record)}/${record.offset}`;
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

const partitionOf = (record: IncomingRecord): string => `${record.topic}/${record.partition}`;

const rawOf = (record: IncomingRecord, clock: Clock): RawRecord => ({
  topic: record.topic,
  partition: record.partition,
  offset: String(record.offset),
  key: record.key,
  value: record.value,
  headers: record.headers,
  receivedAt: clock.now(),
});
