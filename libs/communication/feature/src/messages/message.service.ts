import {
  afterAct,
  answerWithin,
  approve as decideApproval,
  mayBeSubmitted,
  mayEdit,
  type ApproveCommand,
  type DraftAct,
  type DraftStanding,
  type Texts,
} from '@varde/communication-domain';
import { plus, Refusal, toIso, type Clock, type Instant } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { randomUUID } from 'node:crypto';
import { noteDispatch } from '../drafting/dispatch-by-policy';
import type { CommunicationSettings } from '../settings';
import { AreaNamesRepository } from '../texts/area-names.repository';
import { addTimer } from '../timers/timer.repository';
import { askApprover } from '../timers/staff-notice';
import { draftSql, viewOf, type DraftRow, type MessageView } from './message-view';

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

/** A person's own words for some languages of a message. */
export interface EditCommand {
  readonly messageId: string;
  readonly basedOnVersion: number;
  readonly texts: Texts;
}

/** Which drafts are asked for. */
export interface MessageFilter {
  readonly incidentId?: string;
  readonly state?: string;
  /** Of incidents in these countries; of all, unless said. */
  readonly countries?: readonly string[];
}

/**
 * Drafts, versions, approvals. Loads, asks the domain, saves; the guards of the database say the same and have the last word.
 */
