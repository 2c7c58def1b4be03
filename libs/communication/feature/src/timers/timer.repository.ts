import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';

/** Kinds of promise that this context must not forget. */
export type TimerKind =
  'approval-unanswered' | 'next-update-soon' | 'first-statement-soon' | 'first-statement-due';

/** A promise that is due. */
export interface DueTimer {
  readonly id: string;
  readonly kind: TimerKind;
  readonly incident_id: string;
  readonly message_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly due_at: Date;
}

/** Writes the row that is the promise, and asks for the alarm that only wakes the sweeper. */
export async function addTimer(
  tx: Tx,
  outbox: Outbox,
  kind: TimerKind,
  incidentId: string,
  messageId: string | undefined,
  dueAt: Instant,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  const id = randomUUID();
  await tx.query(
    `insert into communication.timer (id, kind, incident_id, message_id, data, due_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [id, kind, incidentId, messageId ?? null, JSON.stringify(data), toIso(dueAt)],
  );
  await outbox.requestJobs(tx, 'timer-alarm', () => 'timers', [{ timerId: id }], dueAt);
}

/** Takes one due promise and marks it done, in the caller's transaction: what is thrown back is due again. */
export async function takeDueTimer(tx: Tx): Promise<DueTimer | undefined> {
  const [row] = await tx.query<DueTimer>(
    `update communication.timer set done_at = platform.clock() where id = (
       select id from communication.timer where done_at is null and due_at <= (select platform.clock()) order by due_at limit 1 for update skip locked)
     returning id, kind, incident_id, message_id, data, due_at`,
  );
  return row;
}
