import { randomUUID } from 'node:crypto';
import { plus, Refusal, type Instant } from '@varde/kernel';
import {
  applyReport,
  checkAlarms,
  declareByPerson,
  deskOf,
  factsOf,
  headAfter,
  judgeReport,
  mayJoin,
  raiseAwaited,
  spanOfReport,
  type Actor,
  type Incident,
  type IncidentId,
  type RaiseFacts,
  type ReportedIncident,
  type ReportHead,
} from '@varde/incident-domain';
import {
  flags as allFlags,
  type Country,
  type Flag,
  type Mode,
} from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { AlarmRepository } from './alarm.repository';
import type { CorrelationService } from './correlation.service';
import type { ExerciseRepository } from './exercise.repository';
import { mustFind, type IncidentKeeper } from './incident-keeper';
import type { IncidentRepository } from './incident.repository';
import type { NearIncident, NeighbourhoodRepository } from './neighbourhood.repository';
import type { ParkedReport, ParkedReportRepository } from './parked-report.repository';
import type { TimerRepository } from './timer.repository';
import type { IncidentTopology } from './topology.repository';

/** A report as intake accepted it. */
export interface TakenReport {
  readonly sourceId: string;
  readonly inboxEventN: string;
  readonly report: ReportedIncident;
  readonly flags: readonly Flag[];
}

/** What became of a report. */
export interface ReportOutcome {
  readonly outcome: 'applied' | 'older' | 'parked' | 'without-effect';
  readonly flags: readonly Flag[];
}

/** A person's raise, by whichever door. */
export interface Raise {
  readonly country: Country;
  readonly mode: Mode;
  readonly facts: RaiseFacts;
  readonly namedAlarms: readonly string[];
}

