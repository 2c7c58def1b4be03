import type { Instant } from '@varde/kernel';
import {
  alarmsChanged,
  asRaise,
  hear,
  hearAll,
  isClearWithoutRaise,
  isLate,
  isOpen,
  nobodyJoined,
  reasonToWait,
  relapsed,
  unheard,
  andThen,
  type AlarmEvent,
  type AlarmState,
  type Incident,
} from '@varde/incident-domain';
import {
  flags as allFlags,
  services as allServices,
  type Flag,
  type Service,
} from '@varde/incident-domain/vocabulary';
import type { Tx } from '@varde/platform-database';
import type { AlarmRecord, AlarmRepository } from './alarm.repository';
import type { CorrelationService } from './correlation.service';
import type { ExerciseRepository } from './exercise.repository';
import { mustFind, type IncidentKeeper } from './incident-keeper';
import type { IncidentRepository } from './incident.repository';
import type { NeighbourhoodRepository } from './neighbourhood.repository';
import type { IncidentTopology, PlacedElement } from './topology.repository';
import { spansOf } from './trouble';

/** One alarm event as intake accepted it. */
export interface HeardEvent {
  readonly sourceId: string;
  readonly inboxEventN: string;
  readonly event: AlarmEvent;
  readonly flags: readonly Flag[];
}

/** Takes in what the network says about its alarms. */
export class AlarmService {
  constructor(
    private readonly alarms: AlarmRepository,
    private readonly incidents: IncidentRepository,
    private readonly topology: IncidentTopology,
    private readonly neighbourhood: NeighbourhoodRepository,
    private readonly exercises: ExerciseRepository,
    private readonly keeper: IncidentKeeper,
    private readonly correlation: CorrelationService,
  ) {}

  /**
   * Hears one event of an alarm. A late one is stored and its history is read again, so that the same events amount to the same
   * alarm in any order (I-3).
   *
   * @returns the flags of the event, with those that only the database knew
   */
  async hear(tx: Tx, heard: HeardEvent, now: Instant): Promise<readonly Flag[]> {
    await this.correlation.alone(tx);
    const before = await this.alarms.locked(tx, heard.sourceId, heard.event);
    const exerciseRuns =
      heard.event.mode !== 'EXERCISE' || (await this.exercises.runs(tx, heard.event.country));
    const wasLate = before !== undefined && isLate(before.state, heard.event);
    const state = await this.stateAfter(tx, before, heard.event, wasLate);
    const alarm = await this.recordOf(tx, heard, before, state, exerciseRuns);
    const isPlaced = alarm.place !== null && (await this.arePlacesKnown(tx, heard.event));
    const flags = this.flagsOf(heard, before, alarm, { exerciseRuns, isPlaced });
    const n = await this.alarms.keep(tx, { ...alarm, flags }, { ...heard, wasLate }, now);
    if (exerciseRuns && alarm.mode !== 'TEST')
      await this.follow(tx, before, { ...alarm, n, flags }, now);
    return flags;
  }

  private async stateAfter(
    tx: Tx,
    before: AlarmRecord | undefined,
    event: AlarmEvent,
    wasLate: boolean,
  ): Promise<AlarmState> {
    if (!before) return hear(unheard, event);
    return wasLate
      ? hearAll([...(await this.alarms.events(tx, before.n)), event])
      : hear(before.state, event);
  }

  private async recordOf(
    tx: Tx,
    { sourceId, event }: HeardEvent,
    before: AlarmRecord | undefined,
    state: AlarmState,
    exerciseRuns: boolean,
  ): Promise<Omit<AlarmRecord, 'n' | 'flags'>> {
    const place = await this.placeOf(tx, state);
    const { country, mode } = event;
    const span = state.spell?.span;
    const around = { mode, isPlaced: place !== null, isPlanned: false, exerciseRuns };
    const waits = reasonToWait(state.spell?.waits ?? null, around);
    const isPlanned =
      waits === null &&
      place !== null &&
      span !== undefined &&
      (await this.neighbourhood.isPlanned(tx, {
        country,
        mode,
        span,
        elements: [place.elementId, ...place.ancestors],
        areaPath: place.areaPath,
      }));
    return {
      sourceId,
      alarmId: event.alarmId,
      country,
      mode,
      state,
      place,
      services: servicesOf(state, place),
      waits: isPlanned ? reasonToWait(null, { ...around, isPlanned }) : waits,
      ...(await this.homeOf(tx, before, state)),
    };
  }

