import type { FactHandlers } from '@varde/platform-kafka';
import { AreaNamesRepository } from '../texts/area-names.repository';
import type { OccasionService } from './occasion.service';

/** What communication does with the facts of others. Each is idempotent by its row: a repeat, or a late one, changes nothing. */
export function communicationFacts(occasions: OccasionService): FactHandlers {
  const areaNames = new AreaNamesRepository();
  return {
    'incident.updated.v1': (tx, { incident }) => occasions.hear(tx, incident),
    'incident.merged.v1': (tx, { incident }) => occasions.hear(tx, incident),
    'audience.resolved.v1': (tx, resolved) => occasions.take(tx, resolved),
    'audience.areas-named.v1': (tx, named) => areaNames.store(tx, named),
    // How many rows a dispatch became stands in delivery's own account; the draft's history says that it is complete.
    'delivery.planned.v1': async (tx, { dispatchId, planned }) => {
      await tx.query(
        `insert into communication.draft_event (message_id, version, what, reason)
         select message_id, version, 'dispatched', $2 from communication.dispatch where id = $1`,
        [dispatchId, `${planned} rows planned`],
      );
    },
  };
}
