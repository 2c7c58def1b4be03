import type { Occasion } from '@varde/audience-domain';
import type { AudienceResolved, EventPayload, IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { mergeAudience } from './merge-incidents';
import { resolveAudience } from './resolve-audience';

/** The part of the outbox that the audience writes to. */
export interface AudienceOutbox {
  add(tx: Tx, name: 'audience.resolved.v1', key: string, payload: AudienceResolved): Promise<void>;
}

/** What the last step of an incident asks of its audience. */
const occasionOf = (incident: IncidentFacts): Occasion => {
  if (incident.phase === 'cancelled' || incident.phase === 'rejected') return 'cancelled';
  return incident.phase === 'resolved' || incident.phase === 'closed' ? 'end' : 'hit';
};

/**
 * Facts of incidents become snapshots, and the snapshot a fact of its own, in the transaction that keeps the offset. A
 * repeat finds its snapshot and tells nothing again; a late one, older than what was resolved, changes nothing; a poisoned
 * one never gets here, since the consumer parses.
 *
 * @source architecture §4
 */
export class AudienceFactHandlers {
  constructor(private readonly outbox: AudienceOutbox) {}

  /** Handlers by event, for the consumer of the audience. */
  readonly handlers = {
    'incident.declared.v1': (
      tx: Tx,
      { incident }: EventPayload<'incident.declared.v1'>,
    ): Promise<void> => this.resolve(tx, incident, 'hit', []),
    // How bad it is and who works on it concern nobody who is told: the audience stays as it is.
    'incident.updated.v1': async (
      tx: Tx,
      { incident, changed }: EventPayload<'incident.updated.v1'>,
    ): Promise<void> => {
      const concernsNobody =
        changed.length > 0 && changed.every((one) => one === 'severity' || one === 'phase');
      if (!concernsNobody || occasionOf(incident) !== 'hit')
        await this.resolve(tx, incident, occasionOf(incident), changed);
    },
    'incident.reopened.v1': (
      tx: Tx,
      { incident }: EventPayload<'incident.reopened.v1'>,
    ): Promise<void> => this.resolve(tx, incident, 'hit', ['phase']),
    'incident.resolved.v1': (
      tx: Tx,
      { incident }: EventPayload<'incident.resolved.v1'>,
    ): Promise<void> => this.resolve(tx, incident, 'end', ['phase']),
    'incident.cancelled.v1': (
      tx: Tx,
      { incident }: EventPayload<'incident.cancelled.v1'>,
    ): Promise<void> => this.resolve(tx, incident, 'cancelled', ['phase']),
    'incident.merged.v1': async (
      tx: Tx,
      { incident }: EventPayload<'incident.merged.v1'>,
    ): Promise<void> => this.tell(tx, await mergeAudience(tx, incident)),
  };

  private async resolve(
    tx: Tx,
    incident: IncidentFacts,
    occasion: Occasion,
    changed: AudienceResolved['changed'],
  ): Promise<void> {
    await this.tell(tx, await resolveAudience(tx, { incident, occasion, changed }));
  }

  private async tell(tx: Tx, resolved: AudienceResolved | undefined): Promise<void> {
    if (resolved)
      await this.outbox.add(tx, 'audience.resolved.v1', resolved.incident.incidentId, resolved);
  }
}