export class MessageService {
  private readonly areaNames = new AreaNamesRepository();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: CommunicationSettings,
  ) {}

  /** Messages, newest first; at most 200. */
  async list(filter: MessageFilter): Promise<MessageView[]> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const rows = await tx.query<DraftRow>(
        `${draftSql(inList)} order by d.created_at desc, d.message_id limit 200`,
        [filter.incidentId ?? null, filter.state ?? null, filter.countries ?? null],
      );
      const views: MessageView[] = [];
      for (const row of rows) views.push(await viewOf(tx, row, this.settings, this.areaNames));
      return views;
    });
  }

  /** @throws Refusal `message-unknown` */
  async show(messageId: string): Promise<MessageView> {
    return this.database.unitOfWork('varde_communication', async (tx) =>
      viewOf(tx, await this.row(tx, messageId), this.settings, this.areaNames),
    );
  }

  /**
   * Saves a person's words as the next version. Languages that are not given keep what their readers would have got.
   *
   * @throws Refusal `editor-returned-it`, `edited-meanwhile`, `draft-…`
   */
  async edit(by: string, command: EditCommand): Promise<MessageView> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const row = await this.lockedRow(tx, command.messageId);
      mayEdit(by, command.basedOnVersion, standingOf(row));
      const before = await viewOf(tx, row, this.settings, this.areaNames);
      const texts = { ...literalTexts(before), ...command.texts };
      await tx.query(
        `insert into communication.message_version (message_id, version, mode, texts, audience, reach, channels, fields, author, not_before, send_before, as_of)
         values ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, $10, date_trunc('minute', platform.clock()))`,
        [
          row.message_id,
          row.version + 1,
          row.mode,
          JSON.stringify(texts),
          JSON.stringify(row.audience),
          row.reach,
          row.channels,
          by,
          row.not_before,
          row.send_before,
        ],
      );
      await this.moveTo(tx, row, 'edit', by, row.version + 1, null);
      return viewOf(tx, await this.row(tx, row.message_id), this.settings, this.areaNames);
    });
  }

  /**
   * Freezes the newest version and asks an approver on duty.
   *
   * @throws Refusal `content-incomplete` with every problem that blocks
   */
  async submit(by: string, messageId: string, note: string | null): Promise<MessageView> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const row = await this.lockedRow(tx, messageId);
      afterAct('submit', standingOf(row));
      const view = await viewOf(tx, row, this.settings, this.areaNames);
      if (!mayBeSubmitted(view.problems)) {
        const blocking = view.problems
          .filter((problem) => problem.severity === 'block')
          .map((problem) => problem.sentence);
        throw new Refusal(
          'content-incomplete',
          `The message cannot be submitted yet. ${blocking.join(' ')}`,
          { messageId, problems: blocking },
        );
      }
      await tx.query(
        `update communication.draft set submitted_by = $2, submitted_at = platform.clock(), note = $3, asked_rank = 0 where message_id = $1`,
        [messageId, by, note],
      );
      await this.moveTo(tx, row, 'submit', by, row.version, note);
      await askApprover(tx, this.outbox, {
        messageId,
        incidentId: row.incident_id,
        incidentNumber: row.number,
        reach: row.reach,
        notThese: [...row.authors, by],
      });
      const isCritical = row.classes.some((one) => one <= 1) || row.safety;
      await addTimer(
        tx,
        this.outbox,
        'approval-unanswered',
        row.incident_id,
        messageId,
        plus(this.clock.now(), answerWithin(isCritical)),
        { version: row.version },
      );
      return viewOf(tx, await this.row(tx, messageId), this.settings, this.areaNames);
    });
  }

  /**
   * Approves what was read: version, words and number of people. All of them, or none. The last approval that is needed
   * dispatches at once; before the end of an embargo the database refuses it.
   *
   * @throws Refusal `approver-is-author`, `approver-submitted`, `another-version-was-read`, `reach-not-confirmed`, `draft-…`
   */
  async approve(
    by: string,
    requests: readonly ApprovalRequest[],
    checkRight: (tx: Tx) => Promise<void>,
    reason: string | null = null,
  ): Promise<ApprovalResult[]> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      await checkRight(tx);
      const results: ApprovalResult[] = [];
      // One order of locks for all: two people who approve the same update do not wait for each other crosswise.
      for (const request of [...requests].sort((one, other) =>
        one.messageId.localeCompare(other.messageId),
      )) {
        results.push(await this.approveOne(tx, by, request, reason));
      }
      return results;
    });
  }

  /** Sends it back to be rewritten. @throws Refusal `reason-missing`, `draft-…` */
  async return(by: string, messageId: string, reason: string): Promise<MessageView> {
    return this.end(by, messageId, 'return', reason);
  }

  /** Ends it unsent. @throws Refusal `reason-missing`, `draft-…` */
  async reject(by: string, messageId: string, reason: string): Promise<MessageView> {
    return this.end(by, messageId, 'reject', reason);
  }

  private async approveOne(
    tx: Tx,
    by: string,
    request: ApprovalRequest,
    reason: string | null,
  ): Promise<ApprovalResult> {
    const row = await this.lockedRow(tx, request.messageId);
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

  private async end(
    by: string,
    messageId: string,
    act: 'return' | 'reject',
    reason: string,
  ): Promise<MessageView> {
    if (reason.trim() === '')
      throw new Refusal(
        'reason-missing',
        'Say why, in a sentence that its author can work with.',
        { messageId },
        'reason',
      );
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const row = await this.lockedRow(tx, messageId);
      await this.moveTo(tx, row, act, by, row.version, reason);
      return viewOf(tx, await this.row(tx, messageId), this.settings, this.areaNames);
    });
  }

  private async moveTo(
    tx: Tx,
    row: DraftRow,
    act: DraftAct,
    by: string,
    version: number,
    reason: string | null,
  ): Promise<void> {
    const state = afterAct(act, standingOf(row));
    await tx.query(
      `update communication.draft set state = $2, version = $3, changed_at = platform.clock() where message_id = $1`,
      [row.message_id, state, version],
    );
    await tx.query(
      `insert into communication.draft_event (message_id, version, what, by_person, reason) values ($1, $2, $3, $4, $5)`,
      [
        row.message_id,
        version,
        {
          edit: 'edited',
          submit: 'submitted',
          return: 'returned',
          reject: 'rejected',
          withdraw: 'withdrawn',
          approve: 'approved',
          dispatch: 'dispatched',
        }[act],
        by,
        reason,
      ],
    );
  }

  private async lockedRow(tx: Tx, messageId: string): Promise<DraftRow> {
    const locked = await tx.query(
      `select 1 from communication.draft where message_id = $1 for update`,
      [messageId],
    );
    if (locked.length === 0) throw unknownMessage(messageId);
    return this.row(tx, messageId);
  }

  private async row(tx: Tx, messageId: string): Promise<DraftRow> {
    const [row] = await tx.query<DraftRow>(draftSql('d.message_id = $1'), [messageId]);
    if (!row) throw unknownMessage(messageId);
    return row;
  }
}

const inList = `($1::uuid is null or d.incident_id = $1) and ($2::text is null or d.state = $2)
     and ($3::text[] is null or (select f.facts ->> 'country' from communication.fact_sheet f where f.incident_id = d.incident_id
                                  order by f.version desc limit 1) = any($3))`;

const unknownMessage = (messageId: string): Refusal =>
  new Refusal('message-unknown', 'There is no message with this id.', { messageId });

const standingOf = (row: DraftRow): DraftStanding => ({
  messageId: row.message_id,
  state: row.state,
  version: row.version,
  contentSha256: row.hash,
  reach: row.reach,
  authors: row.authors,
  submittedBy: row.submitted_by ?? undefined,
  returnedBy: row.state === 'returned' ? (row.returned_by ?? undefined) : undefined,
});

/** What each reader would have got, as plain words: the start of a person's own version. */
function literalTexts(view: MessageView): Texts {
  const texts: Record<string, { sms?: string; email?: { subject: string; text: string } }> = {};
  for (const shown of view.texts) {
    const entry = (texts[shown.language] ??= {});
    if (shown.sms !== undefined) entry.sms = shown.sms;
    if (shown.subject !== undefined)
      entry.email = { subject: shown.subject, text: shown.text ?? '' };
  }
  return texts;
}
