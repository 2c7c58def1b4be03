import { randomUUID } from 'node:crypto';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';

/** What an approver is asked about. */
export interface ApprovalAsked {
  readonly messageId: string;
  readonly incidentId: string;
  readonly incidentNumber: string;
  readonly reach: number;
  /** Persons who may not approve it: they are not asked. */
  readonly notThese: readonly string[];
}

/** Asks somebody on duty to do something, by SMS and mail. */
export async function tellStaff(
  tx: Tx,
  outbox: Outbox,
  personId: string,
  kind: string,
  facts: Readonly<Record<string, string | number>>,
): Promise<void> {
  await outbox.add(tx, 'staff-notice.requested.v1', personId, {
    noticeId: randomUUID(),
    personId,
    kind,
    facts: { ...facts },
  });
}

/** Persons on duty in a role for the incident's country, first to be asked first. */
export async function onDuty(tx: Tx, role: string, incidentId: string): Promise<string[]> {
  const rows = await tx.query<{ person_id: string }>(
    `select person_id from identity.on_duty($1, (
       select f.facts ->> 'country' from communication.fact_sheet f where f.incident_id = $2 order by f.version desc limit 1))`,
    [role, incidentId],
  );
  return rows.map((row) => row.person_id);
}

/** Tells everybody on duty in one of these roles, each once. */
export async function tellOnDuty(
  tx: Tx,
  outbox: Outbox,
  roles: readonly string[],
  incidentId: string,
  notice: { readonly kind: string; readonly facts: Readonly<Record<string, string | number>> },
): Promise<void> {
  const persons = new Set<string>();
  for (const role of roles)
    for (const person of await onDuty(tx, role, incidentId)) persons.add(person);
  for (const person of persons) await tellStaff(tx, outbox, person, notice.kind, notice.facts);
}

/**
 * Asks the next approver on the roster who has not been asked and may approve.
 *
 * @returns whether there was one
 * @source invariants §2.4, "a submitted message without an answer"
 */
export async function askApprover(tx: Tx, outbox: Outbox, asked: ApprovalAsked): Promise<boolean> {
  const before = await tx.query<{ by_person: string }>(
    `select by_person from communication.draft_event where message_id = $1 and what = 'asked'`,
    [asked.messageId],
  );
  const done = new Set([...before.map((row) => row.by_person), ...asked.notThese]);
  const next = (await onDuty(tx, 'approver', asked.incidentId)).find((person) => !done.has(person));
  if (!next) return false;
  await tx.query(
    `insert into communication.draft_event (message_id, version, what, by_person) select $1, max(version), 'asked', $2 from communication.message_version where message_id = $1`,
    [asked.messageId, next],
  );
  await tellStaff(tx, outbox, next, 'approval-wanted', {
    messageId: asked.messageId,
    incidentNumber: asked.incidentNumber,
    reach: asked.reach,
  });
  return true;
}
