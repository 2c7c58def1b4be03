import { Refusal, toIso, type Instant } from '@varde/kernel';
import { isOpen } from '../correlation/join';
import { decided, unchanged, type Decided } from './evolve';
import { resolvedByRuleAt, restorableFrom } from './hold-down';
import type { Actor, Incident } from './incident';
import { mustBeOpen } from './refusals';

/** Why an incident may not be called restored yet. */
export type NotYet =
  | { readonly why: 'alarms-still-active'; readonly activeCount: number }
  | { readonly why: 'hold-down-running'; readonly until: Instant };

/**
 * What stands against calling it restored now; null when nothing does. Without alarms a person's word is enough.
 *
 * @source D-13; invariants §2.4: all its alarms, a hold-down time and a confirmed restore
 */
export function notYetRestored(incident: Incident, now: Instant): NotYet | null {
  const { count, activeCount } = incident.alarms;
  if (count === 0) return null;
  if (activeCount > 0) return { why: 'alarms-still-active', activeCount };
  const from = restorableFrom(incident);
  return from !== null && now < from ? { why: 'hold-down-running', until: from } : null;
}

/**
 * A person says that service is back. With a reason it holds whatever the alarms say: they saw it with their own eyes.
 *
 * @throws Refusal `incident-is-over`, `alarms-still-active`, `hold-down-running`
 */
export function resolve(
  incident: Incident,
  command: { by: Actor; reason: string | null; restoredAt?: Instant | undefined },
  now: Instant,
): Decided {
  mustBeOpen(incident);
  const notYet = command.reason === null ? notYetRestored(incident, now) : null;
  if (notYet) throw refusalOf(incident, notYet);
  return resolved(
    incident,
    command.by,
    command.restoredAt ?? restoredSince(incident, now),
    command.reason,
    now,
  );
}

/**
 * A desk's report says that service is back. Its alarms may clear before or after (I-3), so what stands against it only delays:
 * the word is kept, and the end of the hold-down acts on it.
 */
export function restoreStated(
  incident: Incident,
  by: Actor,
  reason: string | null,
  now: Instant,
): Decided {
  mustBeOpen(incident);
  if (reason === null && notYetRestored(incident, now))
    return decided(incident, { type: 'restore-stated', at: now, by, saidAt: now });
  return resolve(incident, { by, reason }, now);
}

/** The hold-down is over: resolved if a person already said so; otherwise a person is asked to confirm. A stale ring does nothing. */
export function holdDownEnded(incident: Incident, now: Instant): Decided {
  const from = restorableFrom(incident);
  if (from === null || now < from) return unchanged(incident);
  if (incident.restoreStated !== null) {
    return resolved(incident, incident.restoreStated.by, restoredSince(incident, now), null, now);
  }
  return decided(incident, { type: 'restorable', at: now, by: { kind: 'rule' } });
}

/** Nobody acted: the rule resolves what is not critical. A stale ring does nothing. @source invariants §2.4 */
export function resolveByRule(incident: Incident, now: Instant): Decided {
  const at = resolvedByRuleAt(incident);
  if (at === null || now < at) return unchanged(incident);
  return resolved(incident, { kind: 'rule' }, restoredSince(incident, now), null, now);
}

/**
 * It is not over after all.
 *
 * @throws Refusal `illegal-transition` once it was closed: a later relapse is a new incident that refers to the old
 */
export function reopen(incident: Incident, by: Actor, reason: string, now: Instant): Decided {
  if (isOpen(incident.phase)) {
    throw new Refusal(
      'illegal-transition',
      `${incident.number} is ${incident.phase}, so it needs no reopening.`,
      { number: incident.number, from: incident.phase },
    );
  }
  return decided(incident, { type: 'reopened', at: now, by, reason });
}

// Service came back with the last clear; without alarms nobody knows better than the one who says so.
const restoredSince = (incident: Incident, now: Instant): Instant =>
  incident.alarms.lastClearedAt ?? now;

const resolved = (
  incident: Incident,
  by: Actor,
  restoredAt: Instant,
  reason: string | null,
  at: Instant,
): Decided => decided(incident, { type: 'resolved', at, by, restoredAt, reason });

function refusalOf(incident: Incident, notYet: NotYet): Refusal {
  const facts = { number: incident.number };
  if (notYet.why === 'alarms-still-active') {
    const what = notYet.activeCount === 1 ? 'one alarm is' : `${notYet.activeCount} alarms are`;
    return new Refusal(
      'alarms-still-active',
      `${incident.number} is not over: ${what} still active; wait for the clear, or say in a reason how you know.`,
      { ...facts, activeCount: notYet.activeCount },
    );
  }
  const until = toIso(notYet.until);
  return new Refusal(
    'hold-down-running',
    `${incident.number} may be called restored from ${until}, when it has been quiet long enough; wait, or say in a reason how you know.`,
    { ...facts, until },
  );
}
