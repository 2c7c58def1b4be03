import type { Instant } from '@varde/kernel';
import { hull, spanAt, type Span } from '../correlation/span';
import { deriveSeverity } from '../severity/derive';
import type { Country, Mode } from '../vocabulary';
import { changeFacts, checkFacts, type FactsChange } from './change';
import { decided, type Decided } from './evolve';
import {
  sorted,
  type Actor,
  type Incident,
  type IncidentId,
  type ReportHead,
  type Scope,
} from './incident';

/** What every incident has from its first moment, whoever declares it. */
export interface NewIncident {
  readonly incidentId: IncidentId;
  readonly number: string;
  readonly mode: Mode;
  readonly country: Country;
  readonly refersTo: IncidentId | null;
}

/** What alarms know when they declare an incident. */
export interface AlarmsSay {
  readonly scope: Scope;
  readonly span: Span;
  /** Do their services say that emergency calls are hit? */
  readonly emergencyCalls: boolean;
  readonly alarms: Incident['alarms'];
}

/** What a person must say to raise an incident. @source standards §1.6 */
export type RaiseFacts = FactsChange & {
  readonly [
    Fact in 'kind' | 'services' | 'elements' | 'areas' | 'startedAt' | 'awareAt'
  ]: NonNullable<FactsChange[Fact]>;
};

/** Declares an incident that the network's alarms tell of; its severity comes once it is known who is hit. @source invariants §2.4 */
export function declareByAlarms(one: NewIncident, say: AlarmsSay, now: Instant): Decided {
  const emergencyCalls = say.emergencyCalls ? 'affected' : 'unknown';
  const incident: Incident = {
    ...blank(one, now),
    origin: 'alarm',
    alarmedScope: {
      services: sorted(say.scope.services),
      elements: sorted(say.scope.elements),
      areas: [],
    },
    // A network clock may run ahead of ours by a little; nothing begins after we knew of it.
    startedAt: say.span.from < now ? say.span.from : now,
    span: say.span,
    alarms: say.alarms,
    emergencyCalls,
    derived: deriveSeverity({ kind: 'outage', emergencyCalls, hit: null }),
  };
  return declared(incident, { kind: 'rule' }, now);
}

/**
 * Declares an incident that a person raises, by the console, the command line, or a desk's report.
 *
 * @throws Refusal of {@link checkFacts}
 * @source standards §1.6
 */
export function declareByPerson(
  one: NewIncident,
  facts: RaiseFacts & { readonly report?: ReportHead },
  by: Actor,
  now: Instant,
): Decided {
  const start: Incident = {
    ...blank(one, now),
    origin: 'reported',
    report: facts.report ?? null,
    span: spanOfReport(facts),
    // Already beyond `acknowledged` for the change below, and set back after it: raising is not yet working on it.
    phase: 'inProgress',
  };
  const { incident } = changeFacts(start, facts, by, now);
  return declared({ ...incident, version: 1, phase: 'acknowledged' }, by, now);
}

/** When a report saw trouble: from its start to when we knew. */
export const spanOfReport = ({
  startedAt,
  awareAt,
}: Pick<RaiseFacts, 'startedAt' | 'awareAt'>): Span => hull(spanAt(startedAt), spanAt(awareAt));

function declared(incident: Incident, by: Actor, now: Instant): Decided {
  checkFacts(incident);
  const whole = { ...incident, changedBy: by, changedAt: now };
  return decided(whole, { type: 'declared', at: now, by, incident: whole });
}

function blank(one: NewIncident, now: Instant): Incident {
  return {
    ...one,
    version: 1,
    kind: 'outage',
    phase: 'acknowledged',
    origin: 'alarm',
    derived: deriveSeverity({ kind: 'outage', emergencyCalls: 'unknown', hit: null }),
    stated: null,
    hit: null,
    hitVersion: 0,
    statedScope: null,
    notCounted: [],
    alarmedScope: { services: [], elements: [], areas: [] },
    startedAt: now,
    awareAt: now,
    declaredAt: now,
    restoredAt: null,
    estimate: { status: 'none', restoreBy: null, previous: null, change: 'none' },
    cause: { status: 'unknown', code: null, group: null },
    emergencyCalls: 'unknown',
    malicious: 'unknown',
    crossBorder: 'unknown',
    nextUpdateBy: null,
    note: null,
    window: null,
    mergedInto: null,
    report: null,
    span: spanAt(now),
    alarms: { count: 0, activeCount: 0, lastClearedAt: null },
    restoreStated: null,
    changedBy: { kind: 'rule' },
    changedAt: now,
  };
}
