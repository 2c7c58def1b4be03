import type { Country } from '@varde/communication-domain';
import type { Tx } from '@varde/platform-database';

/**
 * The countries of messages, as the facts of their incidents say. A country never changes. Unknown messages are not in it.
 *
 * @param messageIds may repeat
 */
export async function countriesOfMessages(
  tx: Tx,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Country>> {
  const rows = await tx.query<{ message_id: string; country: Country }>(
    `select d.message_id, f.facts ->> 'country' as country
       from communication.draft d, lateral (select facts from communication.fact_sheet s where s.incident_id = d.incident_id
                                             order by s.version desc limit 1) f
      where d.message_id = any($1::uuid[])`,
    [messageIds],
  );
  return new Map(rows.map((row) => [row.message_id, row.country]));
}
