import type { FactHandlers } from '@varde/platform-kafka';
import type { FanOut } from './fan-out.service';
import { noteMerged } from './family';

/** What delivery does with the facts of others. Each is idempotent by its row: a repeat, or a late one, changes nothing. */
export const deliveryFacts = (fanOut: FanOut): FactHandlers => ({
  'message.dispatched.v1': (tx, dispatched) => fanOut.begin(tx, dispatched),
  // Whoever was told of the start by the merged incident is told of the end by the one that took it over.
  'incident.merged.v1': async (tx, { incident }) => {
    if (incident.mergedInto) await noteMerged(tx, [incident.incidentId], incident.mergedInto);
  },
  'staff-notice.requested.v1': async (tx, notice) => {
    await tx.query(
      `insert into delivery.notice (id, person_id, channel, kind, facts)
       select md5($1 || c)::uuid, $2, c, $3, $4 from unnest(array['sms', 'email']) c on conflict do nothing`,
      [notice.noticeId, notice.personId, notice.kind, JSON.stringify(notice.facts)],
    );
  },
});
