import type { DraftStanding } from '@varde/communication-domain';
import { instant, Refusal } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import { draftSql, type DraftRow } from './message-view';

/** Drafts with their newest version, one at a time. */
export class DraftRepository {
  /** Holds a draft until the transaction ends. @throws Refusal `message-unknown` */
  async locked(tx: Tx, messageId: string): Promise<DraftRow> {
    const locked = await tx.query(
      `select 1 from communication.draft where message_id = $1 for update`,
      [messageId],
    );
    if (locked.length === 0) throw unknownMessage(messageId);
    return this.row(tx, messageId);
  }

  /** @throws Refusal `message-unknown` */
  async row(tx: Tx, messageId: string): Promise<DraftRow> {
    const [row] = await tx.query<DraftRow>(draftSql('d.message_id = $1'), [messageId]);
    if (!row) throw unknownMessage(messageId);
    return row;
  }
}

const unknownMessage = (messageId: string): Refusal =>
  new Refusal('message-unknown', 'There is no message with this id.', { messageId });

/** A draft as the law sees it. */
export const standingOf = (row: DraftRow): DraftStanding => ({
  messageId: row.message_id,
  state: row.state,
  version: row.version,
  contentSha256: row.hash,
  reach: row.reach,
  sendBefore: instant(row.send_before.getTime()),
  authors: row.authors,
  submittedBy: row.submitted_by ?? undefined,
  returnedBy: row.state === 'returned' ? (row.returned_by ?? undefined) : undefined,
});
