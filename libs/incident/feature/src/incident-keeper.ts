import { scopeOf, timersOf, toPublicFacts, type Decided, type Incident, type IncidentId } from '@varde/incident-domain';
import type { Instant } from '@varde/kernel';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import type { IncidentRepository } from './incident.repository';
import type { TimerRepository } from './timer.repository';
import type { IncidentTopology } from './topology.repository';

/** Keeps what was decided of an incident: its row, scope, timeline, timers, and the facts that other contexts are told. */
export class IncidentKeeper {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly timers: TimerRepository,
    private readonly topology: IncidentTopology,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Keeps a decision, all in the transaction of the caller.
   *
   * @param before  the incident that was decided about; null when it was declared just now
   */
  async keep(tx: Tx, before: Incident | null, made: Decided, now: Instant): Promise<Incident> {
    const { incident, events } = made;
    if (events.length === 0) return incident;
    await this.incidents.keep(tx, incident);
    if (before === null || !sameScope(before, incident)) await this.keepScope(tx, incident);
    await this.incidents.log(tx, incident, events);
    await this.timers.set(tx, incident.incidentId, timersOf(incident), now);
    for (const fact of toPublicFacts(events, before ?? incident)) {
      await this.outbox.add(tx, fact.name, incident.incidentId, fact.payload);
    }
    return incident;
  }

  private async keepScope(tx: Tx, incident: Incident): Promise<void> {
    const { elements } = scopeOf(incident);
    const fresh = await this.incidents.notCovered(tx, incident.incidentId, elements);
    await this.incidents.keepScope(tx, incident, await this.topology.place(tx, fresh));
  }
}

/** The incident, or a bug: whoever asks has seen its id a moment ago. */
export async function mustFind(found: Promise<Incident | undefined>, id: IncidentId): Promise<Incident> {
  const incident = await found;
  if (!incident) throw new Error(`Incident ${id} is not there.`);
  return incident;
}

const sameScope = (a: Incident, b: Incident): boolean => JSON.stringify(scopeOf(a)) === JSON.stringify(scopeOf(b));
