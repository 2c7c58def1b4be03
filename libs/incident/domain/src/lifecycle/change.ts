import { Refusal, type Instant } from '@varde/kernel';
import { openPhases } from '../correlation/join';
import type { Span } from '../correlation/span';
import { severityInForce, stateSeverity, type StatedSeverity } from '../severity/judge';
import { causeGroup } from '../intake/causes';
import type {
  Answer,
  CauseStatus,
  EmergencyCallState,
  EstimateStatus,
  IncidentKind,
  IncidentSeverity,
  Service,
} from '../vocabulary';
import { deriveSeverity } from '../severity/derive';
import { incidentChanges, type IncidentChange, type IncidentPatch } from './events';
import { decided, unchanged, type Decided } from './evolve';
import {
  announcedWindow,
  scopeOf,
  sorted,
  type Actor,
  type Cause,
  type Estimate,
  type Incident,
} from './incident';
import { mustBeOpen } from './refusals';
import { step } from './phase';

/** What somebody wants to change. What is left out stays as it is; null withdraws it. */
export interface FactsChange {
  readonly kind?: IncidentKind | undefined;
  readonly severity?:
    { readonly severity: IncidentSeverity; readonly reason: string | null } | undefined;
  readonly services?: readonly Service[] | undefined;
  readonly elements?: readonly string[] | undefined;
  readonly areas?: readonly string[] | undefined;
  readonly startedAt?: Instant | undefined;
  readonly awareAt?: Instant | undefined;
  readonly cause?: { readonly status: CauseStatus; readonly code: string | null } | undefined;
  readonly estimate?:
    { readonly status: EstimateStatus; readonly restoreBy: Instant | null } | undefined;
  readonly emergencyCalls?: EmergencyCallState | undefined;
  readonly malicious?: Answer | undefined;
  readonly crossBorder?: Answer | undefined;
  readonly nextUpdateBy?: Instant | null | undefined;
  readonly note?: string | null | undefined;
  readonly window?: Span | null | undefined;
  readonly phase?: (typeof openPhases)[number] | undefined;
  /** Elements of alarms that still count beside what a person names; left out, all do. */
  readonly alarmedElements?: readonly string[] | undefined;
}

/**
 * Changes the facts of an open incident. An act of a person marks it as worked on.
 *
 * @throws Refusal `incident-is-over`, `lowering-needs-reason`, `scope-empty`, `cause-needs-code`, `estimate-needs-time`,
 *         `aware-before-start`, `planned-needs-window`, `window-not-in-order`, `illegal-transition`
 * @source standards §1.6, §2.3
 */
export function changeFacts(
  incident: Incident,
  change: FactsChange,
  by: Actor,
  now: Instant,
): Decided {
  mustBeOpen(incident);
  const patch = patchOf(incident, change, by);
  const after: Incident = { ...incident, ...patch };
  checkFacts(after);
  const changed = incidentChanges.filter((word) => differs[word](incident, after));
  if (changed.length > 0)
    return decided(incident, { type: 'updated', at: now, by, changed, patch });
  // What was said of the estimate before stays on record until the next public change.
  const silent = { ...patch, estimate: incident.estimate };
  return isSame(incident, silent)
    ? unchanged(incident)
    : decided(incident, { type: 'recorded', at: now, by, patch: silent });
}

/**
 * Refuses facts that contradict each other.
 *
 * @throws Refusal `scope-empty`, `cause-needs-code`, `estimate-needs-time`, `aware-before-start`, `planned-needs-window`,
 *         `window-not-in-order`
 */
export function checkFacts(incident: Incident): void {
  const broken = factRules.find((rule) => rule.isBroken(incident));
  if (broken)
    throw new Refusal(broken.code, broken.says, { number: incident.number }, broken.field);
}

const factRules: readonly {
  code: string;
  field: string;
  says: string;
  isBroken: (incident: Incident) => boolean;
}[] = [
  {
    code: 'scope-empty',
    field: 'services',
    says: 'No service is left in the incident; name at least one.',
    isBroken: (i) => scopeOf(i).services.length === 0,
  },
  {
    code: 'scope-empty',
    field: 'areas',
    says: 'Neither an element nor an area is left in the incident; name one.',
    isBroken: (i) =>
      i.origin === 'reported' && scopeOf(i).elements.length + scopeOf(i).areas.length === 0,
  },
  {
    code: 'cause-needs-code',
    field: 'cause.code',
    says: 'A confirmed cause must be named; give its code, or a status that is not confirmed.',
    isBroken: (i) => i.cause.status === 'confirmed' && i.cause.code === null,
  },
  {
    code: 'estimate-needs-time',
    field: 'estimate.restoreBy',
    says: 'An estimate must have a time; give restoreBy, or the status none.',
    isBroken: (i) => (i.estimate.status === 'none') !== (i.estimate.restoreBy === null),
  },
  {
    code: 'aware-before-start',
    field: 'awareAt',
    says: 'We cannot have known before it began; correct awareAt or startedAt.',
    isBroken: (i) => i.kind !== 'planned' && i.awareAt < i.startedAt,
  },
  {
    code: 'planned-needs-window',
    field: 'window',
    says: 'Planned works must say when; give window with from and to.',
    isBroken: (i) => i.kind === 'planned' && i.window === null,
  },
  {
    code: 'window-not-in-order',
    field: 'window',
    says: 'The window ends before it begins; correct from or to.',
    isBroken: (i) => i.window !== null && i.window.from >= i.window.to,
  },
];