/** Takes in what a desk reports, and finds the alarms' incident that a raise is about. */
export class ReportService {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly alarms: AlarmRepository,
    private readonly parked: ParkedReportRepository,
    private readonly timers: TimerRepository,
    private readonly topology: IncidentTopology,
    private readonly neighbourhood: NeighbourhoodRepository,
    private readonly exercises: ExerciseRepository,
    private readonly keeper: IncidentKeeper,
    private readonly correlation: CorrelationService,
  ) {}

  /**
   * Takes one report: applied in its sequence, stored when it is older than what is applied, parked when its raise has not come.
   *
   * @throws Refusal `alarm-of-another-country`; of the act, when the incident does not allow it
   */
  async take(tx: Tx, taken: TakenReport, now: Instant): Promise<ReportOutcome> {
    const { report, sourceId } = taken;
    checkAlarms(report.country, await this.alarms.abroad(tx, report.country, report.alarms));
    const flags = await this.flagsOf(tx, taken);
    if (flags.includes('no-exercise') || report.mode === 'TEST')
      return { outcome: 'without-effect', flags };
    await this.correlation.alone(tx);
    const incident = await this.incidents.byReference(tx, sourceId, report.reference, report.mode);
    const verdict = judgeReport(report, incident?.report ?? null);
    if (verdict === 'older') return { outcome: 'older', flags };
    if (verdict === 'park' || !(await this.isTargetKnown(tx, sourceId, report))) {
      await this.park(tx, taken, now);
      return { outcome: 'parked', flags };
    }
    if (incident) await this.apply(tx, incident, sourceId, report, now);
    else await this.raise(tx, sourceId, report, now);
    return { outcome: 'applied', flags };
  }

  /**
   * Finds the incident that a person's raise is about, or undefined: the oldest that alarms declared and that it names or covers.
   * Planned works never take over what alarms declared.
   *
   * @source the operations centre's report about an alarm makes one incident, not two
   */
  async alarmsIncident(tx: Tx, raise: Raise): Promise<Incident | undefined> {
    if (raise.facts.kind === 'planned') return undefined;
    const found = (await this.neighbours(tx, raise)).find((incident) => !incident.isReported);
    return found && this.incidents.locked(tx, found.incidentId);
  }

  /** Declares an incident that a person raises. */
  async declare(
    tx: Tx,
    raise: Raise,
    by: Actor,
    report: ReportHead | null,
    now: Instant,
  ): Promise<Incident> {
    const made = declareByPerson(
      {
        incidentId: randomUUID() as IncidentId,
        number: await this.incidents.nextNumber(tx, raise.country, now),
        mode: raise.mode,
        country: raise.country,
        refersTo: null,
      },
      { ...raise.facts, ...(report ? { report } : {}) },
      by,
      now,
    );
    return this.keeper.keep(tx, null, made, now);
  }

  /** After a raise or a change of scope: the alarms that it names or covers join it. */
  async gatherAlarms(
    tx: Tx,
    incident: Incident,
    namedAlarms: readonly string[],
    now: Instant,
  ): Promise<void> {
    await this.incidents.nameAlarms(tx, incident.incidentId, namedAlarms);
    await this.correlation.settleIncident(tx, incident, namedAlarms, now);
  }

  /** Elements of its alarms that are active: they count beside what a person names. */
  stillActive(tx: Tx, incident: Incident): Promise<readonly string[]> {
    return this.alarms.activeElements(tx, incident.incidentId);
  }

  private async raise(
    tx: Tx,
    sourceId: string,
    report: ReportedIncident,
    now: Instant,
  ): Promise<void> {
    const raise: Raise = {
      country: report.country,
      mode: report.mode,
      facts: factsOf(report),
      namedAlarms: report.alarms,
    };
    const head = headAfter(report, sourceId, null);
    const existing = await this.alarmsIncident(tx, raise);
    const incident = existing
      ? await this.keeper.keep(
          tx,
          existing,
          applyReport(existing, report, { verdict: 'raise', head, alarmedElements: [] }, now),
          now,
        )
      : await this.declare(tx, raise, deskOf(report), head, now);
    await this.gatherAlarms(tx, incident, report.alarms, now);
    await this.applyParked(tx, sourceId, report.reference, now);
  }

  private async apply(
    tx: Tx,
    incident: Incident,
    sourceId: string,
    report: ReportedIncident,
    now: Instant,
  ): Promise<void> {
    const verdict = judgeReport(report, incident.report);
    if (verdict !== 'apply' && verdict !== 'phase-only') return;
    const head = headAfter(report, sourceId, incident.report);
    const alarmedElements = await this.stillActive(tx, incident);
    const made = applyReport(incident, report, { verdict, head, alarmedElements }, now);
    const after = await this.keeper.keep(tx, incident, made, now);
    if (report.action === 'merge') return this.mergeReported(tx, after, sourceId, report, now);
    if (verdict === 'apply') await this.gatherAlarms(tx, after, report.alarms, now);
  }

  private async mergeReported(
    tx: Tx,
    child: Incident,
    sourceId: string,
    report: ReportedIncident,
    now: Instant,
  ): Promise<void> {
    const parent = await this.targetOf(tx, sourceId, report);
    if (!parent) throw new Error('The target of a merge was there a moment ago.');
    await this.correlation.mergeInto(
      tx,
      child,
      parent,
      { by: deskOf(report), reason: report.reason ?? null },
      now,
    );
  }

  private async applyParked(
    tx: Tx,
    sourceId: string,
    reference: string,
    now: Instant,
  ): Promise<void> {
    const own = await this.parked.waitingFor(tx, sourceId, reference);
    const merges = await this.parked.mergesInto(tx, sourceId, reference);
    for (const waiting of [...own, ...merges]) await this.applyOneParked(tx, waiting, now);
  }

  // What the lifecycle refuses of it becomes a dead letter; the raise that it waited for stands.
  private async applyOneParked(tx: Tx, waiting: ParkedReport, now: Instant): Promise<void> {
    const { report, sourceId } = waiting;
    const incident = await this.incidents.byReference(tx, sourceId, report.reference, report.mode);
    if (!incident || !(await this.isTargetKnown(tx, sourceId, report))) return;
    await tx.query('savepoint parked');
    try {
      await this.apply(tx, incident, sourceId, report, now);
      await this.parked.applied(tx, waiting.n, now);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      await tx.query('rollback to savepoint parked');
      await this.parked.refuse(
        tx,
        waiting,
        { reason: 'schema-invalid', detail: cause.message },
        now,
      );
    }
    await tx.query('release savepoint parked');
  }

  private async park(tx: Tx, taken: TakenReport, now: Instant): Promise<void> {
    const n = await this.parked.park(tx, taken.sourceId, taken.report, taken.inboxEventN, now);
    await this.timers.awaitRaise(tx, n, plus(now, raiseAwaited));
  }

  private async isTargetKnown(
    tx: Tx,
    sourceId: string,
    report: ReportedIncident,
  ): Promise<boolean> {
    return report.action !== 'merge' || (await this.targetOf(tx, sourceId, report)) !== undefined;
  }

  // A desk names the other incident by its own reference, or by our number.
  private async targetOf(
    tx: Tx,
    sourceId: string,
    report: ReportedIncident,
  ): Promise<Incident | undefined> {
    const into = report.into ?? '';
    const found =
      (await this.incidents.byReference(tx, sourceId, into, report.mode)) ??
      (await this.incidents.byNumber(tx, into));
    return found && mustFind(this.incidents.locked(tx, found.incidentId), found.incidentId);
  }

  private async neighbours(tx: Tx, raise: Raise): Promise<readonly NearIncident[]> {
    const { facts } = raise;
    const placed = [...(await this.topology.place(tx, facts.elements)).values()];
    const scope = {
      country: raise.country,
      mode: raise.mode,
      span: spanOfReport(facts),
      elements: facts.elements,
      areas: facts.areas,
      services: facts.services,
      parents: placed.flatMap((place) => place.parentId ?? []),
      ancestors: placed.flatMap((place) => place.ancestors),
      areaPath: placed.flatMap((place) => place.areaPath),
      namedAlarms: raise.namedAlarms,
      alarmIds: [],
      relatedAlarms: [],
      sourceIds: [],
      correlationIds: [],
      grown: [],
      settled: null,
    };
    return (await this.neighbourhood.incidents(tx, scope)).filter((incident) =>
      mayJoin(scope, incident),
    );
  }

  private async flagsOf(tx: Tx, { report, flags }: TakenReport): Promise<readonly Flag[]> {
    const placed = await this.topology.place(tx, report.elements);
    const found = new Set<Flag>(flags);
    if (
      report.elements.some((element) => !placed.has(element)) ||
      (await this.topology.unknownAreas(tx, report.areas)).length > 0
    )
      found.add('unplaced');
    if (report.mode === 'EXERCISE' && !(await this.exercises.runs(tx, report.country)))
      found.add('no-exercise');
    return allFlags.filter((flag) => found.has(flag));
  }
}
