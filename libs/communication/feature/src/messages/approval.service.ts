import { approve as decideApproval, type ApproveCommand } from '@varde/communication-domain';
import { toIso, type Clock, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { randomUUID } from 'node:crypto';
import { noteDispatch } from '../drafting/dispatch-by-policy';
import { StandingMessagesRepository } from '../drafting/standing-messages.repository';
import { DraftRepository, standingOf } from './draft.repository';
import type { DraftRow } from './message-view';

/** One approval of one act; several messages of one update are approved together. */
export interface ApprovalRequest extends Omit<ApproveCommand, 'by'> {
  readonly messageId: string;
}

/** What became of an approval. */
export interface ApprovalResult {
  readonly messageId: string;
  readonly version: number;
  readonly approvalsGiven: number;
  readonly approvalsNeeded: number;
  /** Set when this was the last approval that was needed: the message goes. */
  readonly dispatchId: string | null;
}

/**
 * The word of an approver, and what follows from it: the last one that is needed lets the message go. The guards of the database
 * say the same and have the last word.
 *
 * @source invariants §2.1, A-1 … A-5
 */
export class ApprovalService {
  private readonly drafts = new DraftRepository();
  private readonly standing = new StandingMessagesRepository();

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** All of them, or none: in the caller's transaction. @throws Refusal of `approve` in the domain, or of a guard */
  async approve(
    tx: Tx,
    by: string,
    requests: readonly ApprovalRequest[],
    reason: string | null,
  ): Promise<ApprovalResult[]> {
    await this.lockPlans(tx, requests);
    const results: ApprovalResult[] = [];
    // One order of locks for all: two people who approve the same update do not wait for each other crosswise.
    for (const request of [...requests].sort((one, other) =>
      one.messageId.localeCompare(other.messageId),
    )) {
      results.push(await this.approveOne(tx, by, request, reason));
    }
    return results;
  }

  // What goes may end drafts that it replaces: the plan of its incident is held first, then the drafts, as everybody does.
  private async lockPlans(tx: Tx, requests: readonly ApprovalRequest[]): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `select distinct incident_id as id from communication.draft where message_id = any($1::uuid[]) order by 1`,
      [requests.map((request) => request.messageId)],
    );
    for (const { id } of rows) await this.standing.lockPlan(tx, id);
  }

  private async approveOne(
    tx: Tx,
    by: string,
    request: ApprovalRequest,
    reason: string | null,
  ): Promise<ApprovalResult> {
    const row = await this.drafts.locked(tx, request.messageId);
    await this.insertApproval(tx, by, request, row);
    const [{ n: given } = { n: 0 }] = await tx.query<{ n: number }>(
      `select count(*)::int as n from communication.approval where message_id = $1 and version = $2 and expires_at > platform.clock()`,
      [row.message_id, row.version],
    );
    await tx.query(
      `insert into communication.draft_event (message_id, version, what, by_person, reason) values ($1, $2, 'approved', $3, $4)`,
      [row.message_id, row.version, by, reason],
    );
    const needed = (await this.needsSecond(tx, row)) ? 2 : row.approvers_needed;
    const dispatchId = given >= needed ? await this.dispatch(tx, row, by, needed) : null;
    return {
      messageId: row.message_id,
      version: row.version,
      approvalsGiven: given,
      approvalsNeeded: needed,
      dispatchId,
    };
  }

  // The database is asked first: its guard is the law, and its words are what the person reads. The domain adds what only the
  // application bars (UX-04) and what the foreign keys would say less clearly.
  private async insertApproval(
    tx: Tx,
    by: string,
    request: ApprovalRequest,
    row: DraftRow,
  ): Promise<void> {
    if (row.authors.includes(by)) {
      await this.writeApproval(tx, by, row, this.clock.now());
    }
    const expiresAt = decideApproval(
      { by, version: request.version, contentSha256: request.contentSha256, reach: request.reach },
      standingOf(row),
      this.clock.now(),
    );
    await this.writeApproval(tx, by, row, expiresAt);
  }

  private async writeApproval(
    tx: Tx,
    by: string,
    row: DraftRow,
    expiresAt: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into communication.approval (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at)
       select v.message_id, v.version, v.mode, v.content_sha256, v.author, v.reach, $3, $4
         from communication.message_version v where v.message_id = $1 and v.version = $2`,
      [row.message_id, row.version, by, toIso(expiresAt)],
    );
  }

  /** Does the reach of the incident's other one-approver messages of the last hour ask for a second person? @source invariants §2.1 */
  private async needsSecond(tx: Tx, row: DraftRow): Promise<boolean> {
    const [sum] = await tx.query<{ reach: string }>(
      `select coalesce(sum(v.reach), 0) as reach from communication.dispatch d
         join communication.message_version v on (v.message_id, v.version) = (d.message_id, d.version)
        where d.incident_id = $1 and d.mode = $2 and d.policy_id is null and d.second_approval is null and d.message_id <> $3
          and d.dispatched_at > platform.clock() - interval '60 minutes'`,
      [row.incident_id, row.mode, row.message_id],
    );
    return Number(sum?.reach ?? 0) + row.reach > 100_000;
  }

  private async dispatch(tx: Tx, row: DraftRow, by: string, needed: number): Promise<string> {
    const dispatchId = randomUUID();
    await tx.query(
      `insert into communication.dispatch (id, message_id, version, mode, incident_id, approvers_needed, first_approval, second_approval, started_by, occasion)
       values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9)`,
      [
        dispatchId,
        row.message_id,
        row.version,
        row.mode,
        row.incident_id,
        row.approvers_needed,
        needed === 2 ? 2 : null,
        by,
        row.occasion,
      ],
    );
    await noteDispatch(
      tx,
      this.outbox,
      {
        dispatchId,
        messageId: row.message_id,
        version: row.version,
        incidentId: row.incident_id,
        mode: row.mode,
        snapshotId: row.snapshot_id,
        groups: row.groups,
        classes: row.classes,
      },
      by,
    );
    return dispatchId;
  }
}