/** The estimate after a change, with what became of the one before. @source D-13; UX-11: a changed estimate is acknowledged in the next text */
export function estimateAfter(
  before: Estimate,
  status: EstimateStatus,
  restoreBy: Instant | null,
): Estimate {
  if (before.restoreBy === null || before.restoreBy === restoreBy) {
    return { status, restoreBy, previous: null, change: 'none' };
  }
  return {
    status,
    restoreBy,
    previous: before.restoreBy,
    change: restoreBy === null ? 'withdrawn' : 'changed',
  };
}

const causeOf = (cause: { status: CauseStatus; code: string | null }): Cause => ({
  ...cause,
  group: cause.code === null ? null : causeGroup(cause.code),
});

function patchOf(incident: Incident, change: FactsChange, by: Actor): IncidentPatch {
  const stated = change.severity
    ? stateSeverity(incident.stated, { ...change.severity, by: nameOf(by) })
    : incident.stated;
  const { status, restoreBy } = change.estimate ?? incident.estimate;
  const emergencyCalls = emergencyCallsAfter(incident, change);
  const kind = change.kind ?? incident.kind;
  return {
    ...scopePatch(incident, change),
    stated,
    emergencyCalls,
    derived: deriveSeverity({ kind, emergencyCalls, hit: incident.hit }),
    estimate: estimateAfter(incident.estimate, status, restoreBy),
    phase: phaseAfter(incident, change, by),
    kind,
    startedAt: change.startedAt ?? incident.startedAt,
    awareAt: change.awareAt ?? incident.awareAt,
    cause: change.cause ? causeOf(change.cause) : incident.cause,
    malicious: change.malicious ?? incident.malicious,
    crossBorder: change.crossBorder ?? incident.crossBorder,
    nextUpdateBy: change.nextUpdateBy === undefined ? incident.nextUpdateBy : change.nextUpdateBy,
    note: change.note === undefined ? incident.note : change.note,
    window: change.window === undefined ? incident.window : change.window,
  };
}

// Who raises what alarms had declared, and does not know, does not take away what an alarm has said.
const emergencyCallsAfter = (
  incident: Incident,
  { emergencyCalls }: FactsChange,
): EmergencyCallState =>
  emergencyCalls === undefined || (incident.origin === 'alarm' && emergencyCalls === 'unknown')
    ? incident.emergencyCalls
    : emergencyCalls;

function scopePatch(incident: Incident, change: FactsChange): IncidentPatch {
  if (!change.services && !change.elements && !change.areas) return {};
  const before = scopeOf(incident);
  return {
    origin: 'reported',
    statedScope: {
      services: sorted(change.services ?? before.services),
      elements: sorted(change.elements ?? before.elements),
      areas: sorted(change.areas ?? before.areas),
    },
    notCounted: change.alarmedElements
      ? incident.alarmedScope.elements.filter((one) => !change.alarmedElements?.includes(one))
      : incident.notCounted,
  };
}

const phaseAfter = (incident: Incident, change: FactsChange, by: Actor): Incident['phase'] => {
  if (change.phase && change.phase !== incident.phase) return step(incident.phase, change.phase);
  return incident.phase === 'acknowledged' && by.kind !== 'rule' && !change.phase
    ? 'inProgress'
    : incident.phase;
};

/** The reference by which an actor is known in the incident: an id, never a name. */
export const nameOf = (by: Actor): StatedSeverity['by'] =>
  by.kind === 'person' ? by.personId : by.kind === 'desk' ? `${by.system}/${by.operator}` : 'rule';

const isSame = (incident: Incident, patch: IncidentPatch): boolean =>
  (Object.keys(patch) as (keyof IncidentPatch)[]).every((key) => same(patch[key], incident[key]));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const differs: Record<IncidentChange, (before: Incident, after: Incident) => boolean> = {
  scope: (a, b) =>
    !same(scopeOf(a), scopeOf(b)) || a.startedAt !== b.startedAt || a.kind !== b.kind,
  estimate: (a, b) =>
    a.estimate.status !== b.estimate.status || a.estimate.restoreBy !== b.estimate.restoreBy,
  cause: (a, b) => a.cause.status !== b.cause.status || a.cause.group !== b.cause.group,
  severity: (a, b) => severityInForce(a.derived, a.stated) !== severityInForce(b.derived, b.stated),
  'next-update': (a, b) => a.nextUpdateBy !== b.nextUpdateBy,
  'emergency-calls': (a, b) => a.emergencyCalls !== b.emergencyCalls,
  window: (a, b) => !same(announcedWindow(a), announcedWindow(b)),
  phase: (a, b) => a.phase !== b.phase,
};
