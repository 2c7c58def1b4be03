import type { IntakeStatus } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

interface OffsetRow {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
  readonly moved_at: Date;
}

interface GapRow {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly expected_offset: string;
  readonly low_water_mark: string;
  readonly noticed_at: Date;
}

/** How the intake stands, from the tables alone: how far behind it is, only the broker knows. */
export async function intakeStatusOf(tx: Tx): Promise<IntakeStatus> {
  return {
    offsets: await offsets(tx),
    gaps: await gaps(tx),
    counted: await counted(tx),
    deadLettersOpen: await countOf(tx, `incident.dead_letter where replayed_at is null`),
    reportsWaiting: await countOf(tx, `incident.parked_report where done_at is null`),
    factsFailed: await countOf(tx, `platform.failed_event where replayed_at is null`),
  };
}

async function offsets(tx: Tx): Promise<IntakeStatus['offsets']> {
  const rows = await tx.query<OffsetRow>(
    `select consumer, topic, partition, next_offset, moved_at from platform.consumer_offset order by consumer, topic, partition`,
  );
  return rows.map((row) => ({
    consumer: row.consumer,
    topic: row.topic,
    partition: row.partition,
    nextOffset: row.next_offset,
    movedAt: row.moved_at.toISOString(),
    lag: null,
  }));
}

async function gaps(tx: Tx): Promise<IntakeStatus['gaps']> {
  const rows = await tx.query<GapRow>(
    `select consumer, topic, partition, expected_offset, low_water_mark, noticed_at from platform.gap order by n desc limit 100`,
  );
  return rows.map((row) => ({
    consumer: row.consumer,
    topic: row.topic,
    partition: row.partition,
    expectedOffset: row.expected_offset,
    lowWaterMark: row.low_water_mark,
    noticedAt: row.noticed_at.toISOString(),
  }));
}

async function counted(tx: Tx): Promise<IntakeStatus['counted']> {
  const rows = await tx.query<{ source_id: string; what: string; n: string; last_at: Date }>(
    `select source_id, what, n, last_at from incident.counted order by source_id, what`,
  );
  return rows.map((row) => ({
    source: row.source_id,
    what: row.what,
    count: Number(row.n),
    lastAt: row.last_at.toISOString(),
  }));
}

// Of what is open there is little, and each has an index of its own.
async function countOf(tx: Tx, what: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return row?.n ?? 0;
}
