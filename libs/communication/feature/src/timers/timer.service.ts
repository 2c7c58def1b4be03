import { answerWithin, isStatementMissing, owesStatement } from '@varde/communication-domain';
import type { IncidentFacts } from '@varde/contracts';
import { plus, type Clock } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { AudienceSeenRepository } from '../drafting/audience-seen.repository';
import { FactSheetRepository } from '../drafting/fact-sheet.repository';
import { HoldingTexts, type HoldingReason } from '../drafting/holding-texts';
import { MessageDrafter } from '../drafting/message-drafter';
import { StandingMessagesRepository } from '../drafting/standing-messages.repository';
import type { CommunicationSettings } from '../settings';
import { askApprover, tellOnDuty } from './staff-notice';
import { addTimer, takeDueTimer, type DueTimer } from './timer.repository';

/**
 * Keeps the promises of this context: an approval that nobody gave, a statement that nobody made, an update that was promised.
 * A row is the promise; whatever wakes the sweep only makes it punctual (C-1's way).
 */
export class CommunicationTimers {
  private readonly sheets = new FactSheetRepository();
  private readonly audiences = new AudienceSeenRepository();
  private readonly messages = new StandingMessagesRepository();
  private readonly holdingTexts: HoldingTexts;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    settings: CommunicationSettings,
  ) {
    this.holdingTexts = new HoldingTexts(new MessageDrafter(outbox, settings), clock);
  }

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
        return this.firstStatementSoon(tx, timer);
      case 'first-statement-due':
        return this.firstStatementDue(tx, timer);
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
    await this.offerHoldingText(tx, draft.incident_id, 'approval-unanswered');
  }

  private async nextUpdateSoon(tx: Tx, timer: DueTimer): Promise<void> {
    const [sheet] = await tx.query<{
      version: number;
      number: string;
      promised: string | null;
      phase: string;
      kind: string;
    }>(
      `select version, facts ->> 'number' as number, facts ->> 'nextUpdateBy' as promised, facts ->> 'phase' as phase, facts ->> 'kind' as kind
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
      sheet.kind === 'planned' ||
      ['resolved', 'closed', 'cancelled'].includes(sheet.phase)
    )
      return;
    await tellOnDuty(tx, this.outbox, ['operations-centre'], timer.incident_id, {
      kind: 'next-update-soon',
      facts: { incidentNumber: sheet.number, promisedAt: sheet.promised ?? '' },
    });
  }

  private async firstStatementSoon(tx: Tx, timer: DueTimer): Promise<void> {
    const facts = await this.owingStatement(tx, timer.incident_id);
    if (!facts) return;
    await tellOnDuty(tx, this.outbox, ['approver', 'crisis-manager'], timer.incident_id, {
      kind: 'first-statement-soon',
      facts: { incidentNumber: facts.number },
    });
  }

  private async firstStatementDue(tx: Tx, timer: DueTimer): Promise<void> {
    const facts = await this.owingStatement(tx, timer.incident_id);
    if (facts) await this.offerHoldingText(tx, timer.incident_id, 'first-statement-due');
  }

  /** The facts of an incident that still owes the public its first statement. */
  private async owingStatement(tx: Tx, incidentId: string): Promise<IncidentFacts | undefined> {
    const facts = await this.sheets.newest(tx, incidentId);
    if (!facts || !owesStatement(facts)) return undefined;
    const seen = await this.audiences.newest(tx, incidentId);
    const standing = await this.messages.seen(tx, incidentId);
    return isStatementMissing(seen?.counts ?? [], standing) ? facts : undefined;
  }

  /** Everybody on duty is told, and where to find the text that is left to be said. */
  private async offerHoldingText(
    tx: Tx,
    incidentId: string,
    because: HoldingReason,
  ): Promise<void> {
    const offer = await this.holdingTexts.offer(tx, incidentId, because);
    const facts = await this.sheets.newest(tx, incidentId);
    const hasHolding = offer.holding.length > 0;
    await tellOnDuty(tx, this.outbox, everybodyOnDuty, incidentId, {
      kind: hasHolding ? 'holding-text-offered' : 'nobody-answers',
      facts: {
        incidentNumber: facts?.number ?? '',
        messageIds: (hasHolding ? offer.holding : offer.waiting).join(' '),
      },
    });
  }
}

const everybodyOnDuty = [
  'operations-centre',
  'communications-author',
  'approver',
  'crisis-manager',
] as const;
