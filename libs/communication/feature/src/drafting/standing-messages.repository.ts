import type { StandingMessage } from '@varde/communication-domain';
import type { Tx } from '@varde/platform-database';

const standing = `
  select d.message_id as "messageId", d.stage, m.occasion, d.groups, d.classes, d.words, d.state
    from communication.draft d join communication.message m on m.id = d.message_id where d.incident_id = $1`;

/** The messages of an incident, as planning needs them. */
export class StandingMessagesRepository {
  /** Lets one plan be made, or carried out, for an incident at a time, until the transaction ends. */
  async lockPlan(tx: Tx, incidentId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(4720, hashtext($1))`, [incidentId]);
  }

  /** All of them, held: nobody approves one while the plan is made. */
  async locked(tx: Tx, incidentId: string): Promise<StandingMessage[]> {
    return tx.query<StandingMessage>(`${standing} order by d.message_id for update of d`, [
      incidentId,
    ]);
  }

  /** All of them, only to look. */
  async seen(tx: Tx, incidentId: string): Promise<StandingMessage[]> {
    return tx.query<StandingMessage>(standing, [incidentId]);
  }

  /** From here on `messageId` says the newer truth to the readers of `replaced`: once it has gone, that one cannot go any more. */
  async replace(tx: Tx, messageId: string, replaced: string): Promise<void> {
    await tx.query(
      `insert into communication.supersession (message_id, replaces) values ($1, $2) on conflict do nothing`,
      [messageId, replaced],
    );
  }

  /** Ends a draft that nobody has let go. */
  async withdraw(tx: Tx, messageId: string, because: string): Promise<void> {
    await tx.query(
      `update communication.draft set state = 'withdrawn', changed_at = platform.clock(), note = $2 where message_id = $1`,
      [messageId, because],
    );
    await tx.query(
      `insert into communication.draft_event (message_id, version, what, reason)
       select message_id, version, 'withdrawn', $2 from communication.draft where message_id = $1`,
      [messageId, because],
    );
  }

  /** Ends the drafts that a message replaces, now that it has gone: the database would not let them go any more. */
  async withdrawReplacedBy(tx: Tx, messageId: string): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `select d.message_id as id from communication.supersession s join communication.draft d on d.message_id = s.replaces
        where s.message_id = $1 and d.state in ('drafted', 'submitted', 'returned')`,
      [messageId],
    );
    for (const { id } of rows) await this.withdraw(tx, id, 'the message that replaces it has gone');
  }
}