  // The first candidate that the topology knows is meant.
  private async placeOf(tx: Tx, state: AlarmState): Promise<PlacedElement | null> {
    const placed = await this.topology.place(tx, state.objectIds);
    const id = state.objectIds.find((candidate) => placed.has(candidate));
    return (id !== undefined && placed.get(id)) || null;
  }

  // An alarm that begins anew after its incident was closed for good is a new trouble, which refers to the old.
  private async homeOf(
    tx: Tx,
    before: AlarmRecord | undefined,
    state: AlarmState,
  ): Promise<Pick<AlarmRecord, 'incidentId' | 'refersTo'>> {
    const { incidentId = null, refersTo = null } = before ?? {};
    if (incidentId === null || !before || !beganAnew(before.state, state))
      return { incidentId, refersTo };
    const home = await mustFind(this.incidents.locked(tx, incidentId), incidentId);
    const isAnother =
      !isOpen(home.phase) &&
      home.phase !== 'resolved' &&
      state.spell !== null &&
      state.spell.span.from > home.changedAt;
    return isAnother ? { incidentId: null, refersTo: incidentId } : { incidentId, refersTo };
  }

  private async arePlacesKnown(tx: Tx, { places }: AlarmEvent): Promise<boolean> {
    const codes = places.map(({ id }) => id);
    return codes.length === 0 || (await this.topology.unknownAreas(tx, codes)).length === 0;
  }

  private flagsOf(
    { event, flags }: HeardEvent,
    before: AlarmRecord | undefined,
    alarm: Omit<AlarmRecord, 'n' | 'flags'>,
    { exerciseRuns, isPlaced }: { exerciseRuns: boolean; isPlaced: boolean },
  ): readonly Flag[] {
    const isKnown = before !== undefined && before.state.condition === 'active';
    const read = isKnown ? flags : asRaise(event, flags).flags;
    const found = new Set<Flag>(read);
    if (!isPlaced) found.add('unplaced');
    if (isClearWithoutRaise(alarm.state)) found.add('clear-without-raise');
    if (!exerciseRuns) found.add('no-exercise');
    return allFlags.filter((flag) => found.has(flag));
  }

  private async follow(
    tx: Tx,
    before: AlarmRecord | undefined,
    alarm: AlarmRecord,
    now: Instant,
  ): Promise<void> {
    const home =
      alarm.incidentId === null
        ? null
        : await mustFind(this.incidents.locked(tx, alarm.incidentId), alarm.incidentId);
    const after = home && (await this.tellHome(tx, home, before, alarm, now));
    if (after && !isOpen(after.phase)) return;
    if (!before || mayHaveNewNeighbours(before, alarm))
      await this.correlation.settleAlarm(tx, alarm, after, now);
  }

  private async tellHome(
    tx: Tx,
    home: Incident,
    before: AlarmRecord | undefined,
    alarm: AlarmRecord,
    now: Instant,
  ): Promise<Incident> {
    const tally = await this.alarms.tally(tx, [home.incidentId]);
    const isAgain = before !== undefined && beganAnew(before.state, alarm.state);
    const again = isAgain ? relapsed(home, now) : { incident: home, events: [] };
    const joined = {
      ...nobodyJoined,
      elements: isAgain && alarm.place ? [alarm.place.elementId] : [],
      spans: spansOf(alarm),
    };
    const made = andThen(again, (incident) => alarmsChanged(incident, tally, joined, now));
    return this.keeper.keep(tx, home, made, now);
  }
}

const beganAnew = (before: AlarmState, after: AlarmState): boolean =>
  before.condition !== 'active' && after.condition === 'active';

function mayHaveNewNeighbours(before: AlarmRecord, after: AlarmRecord): boolean {
  const seen = ({ state, place, waits, services, incidentId }: AlarmRecord): string =>
    JSON.stringify([
      state.condition,
      state.spell,
      state.relatedAlarms,
      state.correlationIds,
      place?.elementId,
      waits,
      services,
      incidentId,
    ]);
  return seen(before) !== seen(after);
}

function servicesOf(state: AlarmState, place: PlacedElement | null): readonly Service[] {
  const named = allServices.filter((service) => state.spell?.services.includes(service) ?? false);
  return named.length > 0 ? named : (place?.services ?? []);
}
