import { instant, toIso, type Instant } from '@varde/kernel';
import type { RawRecord, ReportedIncident } from '@varde/incident-domain';
import type { Tx } from '@varde/platform-database';
import type { DeadLetterRepository } from './dead-letter.repository';
import { headersFrom, type StoredHeaders } from './record-bytes';

/** A report that came before its raise and waits for it (I-3). */
export interface ParkedReport {
  readonly n: string;
  readonly sourceId: string;
  readonly eventId: string;
  readonly part: number;
  readonly report: ReportedIncident;
  readonly record: RawRecord;
}

interface ParkedRow {
  readonly n: string;
  readonly source_id: string;
  readonly event_id: string;
  readonly part: number;
  readonly report: ReportedIncident;
  readonly topic: string;
  readonly partition: number;
  readonly record_offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: StoredHeaders;
  readonly received_at: Date;
}

/** Reports that wait for their raise. */
export class ParkedReportRepository {
  constructor(private readonly deadLetters: DeadLetterRepository) {}

  /** Parks one. @returns its number */
  async park(
    tx: Tx,
    sourceId: string,
    report: ReportedIncident,
    inboxEventN: string,
    now: Instant,
  ): Promise<string> {
    const [row] = await tx.query<{ n: string }>(
      `insert into incident.parked_report (source_id, reference, sequence, inbox_event_n, report, parked_at)
       values ($1, $2, $3, $4, $5, $6) returning n`,
      [
        sourceId,
        report.reference,
        report.sequence,
        inboxEventN,
        JSON.stringify(report),
        toIso(now),
      ],
    );
    if (!row) throw new Error('The report was not parked.');
    return row.n;
  }

  /** Those that wait for the raise of this reference, in sequence. */
  waitingFor(tx: Tx, sourceId: string, reference: string): Promise<readonly ParkedReport[]> {
    return this.read(
      tx,
      `where p.source_id = $1 and p.reference = $2 and p.done_at is null order by p.sequence, p.n for update of p`,
      [sourceId, reference],
    );
  }

  /** Merges of this source that wait for the raise of the reference they merge into. */
  mergesInto(tx: Tx, sourceId: string, reference: string): Promise<readonly ParkedReport[]> {
    return this.read(
      tx,
      `where p.source_id = $1 and p.report->>'into' = $2 and p.done_at is null order by p.n for update of p`,
      [sourceId, reference],
    );
  }

  /** One of them, if it still waits. */
  async stillWaiting(tx: Tx, n: string): Promise<ParkedReport | undefined> {
    return (await this.read(tx, `where p.n = $1 and p.done_at is null for update of p`, [n]))[0];
  }

  /** It was applied. */
  async applied(tx: Tx, n: string, now: Instant): Promise<void> {
    await this.end(tx, n, 'applied', now);
  }

  /** It cannot be taken: a dead letter with its original bytes. */
  async refuse(
    tx: Tx,
    parked: ParkedReport,
    why: { reason: 'schema-invalid' | 'raise-missing'; detail: string },
    now: Instant,
  ): Promise<void> {
    const { part, sourceId, eventId } = parked;
    await this.deadLetters.add(tx, parked.record, { part, sourceId, eventId, ...why });
    await this.end(tx, parked.n, why.reason, now);
  }

  private async end(tx: Tx, n: string, outcome: string, now: Instant): Promise<void> {
    await tx.query(`update incident.parked_report set done_at = $2, outcome = $3 where n = $1`, [
      n,
      toIso(now),
      outcome,
    ]);
  }

  private async read(
    tx: Tx,
    rest: string,
    parameters: readonly unknown[],
  ): Promise<readonly ParkedReport[]> {
    const rows = await tx.query<ParkedRow>(
      `select p.n, p.source_id, e.event_id, e.part, p.report, r.topic, r.partition, r.record_offset, r.key, r.value, r.headers, r.received_at
         from incident.parked_report p join incident.inbox_event e on e.n = p.inbox_event_n join incident.inbox_record r on r.n = e.record_n
       ${rest}`,
      parameters,
    );
    return rows.map((row) => ({
      n: row.n,
      sourceId: row.source_id,
      eventId: row.event_id,
      part: row.part,
      report: row.report,
      record: {
        topic: row.topic,
        partition: row.partition,
        offset: row.record_offset,
        key: row.key,
        value: row.value,
        headers: headersFrom(row.headers),
        receivedAt: instant(row.received_at.getTime()),
      },
    }));
  }
}
