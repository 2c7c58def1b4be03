import { Refusal } from '@varde/kernel';
import { isOpen } from '../correlation/join';
import type { Incident } from './incident';

/**
 * Refuses a change of an incident that does not go on any more.
 *
 * @throws Refusal `incident-is-over`
 */
export function mustBeOpen(incident: Incident): void {
  if (isOpen(incident.phase)) return;
  const advice =
    incident.phase === 'resolved' ? 'reopen it first' : 'raise a new one that refers to it';
  throw new Refusal('incident-is-over', `${incident.number} is ${incident.phase}; ${advice}.`, {
    number: incident.number,
    phase: incident.phase,
  });
}
