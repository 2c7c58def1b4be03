import type { IncidentFacts } from '@varde/contracts';
import {
  isHoldingText,
  isOfTheFault,
  isWaiting,
  planHoldingTexts,
  shareReaders,
  type PlannedMessage,
  type StandingMessage,
} from '@varde/communication-domain';
import type { Clock } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import { sketchOf } from '../texts/incident-sketch';
import { AudienceSeenRepository, type AudienceSeen } from './audience-seen.repository';
import { FactSheetRepository } from './fact-sheet.repository';
import { settingOf } from './incident-setting';
import type { MessageDrafter } from './message-drafter';
import { StandingMessagesRepository } from './standing-messages.repository';

/** Why the holding text is offered. */
export type HoldingReason = 'approval-unanswered' | 'first-statement-due';

/** What those on duty are pointed at. */
export interface HoldingOffer {
  /** Holding texts that wait to be submitted and approved like any other message. */
  readonly holding: readonly string[];
  /** Where there is none: other texts of the incident that wait. */
  readonly waiting: readonly string[];
}

interface Situation {
  readonly facts: IncidentFacts;
  readonly seen: AudienceSeen;
  readonly standing: readonly StandingMessage[];
}

/**
 * Writes the pre-approved holding text when nobody has answered in time: once per incident, for those to whom nothing has gone.
 * The real texts that wait replace it: once one has gone, what is left of the holding text does not go any more.
 *
 * @source invariants §2.4; `voice.md` §3, a0
 */
export class HoldingTexts {
  private readonly sheets = new FactSheetRepository();
  private readonly audiences = new AudienceSeenRepository();
  private readonly messages = new StandingMessagesRepository();

  constructor(
    private readonly drafter: MessageDrafter,
    private readonly clock: Clock,
  ) {}

  /** Makes the holding text of an incident, or finds the one that waits. */
  async offer(tx: Tx, incidentId: string, because: HoldingReason): Promise<HoldingOffer> {
    await this.messages.lockPlan(tx, incidentId);
    const standing = await this.messages.locked(tx, incidentId);
    const waiting = standing.filter((message) => isWaiting(message) && isOfTheFault(message));
    const situation = await this.situation(tx, incidentId, standing);
    const planned = situation ? planFor(situation) : [];
    const isFirst = planned.length > 0 && (await this.isFirstOffer(tx, incidentId, because));
    const made = situation && isFirst ? await this.write(tx, situation, planned) : [];
    return {
      holding: [...waiting.filter(isHoldingText).map((message) => message.messageId), ...made],
      waiting: waiting.filter((message) => !isHoldingText(message)).map((one) => one.messageId),
    };
  }

  /** Writes it anew for the people who are hit now, after a newer snapshot withdrew the one that waited. */
  async renew(tx: Tx, incidentId: string): Promise<void> {
    const standing = await this.messages.locked(tx, incidentId);
    const situation = await this.situation(tx, incidentId, standing);
    if (situation) await this.write(tx, situation, planFor(situation));
  }

  private async situation(
    tx: Tx,
    incidentId: string,
    standing: readonly StandingMessage[],
  ): Promise<Situation | undefined> {
    const facts = await this.sheets.newest(tx, incidentId);
    const seen = await this.audiences.newest(tx, incidentId);
    return facts && seen?.occasion === 'hit' ? { facts, seen, standing } : undefined;
  }

  private async isFirstOffer(tx: Tx, incidentId: string, because: HoldingReason): Promise<boolean> {
    const rows = await tx.query(
      `insert into communication.holding_text (incident_id, because) values ($1, $2) on conflict do nothing returning 1`,
      [incidentId, because],
    );
    return rows.length > 0;
  }

  private async write(
    tx: Tx,
    { facts, seen, standing }: Situation,
    planned: readonly PlannedMessage[],
  ): Promise<string[]> {
    const named = seen.namedAreas.length > 0 ? seen.namedAreas : facts.areas;
    const sketch = sketchOf(facts, named.length > 0 ? named : [facts.country]);
    const setting = await settingOf(tx, facts.incidentId);
    const basis = { incident: facts, ...seen };
    const made: string[] = [];
    for (const one of planned) {
      const id = await this.drafter.draft(tx, basis, sketch, one, setting, this.clock.now());
      for (const real of standing.filter((message) => isWaiting(message) && isOfTheFault(message)))
        if (shareReaders(real, one)) await this.messages.replace(tx, real.messageId, id);
      made.push(id);
    }
    return made;
  }
}

const planFor = ({ facts, seen, standing }: Situation): readonly PlannedMessage[] =>
  planHoldingTexts({ incident: facts, headcounts: seen.counts, standing });
