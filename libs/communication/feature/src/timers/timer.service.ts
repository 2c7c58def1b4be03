import { answerWithin } from '@varde/communication-domain';
import { plus, type Clock } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { askApprover, onDuty, tellStaff } from './staff-notice';
import { addTimer, takeDueTimer, type DueTimer } from './timer.repository';

/**
 * Keeps the promises of this context: an approval that nobody gave, a statement that nobody made, an update that was promised.
 * A row is the promise; whatever wakes the sweep only makes it punctual (C-1's way).
 */
export class CommunicationTimers {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Handles everything that is due, one promise a transaction. */
  async sweep(): Promise<void> {
    for (;;) {
      const more = await this.database.unitOfWork('varde_communication', async (tx) => {
        const timer = await takeDueTimer(tx);
        if (!timer) return false;
        await this.keep(tx, timer);
        return true;
      });
      if (!more) return;
    }
  }

  private async keep(tx: Tx, timer: DueTimer): Promise<void> {
    switch (timer.kind) {
      case 'approval-unanswered':
        return this.approvalUnanswered(tx, timer);
      case 'next-update-soon':
        return this.nextUpdateSoon(tx, timer);
      case 'first-statement-soon':
        return this.firstStatement(tx, timer, 'first-statement-soon', [
          'approver',
          'crisis-manager',
        ]);
      case 'first-statement-due':
        return this.firstStatement(tx, timer, 'holding-text-offered', [
          'approver',
          'crisis-manager',
          'operations-centre',
        ]);
    }
  }

  private async approvalUnanswered(tx: Tx, timer: DueTimer): Promise<void> {
    const [draft] = await tx.query<{
      state: string;
      version: number;
      incident_id: string;
      number: string;
      reach: number;
      authors: string[];
      submitted_by: string;
      critical: boolean;
    }>(
      `select d.state, v.version, d.incident_id, v.reach, d.submitted_by, (d.classes && array[0, 1]::smallint[] or m.safety) as critical,
              coalesce((select f.facts ->> 'number' from communication.fact_sheet f where f.incident_id = d.incident_id order by f.version desc limit 1), '') as number,
              array(select distinct w.author from communication.message_version w where w.message_id = d.message_id) as authors
         from communication.draft d join communication.message m on m.id = d.message_id
         join communication.message_version v on v.message_id = d.message_id and v.version = d.version
        where d.message_id = $1`,
      [timer.message_id],
    );
    if (
      draft?.state !== 'submitted' ||
      draft.version !== timer.data.version ||
      timer.message_id === null
    )
      return;
    const asked = {
      messageId: timer.message_id,
      incidentId: draft.incident_id,
      incidentNumber: draft.number,
      reach: draft.reach,
      notThese: [...draft.authors, draft.submitted_by],
    };
    if (await askApprover(tx, this.outbox, asked)) {
      await addTimer(
        tx,
        this.outbox,
        'approval-unanswered',
        draft.incident_id,
        timer.message_id,
        plus(this.clock.now(), answerWithin(draft.critical)),
        { version: draft.version },
      );
      return;
    }
    // The roster is at its end: everybody on duty is told, and the pre-approved holding text is the way that is left.
    for (const role of ['crisis-manager', 'operations-centre']) {
      for (const person of await onDuty(tx, role)) {
        await tellStaff(tx, this.outbox, person, 'holding-text-offered', {
          incidentNumber: draft.number,
          messageId: timer.message_id,
        });
      }
    }
  }

  private async nextUpdateSoon(tx: Tx, timer: DueTimer): Promise<void> {
    const [sheet] = await tx.query<{
      version: number;
      number: string;
      promised: string | null;
      phase: string;
    }>(
      `select version, facts ->> 'number' as number, facts ->> 'nextUpdateBy' as promised, facts ->> 'phase' as phase
         from communication.fact_sheet where incident_id = $1 order by version desc limit 1`,
      [timer.incident_id],
    );
    const [made] = await tx.query<{ promised: string | null }>(
      `select facts ->> 'nextUpdateBy' as promised from communication.fact_sheet where incident_id = $1 and version = $2`,
      [timer.incident_id, timer.data.version],
    );
    if (
      !sheet ||
      sheet.promised !== made?.promised ||
      ['resolved', 'closed', 'cancelled'].includes(sheet.phase)
    )
      return;
    for (const person of await onDuty(tx, 'operations-centre')) {
      await tellStaff(tx, this.outbox, person, 'next-update-soon', {
        incidentNumber: sheet.number,
        promisedAt: sheet.promised ?? '',
      });
    }
  }

  private async firstStatement(
    tx: Tx,
    timer: DueTimer,
    kind: string,
    roles: readonly string[],
  ): Promise<void> {
    const said = await tx.query(
      `select 1 from communication.dispatch where incident_id = $1 limit 1`,
      [timer.incident_id],
    );
    if (said.length > 0) return;
    const [sheet] = await tx.query<{ number: string }>(
      `select facts ->> 'number' as number from communication.fact_sheet where incident_id = $1 order by version desc limit 1`,
      [timer.incident_id],
    );
    for (const role of roles) {
      for (const person of await onDuty(tx, role))
        await tellStaff(tx, this.outbox, person, kind, { incidentNumber: sheet?.number ?? '' });
    }
  }
}
