import { randomUUID } from 'node:crypto';
import type { PlannedMessage } from '@varde/communication-domain';
import type { MessageDispatched } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { DraftBasis } from './draft-basis';
import { StandingMessagesRepository } from './standing-messages.repository';

/** A message that a policy may let go. */
export interface FirstWord {
  readonly messageId: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly planned: PlannedMessage;
  readonly basis: DraftBasis;
}

/**
 * Lets a message go at once where a live policy, approved by two, covers its template, classes, channels and reach. Without one
 * it stays a draft and waits for people. The database's guards say the same and have the last word.
 *
 * @returns whether it went
 * @source invariants §2.1, A-6
 */
export async function dispatchByPolicy(tx: Tx, outbox: Outbox, word: FirstWord): Promise<boolean> {
  const { planned, basis } = word;
  const [policy] = await tx.query<{ id: string; author: string }>(
    `select p.id, p.author from communication.dispatch_policy p
      where p.template = $1 and p.template_version = $2 and p.classes @> $3::smallint[] and p.channels @> $4::text[]
        and p.max_reach >= $5 and p.expires_at > platform.clock()
        and (select count(*) from communication.policy_approval a where a.policy_id = p.id) >= 2
        and not exists (select from communication.dispatch d where d.policy_id = p.id and d.incident_id = $6 and d.mode = $7 and d.occasion = $8)
      order by p.expires_at limit 1`,
    [
      word.template,
      word.templateVersion,
      planned.classes,
      planned.channels,
      planned.reach,
      basis.incident.incidentId,
      basis.incident.mode,
      basis.snapshotVersion,
    ],
  );
  if (!policy) return false;
  const dispatchId = randomUUID();
  await tx.query(
    `insert into communication.dispatch (id, message_id, version, mode, incident_id, approvers_needed, policy_id, template, template_version, started_by, occasion)
     select $1, v.message_id, v.version, v.mode, $3, v.approvers_needed, $4, v.template, v.template_version, $5, $6
       from communication.message_version v where v.message_id = $2 and v.version = 1`,
    [
      dispatchId,
      word.messageId,
      basis.incident.incidentId,
      policy.id,
      policy.author,
      basis.snapshotVersion,
    ],
  );
  await noteDispatch(
    tx,
    outbox,
    {
      dispatchId,
      messageId: word.messageId,
      version: 1,
      incidentId: basis.incident.incidentId,
      mode: basis.incident.mode,
      snapshotId: basis.snapshotId,
      groups: [...planned.groups],
      classes: [...planned.classes],
    },
    null,
  );
  return true;
}

/** Writes down that a version went, ends the drafts that it replaces, and tells delivery. */
export async function noteDispatch(
  tx: Tx,
  outbox: Outbox,
  dispatched: Omit<MessageDispatched, 'words' | 'absorbed'>,
  by: string | null,
): Promise<void> {
  const [draft] = await tx.query<{ words: NonNullable<MessageDispatched['words']> }>(
    `update communication.draft set state = 'dispatched', changed_at = platform.clock() where message_id = $1 returning words`,
    [dispatched.messageId],
  );
  await tx.query(
    `insert into communication.draft_event (message_id, version, what, by_person) values ($1, $2, 'dispatched', $3)`,
    [dispatched.messageId, dispatched.version, by],
  );
  await new StandingMessagesRepository().withdrawReplacedBy(tx, dispatched.messageId);
  const [sheet] = await tx.query<{ absorbed: string[] | null }>(
    `select facts -> 'absorbed' as absorbed from communication.fact_sheet where incident_id = $1 order by version desc limit 1`,
    [dispatched.incidentId],
  );
  await outbox.add(tx, 'message.dispatched.v1', dispatched.incidentId, {
    ...dispatched,
    ...(draft && { words: draft.words }),
    ...(sheet?.absorbed && { absorbed: sheet.absorbed }),
  });
}
