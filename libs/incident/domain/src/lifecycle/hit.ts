import type { Instant } from '@varde/kernel';
import { isOpen } from '../correlation/join';
import { deriveSeverity } from '../severity/derive';
import type { HitFigures } from '../severity/hit-figures';
import { severityInForce } from '../severity/judge';
import { decided, unchanged, type Decided } from './evolve';
import type { Incident } from './incident';

/**
 * The audience resolved who is hit: the severity follows. An older snapshot than the one already seen changes nothing, and so does
 * one of an incident that is over: who was hit then is history.
 *
 * @source invariants §2.5, "Severity of an incident"
 */
export function whoIsHit(
  incident: Incident,
  hit: HitFigures,
  snapshotVersion: number,
  now: Instant,
): Decided {
  if (snapshotVersion <= incident.hitVersion || !isOpen(incident.phase)) return unchanged(incident);
  const derived = deriveSeverity({ ...incident, hit });
  const patch = { hit, hitVersion: snapshotVersion, derived };
  const isNew =
    severityInForce(derived, incident.stated) !==
    severityInForce(incident.derived, incident.stated);
  const by = { kind: 'rule' } as const;
  return isNew
    ? decided(incident, { type: 'updated', at: now, by, changed: ['severity'], patch })
    : decided(incident, { type: 'recorded', at: now, by, patch });
}
