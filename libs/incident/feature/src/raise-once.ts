import type { Incident } from '@varde/incident-domain';
import type { Tx } from '@varde/platform-database';
import { IncidentRepository } from './incident.repository';
import type { Act, IncidentService } from './incident.service';
import type { Raise } from './report.service';

/** Stands for our own door where a desk's source would stand: `(source, reference, mode)` is one incident. */
export const ownDoor = '/varde/api';

/** What became of a raise. */
export interface Raised {
  readonly incident: Incident;
  /** It had been raised under this reference before: nothing was changed. */
  readonly wasRaisedBefore: boolean;
}

/**
 * Raises an incident, once for each reference: a second click and a lost answer make no second incident. Whoever repeats it is
 * answered with the incident as it stands now.
 *
 * @throws Refusal of {@link IncidentService.raise}
 */
export async function raiseOnce(
  tx: Tx,
  incidents: IncidentService,
  command: Raise & { readonly reference: string | undefined },
  act: Act,
): Promise<Raised> {
  const { reference, ...raise } = command;
  if (reference === undefined) {
    return { incident: await incidents.raise(tx, raise, act), wasRaisedBefore: false };
  }
  const repository = new IncidentRepository();
  await tx.query(`select pg_advisory_xact_lock(4716, hashtext($1))`, [
    `${raise.mode} ${reference}`,
  ]);
  const before = await repository.byReference(tx, ownDoor, reference, raise.mode);
  if (before) return { incident: before, wasRaisedBefore: true };
  const raised = await incidents.raise(tx, raise, act);
  const incident = {
    ...raised,
    report: { sourceId: ownDoor, reference, sequence: 0, phaseSequence: 0 },
  };
  await repository.keep(tx, incident);
  return { incident, wasRaisedBefore: false };
}
