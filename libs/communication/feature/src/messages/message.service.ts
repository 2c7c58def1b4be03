import {
  afterAct,
  answerWithin,
  mayBeSubmitted,
  mayEdit,
  mayStillGo,
  type DraftAct,
  type Texts,
} from '@varde/communication-domain';
import { plus, Refusal, type Clock } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { CommunicationSettings } from '../settings';
import { AreaNamesRepository } from '../texts/area-names.repository';
import { addTimer } from '../timers/timer.repository';
import { askApprover } from '../timers/staff-notice';
import { ApprovalService, type ApprovalRequest, type ApprovalResult } from './approval.service';
import { DraftRepository, standingOf } from './draft.repository';
import { draftSql, viewOf, type DraftRow, type MessageView } from './message-view';

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
 * Drafts and versions, from the first word to the last approval. Loads, asks the domain, saves; the guards of the database say the same and have the last word.
 */
export class MessageService {
  private readonly areaNames = new AreaNamesRepository();
  private readonly drafts = new DraftRepository();
  private readonly approvals: ApprovalService;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: CommunicationSettings,
  ) {
    this.approvals = new ApprovalService(outbox, clock);
  }

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
      viewOf(tx, await this.drafts.row(tx, messageId), this.settings, this.areaNames),
    );
  }

  /**
   * Saves a person's words as the next version. Languages that are not given keep what their readers would have got.
   *
   * @throws Refusal `editor-returned-it`, `edited-meanwhile`, `draft-…`
   */
  async edit(by: string, command: EditCommand): Promise<MessageView> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const row = await this.drafts.locked(tx, command.messageId);
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
      return viewOf(tx, await this.drafts.row(tx, row.message_id), this.settings, this.areaNames);
    });
  }

  /**
   * Freezes the newest version and asks an approver on duty.
   *
   * @throws Refusal `content-incomplete` with every problem that blocks, `message-expired`
   */
  async submit(by: string, messageId: string, note: string | null): Promise<MessageView> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const row = await this.drafts.locked(tx, messageId);
      afterAct('submit', standingOf(row));
      mayStillGo(standingOf(row), this.clock.now());
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
      return viewOf(tx, await this.drafts.row(tx, messageId), this.settings, this.areaNames);
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
      return this.approvals.approve(tx, by, requests, reason);
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
      const row = await this.drafts.locked(tx, messageId);
      await this.moveTo(tx, row, act, by, row.version, reason);
      return viewOf(tx, await this.drafts.row(tx, messageId), this.settings, this.areaNames);
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
}

const inList = `($1::uuid is null or d.incident_id = $1) and ($2::text is null or d.state = $2)
     and ($3::text[] is null or (select f.facts ->> 'country' from communication.fact_sheet f where f.incident_id = d.incident_id
                                  order by f.version desc limit 1) = any($3))`;

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
