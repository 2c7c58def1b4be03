import { randomUUID } from 'node:crypto';
import type { Instant } from '@varde/kernel';
import {
  alarmsChanged,
  andThen,
  belongedTo,
  cameLate,
  correlate,
  declareByAlarms,
  hullOf,
  isOpen,
  mayJoin,
  merge,
  unchanged,
  type Incident,
  type IncidentId,
  type Joined,
} from '@varde/incident-domain';
import { services as allServices, type Service } from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { AlarmRecord, AlarmRepository } from './alarm.repository';
import { mustFind, type IncidentKeeper } from './incident-keeper';
import type { IncidentRepository } from './incident.repository';
import type { NearIncident, NeighbourhoodRepository } from './neighbourhood.repository';
import {
  aroundOf,
  asTarget,
  hasCore,
  memberOf,
  spansOf,
  troubleOfAlarm,
  troubleOfIncident,
  withMore,
  type Trouble,
} from './trouble';

/**
 * Makes one incident of one trouble. After each event everything that belongs together stands in one incident, or waits together:
 * so the order of events does not matter (I-3).
 */
export class CorrelationService {
  private readonly held = new WeakSet<Tx>();

  constructor(
    private readonly alarms: AlarmRepository,
    private readonly incidents: IncidentRepository,
    private readonly neighbourhood: NeighbourhoodRepository,
    private readonly keeper: IncidentKeeper,
  ) {}

  /**
   * One at a time decides who belongs to whom: two that looked at the same moment would each declare. Taken before any row is
   * locked, by everybody who correlates, so nobody waits in a circle.
   */
  async alone(tx: Tx): Promise<void> {
    if (this.held.has(tx)) return;
    await tx.query(`select pg_advisory_xact_lock(4710)`);
    this.held.add(tx);
  }

  /** An alarm began, changed what it says about its neighbours, or turned out to have begun earlier. */
  async settleAlarm(
    tx: Tx,
    alarm: AlarmRecord,
    home: Incident | null,
    now: Instant,
  ): Promise<void> {
    const trouble = troubleOfAlarm(alarm, home);
    if (!trouble) return;
    const beside = await this.neighbourhood.incidents(tx, aroundOf(trouble));
    const late = beside.find(
      (incident) => home === null && !isOpen(incident.phase) && belongedTo(trouble, incident),
    );
    if (late) await this.joinLate(tx, late.incidentId, alarm, now);
    else await this.settle(tx, trouble, now, beside);
  }

  /** An incident was raised, or covers more than before. */
  async settleIncident(
    tx: Tx,
    incident: Incident,
    namedAlarms: readonly string[],
    now: Instant,
  ): Promise<void> {
    await this.settle(tx, troubleOfIncident(incident, namedAlarms), now);
  }

  private async settle(
    tx: Tx,
    seed: Trouble,
    now: Instant,
    beside?: readonly NearIncident[],
  ): Promise<void> {
    const near = await this.gather(tx, seed, beside);
    const trouble = hasCore(near) ? near : ((await this.aroundACore(tx, near)) ?? near);
    const homeless = [...trouble.alarms.values()].filter((alarm) => alarm.incidentId === null);
    const outcome = correlate(homeless.map(memberOf), [...trouble.incidents.values()]);
    const byN = (ns: readonly string[]) => homeless.filter((alarm) => ns.includes(alarm.n));
    if (outcome.kind === 'declare') await this.declare(tx, byN(outcome.alarms), now);
    if (outcome.kind !== 'join') return;
    await this.join(tx, outcome.incidentId as IncidentId, byN(outcome.alarms), now);
    for (const child of outcome.absorb)
      await this.absorb(tx, child as IncidentId, outcome.incidentId as IncidentId, now);
  }

  private async joinLate(tx: Tx, id: IncidentId, alarm: AlarmRecord, now: Instant): Promise<void> {
    const incident = await mustFind(this.incidents.locked(tx, id), id);
    await this.alarms.join(tx, [alarm.n], id, now);
    await this.incidents.coverAlarms(tx, id, [alarm.n]);
    const tally = await this.alarms.tally(tx, [id]);
    const goesOn = alarm.state.condition === 'active' || (await this.isBridge(tx, incident, alarm));
    const reopened = goesOn ? cameLate(incident, now) : unchanged(incident);
    const made = andThen(reopened, (after) => alarmsChanged(after, tally, joinedBy([alarm]), now));
    const after = await this.keeper.keep(tx, incident, made, now);
    const trouble = troubleOfAlarm({ ...alarm, incidentId: id }, after);
    if (trouble && isOpen(after.phase)) await this.settle(tx, { ...trouble, isFresh: true }, now);
  }

  // A record that came late may still show that something which goes on is the same trouble.
  private async isBridge(tx: Tx, incident: Incident, alarm: AlarmRecord): Promise<boolean> {
    const seed = troubleOfAlarm(alarm, incident);
    if (!seed || incident.phase !== 'resolved') return false;
    const endedAt = incident.changedAt;
    const { alarms, incidents } = await this.gather(tx, seed);
    return (
      [...alarms.values()].some(
        (one) =>
          one.state.condition === 'active' &&
          one.state.spell !== null &&
          one.state.spell.span.from <= endedAt,
      ) ||
      [...incidents.values()].some(
        (one) =>
          one.incidentId !== incident.incidentId && !one.isReported && one.span.from <= endedAt,
      )
    );
  }

