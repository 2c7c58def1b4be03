import {
  scopeOf,
  hullOf,
  type ComponentAlarm,
  type Incident,
  type IncidentId,
  type JoinTarget,
  type Span,
} from '@varde/incident-domain';
import type { Service } from '@varde/incident-domain/vocabulary';
import type { AlarmRecord } from './alarm.repository';
import type { Around } from './around';
import type { NearIncident, Relation } from './neighbourhood.repository';

/** Everything that was found to belong to one trouble so far: alarms without an incident, and open incidents. */
export interface Trouble {
  readonly country: Incident['country'];
  readonly mode: Incident['mode'];
  readonly span: Span;
  /** Its incident was raised or covers more than before, so that it may have neighbours at any time. */
  readonly isFresh: boolean;
  /** Planned works take only what names them. */
  readonly isPlanned: boolean;
  readonly alarms: ReadonlyMap<string, AlarmRecord>;
  readonly incidents: ReadonlyMap<
    IncidentId,
    Pick<NearIncident, 'incidentId' | 'isReported' | 'declaredAt' | 'services' | 'span'>
  >;
  /** Alarms that a report names, of any source. */
  readonly namedAlarms: readonly string[];
}

/** The trouble that one alarm tells of. Undefined while nobody knows when it began: it has nothing to be compared by. */
export function troubleOfAlarm(alarm: AlarmRecord, home: Incident | null): Trouble | undefined {
  if (!alarm.state.spell) return undefined;
  const homes = home ? [home.span] : [];
  return {
    country: alarm.country,
    mode: alarm.mode,
    span: hullOf([...homes, alarm.state.spell.span]) ?? alarm.state.spell.span,
    isFresh: false,
    isPlanned: false,
    alarms: new Map([[alarm.n, alarm]]),
    incidents: home ? new Map([[home.incidentId, seedOf(home)]]) : new Map(),
    namedAlarms: [],
  };
}

/** The trouble that an incident tells of. Its elements are asked for by its id. */
export const troubleOfIncident = (incident: Incident, namedAlarms: readonly string[]): Trouble => ({
  country: incident.country,
  mode: incident.mode,
  span: incident.span,
  isFresh: true,
  isPlanned: incident.kind === 'planned',
  alarms: new Map(),
  incidents: new Map([[incident.incidentId, seedOf(incident)]]),
  namedAlarms,
});

/** Where and when to look for what else belongs to it. */
export function aroundOf(trouble: Trouble): Around {
  const alarms = [...trouble.alarms.values()];
  const places = alarms.flatMap((alarm) => alarm.place ?? []);
  const incidents = [...trouble.incidents.values()];
  return {
    country: trouble.country,
    mode: trouble.mode,
    span: trouble.span,
    elements: places.map((place) => place.elementId),
    parents: places.flatMap((place) => place.parentId ?? []),
    ancestors: places.flatMap((place) => place.ancestors),
    areaPath: places.flatMap((place) => place.areaPath),
    areas: [],
    services: unique<Service>([
      ...alarms.flatMap((alarm) => alarm.services),
      ...incidents.flatMap((incident) => incident.services),
    ]),
    alarmIds: alarms.map((alarm) => alarm.alarmId),
    relatedAlarms: alarms.flatMap((alarm) => alarm.state.relatedAlarms),
    sourceIds: unique(alarms.map((alarm) => alarm.sourceId)),
    correlationIds: alarms.flatMap((alarm) => alarm.state.correlationIds),
    namedAlarms: trouble.namedAlarms,
    grown: incidents.map((incident) => incident.incidentId),
    settled: incidents.length === 1 && !trouble.isFresh ? (incidents[0]?.span ?? null) : null,
  };
}

/** The trouble with these added. */
export function withMore(
  trouble: Trouble,
  alarms: readonly AlarmRecord[],
  incidents: readonly NearIncident[],
): Trouble {
  const allAlarms = new Map([...trouble.alarms, ...alarms.map((one) => [one.n, one] as const)]);
  const allIncidents = new Map([
    ...trouble.incidents,
    ...incidents.map((one) => [one.incidentId, one] as const),
  ]);
  const spans = [...allIncidents.values()].map((incident) => incident.span);
  const span = hullOf([...spans, ...[...allAlarms.values()].flatMap(spansOf)]) ?? trouble.span;
  return { ...trouble, span, alarms: allAlarms, incidents: allIncidents };
}

/** Is there an incident in it, or an alarm that may declare one? Others belong together only by such a one. */
export const hasCore = (trouble: Trouble): boolean =>
  trouble.incidents.size > 0 || [...trouble.alarms.values()].some((alarm) => alarm.waits === null);

/** The time of an alarm; nothing while nobody knows when it began. */
export const spansOf = (alarm: AlarmRecord): readonly Span[] =>
  alarm.state.spell ? [alarm.state.spell.span] : [];

/** A waiting alarm, seen as something that the trouble might join. */
export const asTarget = (
  trouble: Trouble,
  alarm: AlarmRecord & Relation,
  span: Span,
): JoinTarget => ({
  country: alarm.country,
  mode: alarm.mode,
  kind: trouble.isPlanned ? 'planned' : 'outage',
  phase: 'acknowledged',
  span,
  near: alarm.near,
  covered: alarm.covered,
  named: alarm.named,
});

/** An alarm, as the decision about the whole trouble needs it. */
export const memberOf = (alarm: AlarmRecord): ComponentAlarm => ({
  key: alarm.n,
  isActive: alarm.state.condition === 'active',
  mayDeclare: alarm.waits === null,
});

const seedOf = (incident: Incident) => ({
  incidentId: incident.incidentId,
  isReported: incident.origin === 'reported',
  declaredAt: incident.declaredAt,
  span: incident.span,
  services: scopeOf(incident).services,
});

const unique = <T extends string>(words: readonly T[]): readonly T[] => [...new Set(words)];
