import { Refusal } from '@varde/kernel';
import { alarmsChanged, cameLate, nobodyJoined, relapsed } from './alarms';
import { changeFacts, type FactsChange } from './change';
import { declareByPerson, type RaiseFacts } from './declare';
import { cancel, close, merge, reject } from './end';
import { anIncident, exampleNow, minute } from './examples';
import { whoIsHit } from './hit';
import { resolvedByRuleAt, restorableFrom, timersOf } from './hold-down';
import { scopeOf, type Actor, type Incident, type IncidentId } from './incident';
import { checkPromises } from './promises';
import { holdDownEnded, reopen, resolve, resolveByRule, restoreStated } from './restore';

const person: Actor = { kind: 'person', personId: '00000000-0000-4000-8000-000000000117' };
const quiet = { count: 1, activeCount: 0, lastClearedAt: minute(10) };
const quietIncident = (different: Partial<Incident> = {}): Incident =>
  anIncident({ alarms: quiet, ...different });
const other = '00000000-0000-4000-8000-000000000043' as IncidentId;

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

const raising: RaiseFacts = {
  kind: 'outage',
  services: ['sms'],
  elements: [],
  areas: ['NO-46'],
  startedAt: minute(0),
  awareAt: minute(1),
};
const declare = (facts: Partial<RaiseFacts>) =>
  declareByPerson(
    { incidentId: other, number: 'NO-2026-0043', mode: 'ACTUAL', country: 'NO', refersTo: null },
    { ...raising, ...facts },
    person,
    minute(2),
  );

describe('an incident that a person raises', () => {
  it('is acknowledged, at version 1, and hits what the person names', () => {
    const { incident, events } = declare({ severity: { severity: 'major', reason: null } });
    expect(events.map((event) => event.type)).toEqual(['declared']);
    expect(incident).toMatchObject({
      phase: 'acknowledged',
      version: 1,
      origin: 'reported',
      changedBy: person,
      span: { from: minute(0), to: minute(1) },
    });
    expect(scopeOf(incident)).toEqual({ services: ['sms'], elements: [], areas: ['NO-46'] });
  });

  it.each<[string, string, Partial<RaiseFacts>]>([
    ['no service', 'scope-empty', { services: [] }],
    ['neither an element nor an area', 'scope-empty', { areas: [] }],
    [
      'a confirmed cause without a code',
      'cause-needs-code',
      { cause: { status: 'confirmed', code: null } },
    ],
    [
      'an estimate without a time',
      'estimate-needs-time',
      { estimate: { status: 'estimated', restoreBy: null } },
    ],
    [
      'a time without an estimate',
      'estimate-needs-time',
      { estimate: { status: 'none', restoreBy: minute(60) } },
    ],
    ['an awareness before the start', 'aware-before-start', { awareAt: minute(-1) }],
    ['planned works without a window', 'planned-needs-window', { kind: 'planned' }],
    [
      'a window that ends when it begins',
      'window-not-in-order',
      { kind: 'planned', window: { from: minute(90), to: minute(90) } },
    ],
  ])('is refused with %s', (_says, code, facts) => {
    expect(codeOf(() => declare(facts))).toBe(code);
  });

  it('may know of planned works long before they begin', () => {
    expect(
      declare({
        kind: 'planned',
        window: { from: minute(90), to: minute(120) },
        startedAt: minute(90),
        awareAt: minute(1),
      }).incident.kind,
    ).toBe('planned');
  });

  it.each<[string, FactsChange]>([
    ['estimate-is-past', { estimate: { status: 'estimated', restoreBy: minute(-1) } }],
    ['next-update-is-past', { nextUpdateBy: minute(-1) }],
    ['aware-in-future', { awareAt: minute(6) }],
  ])('%s: a time that cannot be meant', (code, change) => {
    expect(codeOf(() => checkPromises(change, minute(0)))).toBe(code);
  });
});

