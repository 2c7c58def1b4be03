import { instant, toIso, type Instant } from '@varde/kernel';
import type { RawRecord } from '@varde/incident-domain';
import { refusalReasons, type RefusalReason } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import { headersFrom, headersOf, type StoredHeaders } from './record-bytes';

/** Why something became a dead letter: refused by the table, or our own handler failed three times. @source standards §1.3; I-4 */
export const deadLetterReasons = [...refusalReasons, 'handler-failed'] as const;
/** One of {@link deadLetterReasons}. */
export type DeadLetterReason = RefusalReason | 'handler-failed';

/** Why one event of a record was put aside. */
export interface PutAside {
  readonly part: number;
  readonly sourceId: string | null;
  readonly eventId: string | null;
  readonly reason: DeadLetterReason;
  /** One sentence that repeats no value of the event. */
  readonly detail: string;
}

/** A dead letter with its original bytes. */
export interface DeadLetter extends PutAside {
  readonly n: string;
  readonly record: RawRecord;
  readonly at: Instant;
  readonly replayedAt: Instant | null;
}

interface DeadLetterRow {
  readonly n: string;
  readonly topic: string;
  readonly partition: number;
  readonly record_offset: string;
  readonly part: number;
  readonly source_id: string | null;
  readonly event_id: string | null;
  readonly reason: DeadLetterReason;
  readonly detail: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: StoredHeaders;
  readonly received_at: Date;
  readonly at: Date;
  readonly replayed_at: Date | null;
}

/** Everything that could not be taken, with its bytes, until somebody plays it again (I-4). */
export class DeadLetterRepository {
  /** Puts one event aside. A record that comes again changes nothing. */
  async add(tx: Tx, record: RawRecord, aside: PutAside): Promise<void> {
    await tx.query(
      `insert into incident.dead_letter (topic, partition, record_offset, part, source_id, event_id, reason, detail, key, value, headers, received_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (topic, partition, record_offset, part) do nothing`,
      [
        record.topic,
        record.partition,
        record.offset,
        aside.part,
        aside.sourceId,
        aside.eventId,
        aside.reason,
        aside.detail.slice(0, 1000),
        bytes(record.key),
        bytes(record.value),
        JSON.stringify(headersOf(record.headers)),
        toIso(record.receivedAt),
      ],
    );
  }

  /** Dead letters that have not been published to their topic, oldest first. The sweeper that publishes them skips what another holds. */
  unpublishedDeadLetters(tx: Tx, limit: number): Promise<readonly DeadLetter[]> {
    return this.read(tx, `where published_at is null order by n limit $1 for update skip locked`, [
      limit,
    ]);
  }

  /** They stand on the topic. */
  async markDeadLettersPublished(tx: Tx, ns: readonly string[], now: Instant): Promise<void> {
    await tx.query(
      `update incident.dead_letter set published_at = $2 where n = any($1) and published_at is null`,
      [ns, toIso(now)],
    );
  }

  /** Dead letters that nobody has played again, newest first. */
  openDeadLetters(tx: Tx, limit: number): Promise<readonly DeadLetter[]> {
    return this.read(tx, `where replayed_at is null order by n desc limit $1`, [limit]);
  }

  /** One dead letter, locked. */
  async locked(tx: Tx, n: string): Promise<DeadLetter | undefined> {
    return (await this.read(tx, `where n = $1 for update`, [n]))[0];
  }

  /** It was played again and taken. */
  async markReplayed(tx: Tx, n: string, now: Instant): Promise<void> {
    await tx.query(`update incident.dead_letter set replayed_at = $2 where n = $1`, [
      n,
      toIso(now),
    ]);
  }

  private async read(
    tx: Tx,
    rest: string,
    parameters: readonly unknown[],
  ): Promise<readonly DeadLetter[]> {
    const rows = await tx.query<DeadLetterRow>(
      `select n, topic, partition, record_offset, part, source_id, event_id, reason, detail, key, value, headers, received_at, at, replayed_at
         from incident.dead_letter ${rest}`,
      parameters,
    );
    return rows.map(deadLetterOf);
  }
}

const deadLetterOf = (row: DeadLetterRow): DeadLetter => ({
  n: row.n,
  part: row.part,
  sourceId: row.source_id,
  eventId: row.event_id,
  reason: row.reason,
  detail: row.detail,
  record: {
    topic: row.topic,
    partition: row.partition,
    offset: row.record_offset,
    key: row.key,
    value: row.value,
    headers: headersFrom(row.headers),
    receivedAt: instant(row.received_at.getTime()),
  },
  at: instant(row.at.getTime()),
  replayedAt: row.replayed_at === null ? null : instant(row.replayed_at.getTime()),
});

const bytes = (value: Uint8Array | null): Buffer | null =>
  value === null ? null : Buffer.from(value);
