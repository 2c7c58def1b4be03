import {
  scopeOf,
  timersOf,
  toPublicFacts,
  type Decided,
  type Incident,
  type IncidentId,
  type Scope,
} from '@varde/incident-domain';
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
    await this.keepScope(tx, before && scopeOf(before), incident);
    await this.incidents.log(tx, incident, events);
    const timers = timersOf(incident);
    if (JSON.stringify(timers) !== JSON.stringify(before ? timersOf(before) : []))
      await this.timers.set(tx, incident.incidentId, timers, now);
    for (const fact of toPublicFacts(events, before ?? incident)) {
      await this.outbox.add(tx, fact.name, incident.incidentId, fact.payload);
    }
    return incident;
  }

  private async keepScope(tx: Tx, before: Scope | null, incident: Incident): Promise<void> {
    const after = scopeOf(incident);
    const elements = differenceOf(before?.elements ?? [], after.elements);
    const areas = differenceOf(before?.areas ?? [], after.areas);
    if (elements.gone.length + areas.gone.length > 0)
      await this.incidents.uncover(tx, incident.incidentId, elements.gone, areas.gone);
    if (elements.come.length + areas.come.length === 0) return;
    await this.incidents.cover(
      tx,
      incident.incidentId,
      elements.come,
      areas.come,
      await this.topology.place(tx, elements.come),
    );
  }
}

/** The incident, or a bug: whoever asks has seen its id a moment ago. */
export async function mustFind(
  found: Promise<Incident | undefined>,
  id: IncidentId,
): Promise<Incident> {
  const incident = await found;
  if (!incident) throw new Error(`Incident ${id} is not there.`);
  return incident;
}

function differenceOf(
  before: readonly string[],
  after: readonly string[],
): { gone: readonly string[]; come: readonly string[] } {
  if (before.length === 0) return { gone: [], come: after };
  const was = new Set(before);
  const is = new Set(after);
  return { gone: before.filter((one) => !is.has(one)), come: after.filter((one) => !was.has(one)) };
}
