import { randomBytes } from 'node:crypto';
import type { FactSetting } from '@varde/communication-domain';
import { parseInstant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';

/** What the texts of an incident share: the address of its page, made with its first text, and when it was first spoken of. */
export async function settingOf(tx: Tx, incidentId: string): Promise<FactSetting> {
  await tx.query(
    `insert into communication.incident_link values ($1, $2) on conflict (incident_id) do nothing`,
    [incidentId, token()],
  );
  const [row] = await tx.query<{ token: string; at: Date | null }>(
    `select l.token, (select min(d.dispatched_at) from communication.dispatch d where d.incident_id = l.incident_id) as at
       from communication.incident_link l where l.incident_id = $1`,
    [incidentId],
  );
  return {
    link: row?.token ?? '',
    sentAt: row?.at ? parseInstant(row.at.toISOString()) : undefined,
  };
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

// Four to a million incidents would do; eight are not guessed one from another.
const token = (): string =>
  [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');
