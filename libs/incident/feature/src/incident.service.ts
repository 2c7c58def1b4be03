import { Refusal, type Instant } from '@varde/kernel';
import {
  cancel,
  changeFacts,
  checkPromises,
  close,
  reject,
  reopen,
  resolve,
  scopeOf,
  whoIsHit,
  type Actor,
  type Decided,
  type FactsChange,
  type HitFigures,
  type Incident,
  type IncidentId,
  type NamedPlaces,
} from '@varde/incident-domain';
import type { IncidentSeverity } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { CorrelationService } from './correlation.service';
import type { IncidentKeeper } from './incident-keeper';
import type { IncidentFilter, IncidentRepository, TimelineLine } from './incident.repository';
import type { NamedThings } from './named-things';
import type { Raise, ReportService } from './report.service';

/** Who acts, when. */
export interface Act {
  readonly personId: string;
  readonly now: Instant;
}

/** An incident with what happened to it. */
export interface ShownIncident {
  readonly incident: Incident;
  readonly timeline: readonly TimelineLine[];
}

/** What a person does with incidents, by the console or the command line. Rights are checked at the door, not here. */
export class IncidentService {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly reports: ReportService,
    private readonly correlation: CorrelationService,
    private readonly keeper: IncidentKeeper,
    private readonly named: NamedThings,
  ) {}

  /** Raises an incident, or takes over the one that alarms declared for the same trouble. @throws Refusal of the facts */
  async raise(tx: Tx, raise: Raise, act: Act): Promise<Incident> {
    checkPromises(raise.facts, act.now);
    const { elements, areas } = raise.facts;
    await this.named.check(tx, raise.country, { elements, areas, alarms: raise.namedAlarms });
    await this.correlation.alone(tx);
    const by = personOf(act);
    const existing = await this.reports.alarmsIncident(tx, raise);
    const incident = existing
      ? await this.keeper.keep(
          tx,
          existing,
          changeFacts(existing, raise.facts, by, act.now),
          act.now,
        )
      : await this.reports.declare(tx, raise, by, null, act.now);
    await this.reports.gatherAlarms(tx, incident, raise.namedAlarms, act.now);
    return this.found(tx, incident.incidentId);
  }

  /** Changes the facts of an incident; of its alarms, those that are active still count beside the elements named. @throws Refusal of the facts, `incident-is-over` */
  async update(tx: Tx, id: string, change: FactsChange, act: Act): Promise<Incident> {
    checkPromises(change, act.now);
    await this.correlation.alone(tx);
    const incident = await this.lockedOne(tx, id);
    await this.named.check(tx, incident.country, newPlaces(incident, change));
    const narrowed = change.elements
      ? { ...change, alarmedElements: await this.reports.stillActive(tx, incident) }
      : change;
    const made = changeFacts(incident, narrowed, personOf(act), act.now);
    const after = await this.keeper.keep(tx, incident, made, act.now);
    if (change.elements || change.areas || change.services)
      await this.reports.gatherAlarms(tx, after, [], act.now);
    return this.found(tx, id);
  }

  /** Says how bad it is, and why. @throws Refusal `incident-is-over` */
  changeSeverity(
    tx: Tx,
    id: string,
    severity: IncidentSeverity,
    reason: string,
    act: Act,
  ): Promise<Incident> {
    return this.update(tx, id, { severity: { severity, reason } }, act);
  }

  /** Says that service is back. @throws Refusal `alarms-still-active`, `hold-down-running` unless a reason is given */
  resolve(
    tx: Tx,
    id: string,
    command: { reason: string | null; restoredAt?: Instant },
    act: Act,
  ): Promise<Incident> {
    return this.decide(tx, id, act.now, (incident) =>
      resolve(incident, { by: personOf(act), ...command }, act.now),
    );
  }

  /** Confirms what the hold-down has shown. @throws Refusal `alarms-still-active`, `hold-down-running` */
  confirmRestored(tx: Tx, id: string, act: Act): Promise<Incident> {
    return this.resolve(tx, id, { reason: null }, act);
  }

  /** It was no incident. @throws Refusal `incident-is-over` */
  cancel(tx: Tx, id: string, reason: string, act: Act): Promise<Incident> {
    return this.decide(tx, id, act.now, (incident) =>
      cancel(incident, personOf(act), reason, act.now),
    );
  }

  /** It is not taken up. @throws Refusal `illegal-transition` */
  reject(tx: Tx, id: string, reason: string, act: Act): Promise<Incident> {
    return this.decide(tx, id, act.now, (incident) =>
      reject(incident, personOf(act), reason, act.now),
    );
  }

  /** It is not over after all. @throws Refusal `illegal-transition` */
  reopen(tx: Tx, id: string, reason: string, act: Act): Promise<Incident> {
    return this.decide(tx, id, act.now, (incident) =>
      reopen(incident, personOf(act), reason, act.now),
    );
  }

  /** Everybody agrees that it is over. @throws Refusal `illegal-transition` */
  close(tx: Tx, id: string, act: Act): Promise<Incident> {
    return this.decide(tx, id, act.now, (incident) => close(incident, personOf(act), act.now));
  }

  /** Merges one incident into another. @returns the one that goes on. @throws Refusal of the domain's `merge` */
  async merge(
    tx: Tx,
    childId: string,
    parentId: string,
    reason: string | null,
    act: Act,
  ): Promise<Incident> {
    await this.correlation.alone(tx);
    const child = await this.lockedOne(tx, childId);
    const parent = await this.lockedOne(tx, parentId);
    return this.correlation.mergeInto(tx, child, parent, { by: personOf(act), reason }, act.now);
  }

  /** The incidents of a list, newest first. */
  list(tx: Tx, filter: IncidentFilter): Promise<readonly Incident[]> {
    return this.incidents.list(tx, filter);
  }

  /** One incident, by its id or by what people call it. @throws Refusal `no-such-incident` */
  async show(tx: Tx, idOrNumber: string): Promise<ShownIncident> {
    const incident = isId(idOrNumber)
      ? await this.incidents.byId(tx, idOrNumber)
      : await this.incidents.byNumber(tx, idOrNumber);
    if (!incident) throw noSuch(idOrNumber);
    return { incident, timeline: await this.incidents.timeline(tx, incident.incidentId) };
  }

  /** The audience resolved who is hit: the severity follows. A repeat or an older snapshot changes nothing. */
  async audienceResolved(
    tx: Tx,
    id: string,
    hit: HitFigures,
    snapshotVersion: number,
    now: Instant,
  ): Promise<void> {
    await this.decide(tx, id, now, (incident) => whoIsHit(incident, hit, snapshotVersion, now));
  }

  private async decide(
    tx: Tx,
    id: string,
    now: Instant,
    decision: (incident: Incident) => Decided,
  ): Promise<Incident> {
    const incident = await this.lockedOne(tx, id);
    return this.keeper.keep(tx, incident, decision(incident), now);
  }

  private async lockedOne(tx: Tx, idOrNumber: string): Promise<Incident> {
    const id = isId(idOrNumber)
      ? idOrNumber
      : (await this.incidents.byNumber(tx, idOrNumber))?.incidentId;
    const incident = id && (await this.incidents.locked(tx, id as IncidentId));
    if (!incident) throw noSuch(idOrNumber);
    return incident;
  }

  private async found(tx: Tx, id: string): Promise<Incident> {
    return (await this.show(tx, id)).incident;
  }
}

// What the incident holds already was checked when it came in, and may have left the inventory since.
function newPlaces(incident: Incident, { elements = [], areas = [] }: FactsChange): NamedPlaces {
  const before = scopeOf(incident);
  return {
    elements: elements.filter((one) => !before.elements.includes(one)),
    areas: areas.filter((one) => !before.areas.includes(one)),
  };
}

const personOf = ({ personId }: Act): Actor => ({ kind: 'person', personId });

const isId = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text);

const noSuch = (id: string): Refusal =>
  new Refusal('no-such-incident', `There is no incident ${id}.`, { id });