describe('a change of facts', () => {
  const change = (facts: FactsChange, incident = anIncident()) =>
    changeFacts(incident, facts, person, minute(5));

  it('says what it touched, and marks the incident as worked on', () => {
    const { incident, events } = change({ nextUpdateBy: minute(60), areas: ['NO-46'] });
    expect(events).toMatchObject([{ type: 'updated', changed: ['scope', 'next-update', 'phase'] }]);
    expect(incident).toMatchObject({ version: 2, phase: 'inProgress', origin: 'reported' });
    expect(scopeOf(incident)).toEqual({
      services: ['mobile-voice'],
      elements: ['site/NO/20417'],
      areas: ['NO-46'],
    });
  });

  it('is private when no reader is told of it', () => {
    const { events, incident } = change(
      { note: 'crew on the way' },
      anIncident({ phase: 'inProgress' }),
    );
    expect(events.map((event) => event.type)).toEqual(['recorded']);
    expect(incident.version).toBe(1);
  });

  it('is nothing when it says what is so already', () => {
    expect(
      change({ services: undefined, note: null }, anIncident({ phase: 'inProgress' })).events,
    ).toEqual([]);
  });

  it('narrows to what a person names and to alarms that are still active', () => {
    const { incident } = change({ elements: ['cell/NO/20417-1'], alarmedElements: [] });
    expect(scopeOf(incident).elements).toEqual(['cell/NO/20417-1']);
  });

  it('UX-11: keeps what an estimate was before it changed or was withdrawn, until the next change', () => {
    const first = change({ estimate: { status: 'estimated', restoreBy: minute(60) } }).incident;
    expect(first.estimate).toEqual({
      status: 'estimated',
      restoreBy: minute(60),
      previous: null,
      change: 'none',
    });
    const second = change(
      { estimate: { status: 'confirmed', restoreBy: minute(90) } },
      first,
    ).incident;
    expect(second.estimate).toEqual({
      status: 'confirmed',
      restoreBy: minute(90),
      previous: minute(60),
      change: 'changed',
    });
    expect(change({ note: 'x' }, second).incident.estimate.change).toBe('changed');
    const third = change({ estimate: { status: 'none', restoreBy: null } }, second).incident;
    expect(third.estimate).toEqual({
      status: 'none',
      restoreBy: null,
      previous: minute(90),
      change: 'withdrawn',
    });
    expect(change({ nextUpdateBy: minute(99) }, third).incident.estimate.change).toBe('none');
  });

  it('D-13: knows the group of a cause, confirmed or not', () => {
    expect(change({ cause: { status: 'suspected', code: 'powerProblem' } }).incident.cause).toEqual(
      { status: 'suspected', code: 'powerProblem', group: 'power' },
    );
  });

  it('moves between the open phases as the table allows', () => {
    expect(change({ phase: 'held' }, anIncident({ phase: 'inProgress' })).incident.phase).toBe(
      'held',
    );
    expect(codeOf(() => change({ phase: 'held' }, anIncident({ phase: 'pending' })))).toBe(
      'illegal-transition',
    );
  });

  it.each(['resolved', 'closed', 'cancelled', 'rejected'] as const)(
    'is refused when the incident is %s',
    (phase) => {
      expect(codeOf(() => change({ note: 'x' }, anIncident({ phase })))).toBe('incident-is-over');
    },
  );

  it('does not take away what an alarm said of emergency calls, when whoever takes over does not know', () => {
    const affected = anIncident({ emergencyCalls: 'affected' });
    expect(change({ emergencyCalls: 'unknown' }, affected).incident.emergencyCalls).toBe(
      'affected',
    );
    expect(change({ emergencyCalls: 'notAffected' }, affected).incident.emergencyCalls).toBe(
      'notAffected',
    );
  });
});

