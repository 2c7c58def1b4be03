import type { Tx } from '@varde/platform-database';

/**
 * Where a consumer goes on in a partition, locked for this transaction; undefined where it has never been.
 *
 * @source I-1: the offset is stored in the transaction that stores the event
 */
export async function lockOffset(
  tx: Tx,
  consumer: string,
  topic: string,
  partition: number,
): Promise<bigint | undefined> {
  const [row] = await tx.query<{ next_offset: string }>(
    `select next_offset from platform.consumer_offset where consumer = $1 and topic = $2 and partition = $3 for update`,
    [consumer, topic, partition],
  );
  return row && BigInt(row.next_offset);
}

/**
 * Moves the stored offset forward, never back.
 *
 * @returns false when another member has been further already: this one is a zombie and must not have any effect
 */
export async function moveOffset(
  tx: Tx,
  consumer: string,
  topic: string,
  partition: number,
  next: bigint,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into platform.consumer_offset as o (consumer, topic, partition, next_offset) values ($1, $2, $3, $4)
     on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset, moved_at = platform.clock()
       where o.next_offset < excluded.next_offset
     returning 1`,
    [consumer, topic, partition, String(next)],
  );
  return rows.length > 0;
}
