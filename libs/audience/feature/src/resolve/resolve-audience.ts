import { randomUUID } from 'node:crypto';
import { serviceMask, type Occasion } from '@varde/audience-domain';
import type { AudienceResolved, IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { fillChoice } from './choice.sql';
import * as hit from './hit.sql';
import {
  lastSnapshot,
  lockIncident,
  markTakenIn,
  noteAbsorbed,
  mergedAt,
  predecessors,
  snapshotOfOccasion,
  type KeptSnapshot,
  type Predecessor,
} from './previous-snapshots';
import { prepareScratch, today } from './scratch.sql';
import { insertCarried, insertSnapshot, insertUnreachable } from './snapshot.sql';

/** What to resolve, and why. */
export interface ResolveAudience {
  readonly incident: IncidentFacts;
  readonly occasion: Occasion;
  /** Passed on: what the incident's last change touched. */
  readonly changed: AudienceResolved['changed'];
}

/**
 * Who is hit by an incident, whom to tell and on what, as the incident's next snapshot, in the caller's transaction under
 * the role of the audience. A repeat answers the snapshot that is there and writes nothing.
 *
 * @returns undefined where there is nothing to say: a test, a version older than the last one resolved, an incident that
 *          was merged into another
 * @source  invariants §2.5, DL-2, DL-14
 */
export async function resolveAudience(
  tx: Tx,
  request: ResolveAudience,
): Promise<AudienceResolved | undefined> {
  const { incident, occasion } = request;
  if (incident.mode === 'TEST') return undefined;
  await lockIncident(tx, incident.incidentId);
  const known = await snapshotOfOccasion(tx, incident.incidentId, incident.version, occasion);
  if (known) return payload(request, known, await areasToName(tx, incident));
  const last = await lastSnapshot(tx, incident.incidentId);
  if (last && incident.version < last.incidentVersion) return undefined;
  const gaveAwayAt = await mergedAt(tx, incident.incidentId);
  if (gaveAwayAt !== undefined && (incident.version <= gaveAwayAt || incident.mergedInto !== null))
    return undefined;
  // An incident that lives again after its merge begins anew: its people stand with the other one.
  const own =
    last && (gaveAwayAt === undefined || last.incidentVersion > gaveAwayAt) ? [last.id] : [];
  await noteAbsorbed(tx, incident.incidentId, incident.absorbed ?? []);
  const taken = await predecessors(tx, incident.incidentId);
  const previous = [...own, ...taken.flatMap((one) => one.snapshotId ?? [])];
  const snapshot = await write(tx, request, (last?.version ?? 0) + 1, previous, taken);
  return payload(request, snapshot, await areasToName(tx, incident));
}

async function write(
  tx: Tx,
  request: ResolveAudience,
  version: number,
  previous: readonly string[],
  taken: readonly Predecessor[],
): Promise<KeptSnapshot> {
  const { incident, occasion } = request;
  await tx.query(prepareScratch);
  const [days] = await tx.query<{ days: string[] }>(today);
  if (!days) throw new Error('The database did not say what day it is.');
  if (occasion === 'hit') await findHit(tx, incident, days.days);
  await findConcerned(tx, days.days, previous, request);
  const [figures] = await tx.query<KeptSnapshot['hit']>(hit.readHitFigures, [days.days]);
  if (!figures) throw new Error('The database did not say who is hit.');
  const hasPrevious = previous.length > 0;
  const topic = isAhead(incident) ? 'planned-work' : 'outage';
  await tx.query(fillChoice(hasPrevious), [
    days.days,
    incident.emergencyCalls === 'affected',
    topic,
  ]);
  await tx.query('analyze pg_temp.choice');
  const id = randomUUID();
  if (hasPrevious) await tx.query(insertCarried, [id]);
  const [listed] = await tx.query<{ unreachable: KeptSnapshot['unreachable'] }>(insertUnreachable, [
    id,
  ]);
  const unreachable = listed?.unreachable ?? [];
  const [written] = await tx.query<{ counts: KeptSnapshot['counts'] }>(
    insertSnapshot(hasPrevious),
    [
      id,
      incident.incidentId,
      incident.version,
      version,
      incident.mode,
      occasion,
      JSON.stringify(unreachable),
      JSON.stringify(figures),
    ],
  );
  await markTakenIn(tx, taken, id);
  return {
    id,
    incidentVersion: incident.version,
    version,
    occasion,
    counts: written?.counts ?? [],
    unreachable,
    hit: figures,
  };
}

/** Works are announced before they begin: until then every way to their people is open. @source D-05 */
const isAhead = ({ kind }: IncidentFacts): boolean => kind === 'planned';

async function findHit(tx: Tx, incident: IncidentFacts, days: readonly string[]): Promise<void> {
  const services = serviceMask(incident.services);
  if (incident.areas.length > 0) {
    await tx.query(hit.fillHitAreas, [incident.areas]);
    await tx.query('analyze pg_temp.hit_area');
  }
  await tx.query(hit.fillHitElements, [days, services, incident.elements]);
  await tx.query('analyze pg_temp.hit_element');
  const exercise = incident.mode === 'EXERCISE';
  await tx.query(hit.fillHitSubscriptions(incident.areas.length > 0), [
    days,
    services,
    exercise,
    isAhead(incident),
  ]);
  await tx.query('analyze pg_temp.hit_subscription');
}

async function findConcerned(
  tx: Tx,
  days: readonly string[],
  previous: readonly string[],
  { incident, occasion }: ResolveAudience,
): Promise<void> {
  if (previous.length > 0) {
    await tx.query(hit.fillStanding(previous.length > 1), [previous]);
    await tx.query('analyze pg_temp.standing');
    await tx.query(hit.fillWaiting, [previous]);
    await tx.query('analyze pg_temp.waiting');
  }
  await tx.query(hit.fillConcerned, [days, occasion !== 'cancelled', isAhead(incident)]);
  await tx.query('analyze pg_temp.concerned');
}

/** The incident's own areas, or, where it names elements only, those in which they stand. */
async function areasToName(tx: Tx, incident: IncidentFacts): Promise<string[]> {
  if (incident.areas.length > 0) return [...new Set(incident.areas)].sort();
  const rows = await tx.query<{ area: string }>(
    `select distinct area from audience.element where element_id = any($1) order by 1`,
    [incident.elements],
  );
  return rows.map((row) => row.area);
}

const payload = (
  request: ResolveAudience,
  snapshot: KeptSnapshot,
  namedAreas: string[],
): AudienceResolved => ({
  incident: request.incident,
  occasion: request.occasion,
  changed: request.changed,
  snapshotId: snapshot.id,
  snapshotVersion: snapshot.version,
  namedAreas,
  counts: snapshot.counts,
  unreachable: snapshot.unreachable,
  hit: snapshot.hit,
});