describe('planned works', () => {
  const window = { from: minute(90), to: minute(120) };
  const minorWorks = { severity: 'minor', reasons: ['planned-work'] } as const;
  const works = (different: Partial<Incident> = {}): Incident =>
    anIncident({
      kind: 'planned',
      window,
      phase: 'inProgress',
      derived: minorWorks,
      ...different,
    });
  const later = { from: minute(180), to: minute(240) };
  const changedBy = (incident: Incident, change: FactsChange): unknown =>
    changeFacts(incident, change, person, minute(5)).events.map((event) =>
      event.type === 'updated' ? event.changed : event.type,
    );

  it.each<[string, Incident, FactsChange, unknown]>([
    ['another window is said with a word of its own', works(), { window: later }, [['window']]],
    ['the same window again is nothing new', works(), { window: { ...window } }, []],
    [
      'works that turn out to be an outage have no window any more',
      works(),
      { kind: 'outage' },
      [['scope', 'window']],
    ],
    [
      'the window of anything else concerns nobody',
      works({ kind: 'outage' }),
      { window: later },
      ['recorded'],
    ],
  ])('D-05: %s', (_says, incident, change, changed) => {
    expect(changedBy(incident, change)).toEqual(changed);
  });

  it('D-05: stay minor, whomever they concern, until a person says otherwise', () => {
    const many = {
      subscriptions: 200_000,
      customers: 200_000,
      class0Out: 1,
      class0Partly: 0,
      class1: 0,
      wholeCounties: [],
    };
    const { incident, events } = whoIsHit(works(), many, 1, minute(6));
    expect(events.map((event) => event.type)).toEqual(['recorded']);
    expect(incident.derived).toEqual(minorWorks);
    expect(
      changeFacts(incident, { kind: 'outage' }, person, minute(7)).incident.derived.severity,
    ).toBe('critical');
  });
});

describe('the alarms of an incident', () => {
  const joined = {
    elements: ['site/NO/2'],
    services: ['sms'] as const,
    spans: [{ from: minute(3), to: minute(3) }],
    emergencyCalls: false,
  };
  const two = { count: 2, activeCount: 2, lastClearedAt: null };

  it('widen what is hit by their objects', () => {
    const { incident, events } = alarmsChanged(anIncident(), two, joined, minute(3));
    expect(events.map((event) => event.type)).toEqual(['recorded', 'updated']);
    expect(scopeOf(incident)).toEqual({
      services: ['mobile-voice', 'sms'],
      elements: ['site/NO/20417', 'site/NO/2'].sort(),
      areas: [],
    });
    expect(incident).toMatchObject({
      span: { from: exampleNow, to: minute(3) },
      alarms: two,
      changedBy: { kind: 'rule' },
    });
  });

  it('are no news to readers when they hit nothing new', () => {
    const { events } = alarmsChanged(
      anIncident(),
      two,
      { ...joined, elements: [], services: [] },
      minute(3),
    );
    expect(events.map((event) => event.type)).toEqual(['recorded']);
    expect(
      alarmsChanged(anIncident(), anIncident().alarms, nobodyJoined, minute(3)).events,
    ).toEqual([]);
  });

  it('make it critical when they say that emergency calls are hit', () => {
    const { incident } = alarmsChanged(
      anIncident(),
      two,
      { ...joined, emergencyCalls: true },
      minute(3),
    );
    expect(incident).toMatchObject({
      emergencyCalls: 'affected',
      derived: { severity: 'critical', reasons: ['emergency-calls-hit'] },
    });
  });

  it('move the start of what only alarms tell of, never of what a person told', () => {
    const earlier = {
      ...joined,
      spans: [{ from: minute(-4), to: minute(-4) }],
    };
    expect(alarmsChanged(anIncident(), two, earlier, minute(3)).incident.startedAt).toBe(
      minute(-4),
    );
    expect(
      alarmsChanged(anIncident({ origin: 'reported' }), two, earlier, minute(3)).incident.startedAt,
    ).toBe(exampleNow);
  });

  it('reopen a resolved incident when one is active again, and leave a closed one alone', () => {
    expect(
      relapsed(anIncident({ phase: 'resolved', restoredAt: minute(1) }), minute(3)).incident,
    ).toMatchObject({ phase: 'inProgress', restoredAt: null });
    expect(relapsed(anIncident({ phase: 'closed' }), minute(3)).events).toEqual([]);
  });

  it('I-3: an active one that came late reopens, and keeps the word that service is back', () => {
    const desk: Actor = { kind: 'desk', system: 'noc-desk', operator: 'op-117' };
    const { incident } = cameLate(
      anIncident({
        phase: 'resolved',
        restoredAt: minute(1),
        changedBy: desk,
        changedAt: minute(1),
      }),
      minute(3),
    );
    expect(incident).toMatchObject({
      phase: 'inProgress',
      restoreStated: { by: desk, at: minute(1) },
    });
  });
});

