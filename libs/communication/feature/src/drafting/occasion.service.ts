import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import { isHoldingText, planMessages } from '@varde/communication-domain';
import { minutes, parseInstant, plus, type Clock, type Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { CommunicationSettings } from '../settings';
import { sketchOf } from '../texts/incident-sketch';
import { followStatementClock } from '../timers/statement-clock';
import { addTimer } from '../timers/timer.repository';
import { AudienceSeenRepository } from './audience-seen.repository';
import { FactSheetRepository } from './fact-sheet.repository';
import { HoldingTexts } from './holding-texts';
import { settingOf } from './incident-setting';
import { MessageDrafter } from './message-drafter';
import { StandingMessagesRepository } from './standing-messages.repository';

type Changes = AudienceResolved['changed'];

const newsOfTheFault: Changes = ['estimate', 'cause', 'next-update', 'emergency-calls'];
const newsOfTheWorks: Changes = ['window', 'emergency-calls'];

/** Is there anything new for people who have been told already? */
function hasNews({ incident, changed }: AudienceResolved): boolean {
  const news = incident.kind === 'planned' ? newsOfTheWorks : newsOfTheFault;
  return changed.some((one) => news.includes(one));
}

/**
 * Turns "these people are concerned" into messages: keeps the fact sheet, withdraws drafts that the new ones cover, has each
 * planned message drafted. One transaction; a repeat finds its snapshot known and changes nothing.
 *
 * @source `architecture.md` §4; invariants §2.1, §2.5
 */
export class OccasionService {
  private readonly sheets = new FactSheetRepository();
  private readonly audiences = new AudienceSeenRepository();
  private readonly messages = new StandingMessagesRepository();
  private readonly drafter: MessageDrafter;
  private readonly holdingTexts: HoldingTexts;

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    settings: CommunicationSettings,
  ) {
    this.drafter = new MessageDrafter(outbox, settings);
    this.holdingTexts = new HoldingTexts(this.drafter, clock);
  }

  /** Takes an audience that was resolved. */
  async take(tx: Tx, resolved: AudienceResolved): Promise<void> {
    // Promises first: the sweep holds one when it plans, so everybody takes these locks in one order.
    await this.hear(tx, resolved.incident, resolved.hit);
    await this.messages.lockPlan(tx, resolved.incident.incidentId);
    if (!(await this.audiences.store(tx, resolved))) return;
    const now = this.clock.now();
    await this.draftAll(tx, resolved, now);
    await this.promiseUpdate(tx, resolved, now);
  }

  /** Takes a newer version of an incident's facts. What concerns people comes with their audience; here only promises follow. */
  async hear(tx: Tx, incident: IncidentFacts, hit?: AudienceResolved['hit']): Promise<void> {
    const before = await this.sheets.newest(tx, incident.incidentId);
    await this.sheets.store(tx, incident, hit);
    await followStatementClock(tx, this.outbox, before, incident);
  }

  private async draftAll(tx: Tx, resolved: AudienceResolved, now: Instant): Promise<void> {
    const { incident } = resolved;
    const named = resolved.namedAreas.length > 0 ? resolved.namedAreas : [incident.country];
    const sketch = sketchOf(incident, named);
    const left = sketchOf(incident, await this.sheets.areasLeft(tx, incident, named));
    const standing = await this.messages.locked(tx, incident.incidentId);
    const plan = planMessages(
      {
        incident: { ...sketch, mode: incident.mode },
        kind: resolved.occasion,
        snapshotVersion: resolved.snapshotVersion,
        hasNews: hasNews(resolved),
        headcounts: resolved.counts,
        standing,
      },
      now,
    );
    for (const messageId of plan.withdraw)
      await this.messages.withdraw(tx, messageId, 'covered by a newer update');
    const setting = await settingOf(tx, incident.incidentId);
    for (const planned of plan.messages) {
      // Whoever is restored reads of the place that is restored, not of the one that is still down.
      const words =
        planned.groups.includes('restored') && resolved.occasion === 'hit' ? left : sketch;
      await this.drafter.draft(tx, resolved, words, planned, setting, now);
    }
    const withdrawn = standing.filter((message) => plan.withdraw.includes(message.messageId));
    if (withdrawn.some(isHoldingText)) await this.holdingTexts.renew(tx, incident.incidentId);
  }

  private async promiseUpdate(tx: Tx, resolved: AudienceResolved, now: Instant): Promise<void> {
    const { incident } = resolved;
    if (incident.mode !== 'ACTUAL' || resolved.occasion !== 'hit') return;
    // Planned works promise their window and nothing else.
    if (incident.kind === 'planned') return;
    const promised =
      incident.nextUpdateBy === null ? undefined : parseInstant(incident.nextUpdateBy);
    if (promised === undefined || promised <= now) return;
    await addTimer(
      tx,
      this.outbox,
      'next-update-soon',
      incident.incidentId,
      undefined,
      plus(promised, minutes(-10)),
      { version: incident.version },
    );
  }
}
