import { toIso, type Instant } from '@varde/kernel';
import type { AcceptedPart, CountedPart, RawRecord } from '@varde/incident-domain';
import type { Flag } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import { headersOf } from './record-bytes';

/** What was told us, byte for byte, each event once (I-1, I-3). */
export class InboxRepository {
  /**
   * Keeps a record's place.
   *
   * @param withValue  whether its bytes are kept here; a record of which nothing is taken leaves them to its dead letter
   * @returns its number, or undefined when this very record was taken before
   */
  async keepRecord(tx: Tx, record: RawRecord, withValue: boolean): Promise<string | undefined> {
    const [row] = await tx.query<{ n: string }>(
      `insert into incident.inbox_record (topic, partition, record_offset, key, value, headers, received_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (topic, partition, record_offset) do nothing returning n`,
      [
        record.topic,
        record.partition,
        record.offset,
        bytes(record.key),
        withValue ? bytes(record.value) : null,
        JSON.stringify(headersOf(record.headers)),
        toIso(record.receivedAt),
      ],
    );
    return row?.n;
  }

  /** The number of a record that was taken before. Its bytes are added where a replay takes what was first refused. */
  async recordOf(tx: Tx, record: RawRecord): Promise<string> {
    const [row] = await tx.query<{ n: string }>(
      `select n from incident.inbox_record where topic = $1 and partition = $2 and record_offset = $3 for update`,
      [record.topic, record.partition, record.offset],
    );
    if (!row)
      throw new Error(`No inbox record of ${record.topic}/${record.partition}/${record.offset}.`);
    await tx.query(`update incident.inbox_record set value = $2 where n = $1 and value is null`, [
      row.n,
      bytes(record.value),
    ]);
    return row.n;
  }

  /**
   * Keeps an event's identity.
   *
   * @returns its number, or undefined when the source sent this event before
   */
  async keepEvent(
    tx: Tx,
    recordN: string,
    part: AcceptedPart | CountedPart,
  ): Promise<string | undefined> {
    const [row] = await tx.query<{ n: string }>(
      `insert into incident.inbox_event (record_n, part, source_id, event_id, kind, flags)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning n`,
      [
        recordN,
        part.part,
        part.sourceId,
        part.eventId,
        kindOf(part),
        part.kind === 'event' ? part.flags : [],
      ],
    );
    return row?.n;
  }

  /** The number of an event of this very record that was parked in vain, so that its replay is let through; else undefined. */
  async parkedInVain(tx: Tx, recordN: string, part: number): Promise<string | undefined> {
    const [again] = await tx.query<{ n: string }>(
      `select e.n from incident.inbox_event e join incident.parked_report p on p.inbox_event_n = e.n
        where e.record_n = $1 and e.part = $2 and p.done_at is not null and p.outcome <> 'applied'`,
      [recordN, part],
    );
    return again?.n;
  }

  /** Says what only the database knew of an event: `unplaced`, `no-exercise`, `clear-without-raise`. */
  async flag(tx: Tx, inboxEventN: string, flags: readonly Flag[]): Promise<void> {
    await tx.query(`update incident.inbox_event set flags = $2 where n = $1`, [inboxEventN, flags]);
  }

  /** Counts what is acknowledged and not stored: a heartbeat, a measurement. */
  async count(tx: Tx, part: { sourceId: string; what: string }, now: Instant): Promise<void> {
    await tx.query(
      `insert into incident.counted as c (source_id, what, last_at) values ($1, $2, $3)
       on conflict (source_id, what) do update set n = c.n + 1, last_at = excluded.last_at`,
      [part.sourceId, part.what, toIso(now)],
    );
  }
}

function kindOf(part: AcceptedPart | CountedPart): string {
  if (part.kind === 'counted') return 'counted';
  return { alarm: 'alarm', 'reported-incident': 'report', 'alarm-list-rebuilt': 'list-rebuilt' }[
    part.event.type
  ];
}

const bytes = (value: Uint8Array | null): Buffer | null =>
  value === null ? null : Buffer.from(value);