describe('the end of an incident', () => {
  const resolveNow = (incident: Incident, at: number, reason: string | null = null) =>
    resolve(incident, { by: person, reason }, minute(at));

  it('D-13: is refused while an alarm is active, and during the hold-down', () => {
    expect(codeOf(() => resolveNow(anIncident(), 20))).toBe('alarms-still-active');
    expect(codeOf(() => resolveNow(quietIncident(), 14))).toBe('hold-down-running');
  });

  it('may be confirmed from five minutes after the last clear on; service was back with that clear', () => {
    expect(restorableFrom(quietIncident())).toBe(minute(15));
    expect(resolveNow(quietIncident(), 15).incident).toMatchObject({
      phase: 'resolved',
      restoredAt: minute(10),
    });
  });

  it('is believed at once with a reason', () => {
    expect(resolveNow(anIncident(), 3, 'seen on site').incident.phase).toBe('resolved');
  });

  it('needs no hold-down without alarms', () => {
    expect(
      resolveNow(anIncident({ alarms: { count: 0, activeCount: 0, lastClearedAt: null } }), 3)
        .incident,
    ).toMatchObject({ phase: 'resolved', restoredAt: minute(3) });
  });

  it('comes by rule after thirty quiet minutes, never before, and never for a critical one', () => {
    expect(resolvedByRuleAt(quietIncident())).toBe(minute(40));
    expect(resolveByRule(quietIncident(), minute(39)).events).toEqual([]);
    expect(resolveByRule(quietIncident(), minute(40)).incident).toMatchObject({
      phase: 'resolved',
      restoredAt: minute(10),
      changedBy: { kind: 'rule' },
    });
    const critical = quietIncident({ derived: { severity: 'critical', reasons: ['society-out'] } });
    expect(resolveByRule(critical, minute(90)).events).toEqual([]);
    expect(timersOf(critical).map((timer) => timer.kind)).toEqual(['hold-down-ended']);
  });

  it('does not come by rule where a person said that more is hit than alarms tell of', () => {
    const wider = quietIncident({
      statedScope: { services: ['sms'], elements: [], areas: ['NO-46'] },
    });
    expect(resolvedByRuleAt(wider)).toBeNull();
  });

  it('I-3: a desk’s word that came before the last clear acts at the end of the hold-down', () => {
    const desk: Actor = { kind: 'desk', system: 'noc-desk', operator: 'op-117' };
    const stated = restoreStated(anIncident(), desk, null, minute(4));
    expect(stated.incident).toMatchObject({
      phase: 'acknowledged',
      restoreStated: { by: desk, at: minute(4) },
    });
    expect(holdDownEnded({ ...stated.incident, alarms: quiet }, minute(15)).incident).toMatchObject(
      { phase: 'resolved', changedBy: desk },
    );
  });

  it('a desk’s word does not hold for an alarm that began after it', () => {
    const stated = restoreStated(anIncident(), person, null, minute(4)).incident;
    const began = (n: number) => ({
      ...nobodyJoined,
      spans: [{ from: minute(n), to: minute(n) }],
    });
    const tally = { count: 2, activeCount: 2, lastClearedAt: null };
    expect(alarmsChanged(stated, tally, began(5), minute(6)).incident.restoreStated).toBeNull();
    expect(alarmsChanged(stated, tally, began(3), minute(6)).incident.restoreStated).not.toBeNull();
  });

  it('a ring that comes too late or too early does nothing', () => {
    expect(holdDownEnded(anIncident(), minute(15)).events).toEqual([]);
    expect(holdDownEnded(quietIncident(), minute(14)).events).toEqual([]);
    expect(holdDownEnded(quietIncident({ phase: 'resolved' }), minute(15)).events).toEqual([]);
    expect(holdDownEnded(quietIncident(), minute(15)).events.map((event) => event.type)).toEqual([
      'restorable',
    ]);
  });

  it('may be taken back until it is closed', () => {
    const resolved = anIncident({ phase: 'resolved', restoredAt: minute(1) });
    expect(reopen(resolved, person, 'it is back', minute(5)).incident).toMatchObject({
      phase: 'inProgress',
      restoredAt: null,
    });
    const { incident } = close(resolved, person, minute(5));
    expect(codeOf(() => reopen(incident, person, 'it is back', minute(6)))).toBe(
      'illegal-transition',
    );
    expect(codeOf(() => reopen(anIncident(), person, 'x', minute(6)))).toBe('illegal-transition');
  });

  it('cancels what was none, and rejects only what nobody has taken up', () => {
    expect(cancel(anIncident(), person, 'a test cabinet', minute(5)).incident.phase).toBe(
      'cancelled',
    );
    expect(codeOf(() => cancel(anIncident({ phase: 'closed' }), person, 'x', minute(5)))).toBe(
      'incident-is-over',
    );
    expect(codeOf(() => reject(anIncident({ phase: 'inProgress' }), person, 'x', minute(5)))).toBe(
      'illegal-transition',
    );
  });
});

