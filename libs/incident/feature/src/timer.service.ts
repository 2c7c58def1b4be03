import type { Instant } from '@varde/kernel';
import {
  holdDownEnded,
  resolveByRule,
  unchanged,
  type Decided,
  type Incident,
  type IncidentId,
} from '@varde/incident-domain';
import type { Tx } from '@varde/platform-database';
import { mustFind, type IncidentKeeper } from './incident-keeper';
import type { IncidentRepository } from './incident.repository';
import type { ParkedReportRepository } from './parked-report.repository';
import type { DueTimer, TimerRepository } from './timer.repository';

/** Acts on what has become due: the hold-down is over, nobody acted, a raise did not come. */
export class TimerService {
  constructor(
    private readonly timers: TimerRepository,
    private readonly incidents: IncidentRepository,
    private readonly parked: ParkedReportRepository,
    private readonly keeper: IncidentKeeper,
  ) {}

  /**
   * Acts on the timers that are due. Each looks at what is so now: one that rings late or twice does nothing.
   *
   * @returns how many rang; call again while it is `limit`
   */
  async sweepDueTimers(tx: Tx, now: Instant, limit: number): Promise<number> {
    const due = await this.timers.due(tx, now, limit);
    for (const timer of due) {
      await this.timers.done(tx, timer.id, now);
      await this.ring(tx, timer, now);
    }
    return due.length;
  }

  private async ring(tx: Tx, timer: DueTimer, now: Instant): Promise<void> {
    if (timer.parkedN !== null) return this.raiseMissing(tx, timer.parkedN, now);
    if (timer.incidentId !== null)
      return this.ringIncident(tx, timer.incidentId, decisions[timer.kind], now);
  }

  private async ringIncident(
    tx: Tx,
    id: IncidentId,
    decide: (incident: Incident, now: Instant) => Decided,
    now: Instant,
  ): Promise<void> {
    const incident = await mustFind(this.incidents.locked(tx, id), id);
    await this.keeper.keep(tx, incident, decide(incident, now), now);
  }

  private async raiseMissing(tx: Tx, parkedN: string, now: Instant): Promise<void> {
    const waiting = await this.parked.stillWaiting(tx, parkedN);
    if (!waiting) return;
    const { action, reference, into } = waiting.report;
    const missing =
      action === 'merge' && into !== undefined ? `${reference} or ${into}` : reference;
    const detail = `The raise of ${missing} did not come within 15 minutes; send it, then replay.`;
    await this.parked.refuse(tx, waiting, { reason: 'raise-missing', detail }, now);
  }
}

const decisions = {
  'hold-down-ended': holdDownEnded,
  'resolve-by-rule': resolveByRule,
  'raise-missing': unchanged,
} as const satisfies Record<DueTimer['kind'], (incident: Incident, now: Instant) => Decided>;
