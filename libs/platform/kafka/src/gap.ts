import type { Database } from '@varde/platform-database';

/** A place from which the broker cannot serve a consumer any more. */
export interface Gap {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  /** The offset that we wanted next. */
  readonly expected: bigint;
  /** The first offset that the broker holds. At or below `expected` the log was made anew and is shorter than what we had read. */
  readonly lowWaterMark: bigint;
}

/**
 * Writes a gap down for people, in a transaction of its own under the program's role: it stands before anything moves past it.
 *
 * @returns false when it stood there already
 * @source I-2
 */
export async function noteGap(database: Database, gap: Gap): Promise<boolean> {
  const rows = await database.transaction((tx) =>
    tx.query(
      `insert into platform.gap (consumer, topic, partition, expected_offset, low_water_mark) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning 1`,
      [gap.consumer, gap.topic, gap.partition, String(gap.expected), String(gap.lowWaterMark)],
    ),
  );
  return rows.length > 0;
}
