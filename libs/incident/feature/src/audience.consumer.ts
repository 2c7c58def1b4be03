import type { FactHandlers } from '@varde/platform-kafka';
import type { Clock } from '@varde/kernel';
import type { IncidentService } from './incident.service';

/**
 * What the incident does with the facts of other contexts. A repeat, or an older snapshot that comes late, changes nothing. Only
 * who is hit by a living incident says how bad it is; the snapshot of its end does not.
 */
export const audienceFacts = (incidents: IncidentService, clock: Clock): FactHandlers => ({
  'audience.resolved.v1': async (tx, { incident, occasion, hit, snapshotVersion }) => {
    if (occasion !== 'hit') return;
    await incidents.audienceResolved(tx, incident.incidentId, hit, snapshotVersion, clock.now());
  },
});