  // A small alarm may be tied by another small one to a severe one that waits, because it was over before we knew of it. What
  // belongs together is decided from the severe one: it would have found both.
  private async aroundACore(tx: Tx, small: Trouble): Promise<Trouble | undefined> {
    const tied = await this.gather(tx, small, undefined, () => true);
    for (const core of [...tied.alarms.values()].filter((alarm) => alarm.waits === null)) {
      const seed = troubleOfAlarm(core, null);
      const found = seed && (await this.gather(tx, seed));
      if (found && [...small.alarms.keys()].every((n) => found.alarms.has(n))) return found;
    }
    return undefined;
  }

  // Grows until nothing more belongs to it. What is found may have neighbours of its own, and widens the time.
  private async gather(
    tx: Tx,
    seed: Trouble,
    known?: readonly NearIncident[],
    takesSmall: (trouble: Trouble) => boolean = hasCore,
  ): Promise<Trouble> {
    let trouble = seed;
    let beside = known;
    for (;;) {
      const around = aroundOf(trouble);
      const waiting = (await this.neighbourhood.waitingAlarms(tx, around)).filter(
        (alarm) =>
          !trouble.alarms.has(alarm.n) &&
          alarm.state.spell !== null &&
          (takesSmall(trouble) || alarm.waits === null) &&
          mayJoin(trouble, asTarget(trouble, alarm, alarm.state.spell.span)),
      );
      const open = (beside ?? (await this.neighbourhood.incidents(tx, around))).filter(
        (incident) =>
          !trouble.incidents.has(incident.incidentId) &&
          (!trouble.isPlanned || incident.named) &&
          mayJoin(trouble, incident),
      );
      if (waiting.length + open.length === 0) return trouble;
      trouble = withMore(trouble, waiting, open);
      beside = undefined;
    }
  }

  private async declare(tx: Tx, alarms: readonly AlarmRecord[], now: Instant): Promise<void> {
    const [first] = alarms;
    if (!first) return;
    const joined = joinedBy(alarms);
    const span = hullOf(joined.spans);
    if (!span) throw new Error('Alarms that declare have begun at some time.');
    const made = declareByAlarms(
      {
        incidentId: randomUUID() as IncidentId,
        number: await this.incidents.nextNumber(tx, first.country, now),
        mode: first.mode,
        country: first.country,
        refersTo: alarms.find((alarm) => alarm.refersTo !== null)?.refersTo ?? null,
      },
      {
        // An element whose services nobody told may carry any: better one word too many than a hit service left out.
        scope: {
          elements: joined.elements,
          areas: [],
          services: joined.services.length > 0 ? joined.services : allServices,
        },
        span,
        emergencyCalls: joined.emergencyCalls,
        alarms: tallyOf(alarms),
      },
      now,
    );
    await this.keeper.keep(tx, null, made, now);
    await this.alarms.join(
      tx,
      alarms.map((alarm) => alarm.n),
      made.incident.incidentId,
      now,
    );
  }

  private async join(
    tx: Tx,
    id: IncidentId,
    alarms: readonly AlarmRecord[],
    now: Instant,
  ): Promise<void> {
    if (alarms.length === 0) return;
    const incident = await mustFind(this.incidents.locked(tx, id), id);
    const ns = alarms.map((alarm) => alarm.n);
    await this.alarms.join(tx, ns, id, now);
    await this.incidents.coverAlarms(tx, id, ns);
    const made = alarmsChanged(incident, await this.alarms.tally(tx, [id]), joinedBy(alarms), now);
    await this.keeper.keep(tx, incident, made, now);
  }

  private async absorb(
    tx: Tx,
    childId: IncidentId,
    parentId: IncidentId,
    now: Instant,
  ): Promise<void> {
    const child = await mustFind(this.incidents.locked(tx, childId), childId);
    const parent = await mustFind(this.incidents.locked(tx, parentId), parentId);
    await this.mergeInto(tx, child, parent, { by: { kind: 'rule' }, reason: null }, now);
  }

  /** Merges one incident into another, with its alarms and what it names. @throws Refusal of the domain's `merge` */
  async mergeInto(
    tx: Tx,
    child: Incident,
    parent: Incident,
    command: { by: Incident['changedBy']; reason: string | null },
    now: Instant,
  ): Promise<Incident> {
    const tally = await this.alarms.tally(tx, [child.incidentId, parent.incidentId]);
    const merged = merge(child, parent, { ...command, tally }, now);
    const moved = await this.alarms.move(tx, child.incidentId, parent.incidentId, now);
    await this.incidents.coverAlarms(tx, parent.incidentId, moved);
    await this.incidents.moveNamedAlarms(tx, child.incidentId, parent.incidentId);
    await this.keeper.keep(tx, child, merged.child, now);
    return this.keeper.keep(tx, parent, merged.parent, now);
  }
}

function joinedBy(alarms: readonly AlarmRecord[]): Joined {
  return {
    elements: alarms.flatMap((alarm) => alarm.place?.elementId ?? []),
    services: [
      ...new Set(alarms.flatMap((alarm) => (alarm.place ? alarm.services : []))),
    ] as readonly Service[],
    spans: alarms.flatMap(spansOf),
    // Every cell carries emergency calls; only an alarm that names the service says that they suffer.
    emergencyCalls: alarms.some(
      (alarm) => alarm.state.spell?.services.includes('emergency-call') ?? false,
    ),
  };
}

function tallyOf(alarms: readonly AlarmRecord[]): Incident['alarms'] {
  const activeCount = alarms.filter((alarm) => alarm.state.condition === 'active').length;
  return { count: alarms.length, activeCount, lastClearedAt: null };
}