describe('a merge', () => {
  const command = {
    by: person,
    reason: null,
    tally: { count: 2, activeCount: 2, lastClearedAt: null },
  };
  const child = anIncident({
    startedAt: minute(-3),
    alarmedScope: { services: ['sms'], elements: ['site/NO/2'], areas: [] },
  });
  const parent = anIncident({ incidentId: other, number: 'NO-2026-0043' });

  it('goes on in the parent with all that both covered, and closes the child without cancelling it', () => {
    const merged = merge(child, parent, command, minute(5));
    expect(merged.child.incident).toMatchObject({ phase: 'closed', mergedInto: other });
    expect(merged.child.events.map((event) => event.type)).toEqual(['merged']);
    expect(scopeOf(merged.parent.incident)).toEqual({
      services: ['mobile-voice', 'sms'],
      elements: ['site/NO/2', 'site/NO/20417'],
      areas: [],
    });
    expect(merged.parent.incident).toMatchObject({
      startedAt: minute(-3),
      alarms: command.tally,
      version: 2,
    });
  });

  it.each<[string, Partial<Incident>]>([
    ['merge-into-itself', { incidentId: child.incidentId }],
    ['merge-across-countries', { country: 'SE' }],
    ['merge-across-modes', { mode: 'EXERCISE' }],
    ['incident-is-over', { phase: 'resolved' }],
  ])('%s', (code, different) => {
    expect(codeOf(() => merge(child, { ...parent, ...different }, command, minute(5)))).toBe(code);
  });
});

describe('who is hit', () => {
  const hit = {
    subscriptions: 5,
    customers: 5,
    class0Out: 1,
    class0Partly: 0,
    class1: 0,
    wholeCounties: [],
  };

  it('says how bad it is, and tells so only when that changes', () => {
    const first = whoIsHit(anIncident(), hit, 1, minute(5));
    expect(first.events).toMatchObject([{ type: 'updated', changed: ['severity'] }]);
    const second = whoIsHit(first.incident, { ...hit, subscriptions: 9 }, 2, minute(6));
    expect(second.events.map((event) => event.type)).toEqual(['recorded']);
  });

  it('never by an older snapshot, and never after the end', () => {
    const second = whoIsHit(anIncident(), hit, 2, minute(5)).incident;
    expect(whoIsHit(second, { ...hit, class0Out: 0 }, 1, minute(6)).events).toEqual([]);
    expect(whoIsHit(anIncident({ phase: 'resolved' }), hit, 1, minute(6)).events).toEqual([]);
  });

  it('does not move what a person said with a reason', () => {
    const stated = changeFacts(
      anIncident(),
      { severity: { severity: 'minor', reason: 'a test cabinet' } },
      person,
      minute(1),
    ).incident;
    expect(whoIsHit(stated, hit, 1, minute(5)).events.map((event) => event.type)).toEqual([
      'recorded',
    ]);
  });
});
