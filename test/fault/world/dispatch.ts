import type { IncidentView, ShownMessage } from '@varde/contracts';
import { Client } from 'pg';
import { until } from '../../../tools/system/until';
import { approvalOf } from '../../acceptance/world/story';
import type { FaultWorld } from './fault-world';
import { crowd } from './people';
import { takenFrom } from './provider-list';

/** A dispatch that is on its way. */
export interface OnItsWay {
  readonly incidentId: string;
  readonly dispatchId: string;
}

/** What waits for approval, and the places that it is about. */
export interface Drafted {
  readonly incident: IncidentView;
  readonly areas: readonly string[];
  readonly drafts: readonly ShownMessage[];
}

const largestReachOfOne = 100_000;
// A million rows take their time; what hangs is seen by `cameToRest`, which waits as long as something moves.
const longMs = 600_000;

/** Reports an outage that hits so many private people, and waits for the words. */
export async function drafted(
  { scene }: FaultWorld,
  reference: string,
  recipients: number,
): Promise<Drafted> {
  const town = await scene.town(crowd('p', recipients));
  const incident = await scene.reports({ reference, areas: town.areas });
  const drafts = await scene.drafts(incident.incidentId);
  expect(drafts.reduce((sum, draft) => sum + draft.reach, 0)).toBe(recipients);
  return { incident, areas: town.areas, drafts };
}

/** Lets go what was drafted, by as many approvers as its reach asks for. */
export async function approved({ scene }: FaultWorld, waiting: Drafted): Promise<OnItsWay> {
  const { incidentId } = waiting.incident;
  await scene.approved(waiting.drafts);
  if (waiting.drafts.some((draft) => draft.reach > largestReachOfOne))
    await scene.otherColleague.post('/messages/approve', approvalOf(waiting.drafts), true);
  const sent = waiting.drafts.map((draft) => draft.messageId);
  const dispatch = (await scene.dispatches(incidentId)).find((one) => sent.includes(one.messageId));
  if (!dispatch) throw new Error(`${waiting.incident.reference} was approved and not dispatched`);
  return { incidentId, dispatchId: dispatch.dispatchId };
}

/** A dispatch to so many private people, on its way. */
export const dispatched = async (
  world: FaultWorld,
  reference: string,
  recipients: number,
): Promise<OnItsWay> => approved(world, await drafted(world, reference, recipients));

/** Waits until a dispatch has become rows. */
export const planned = ({ superuser }: FaultWorld, dispatchId: string): Promise<unknown> =>
  until(
    'the fan-out to end',
    async () => {
      const { rowCount } = await superuser.query(
        `select from delivery.fan_out where dispatch_id = $1 and done_at is not null`,
        [dispatchId],
      );
      return rowCount === 1;
    },
    longMs,
  );

/** Waits for a moment of the dispatch: so many rows have left `pending`. */
export const leftPending = (
  { superuser }: FaultWorld,
  dispatchId: string,
  count: number,
): Promise<unknown> =>
  until(
    `${count} rows to have left`,
    async () => {
      const { rows } = await superuser.query<{ n: string | null }>(
        `select coalesce((select planned from delivery.fan_out where dispatch_id = $1), 0)
              - coalesce((select sum(n) from delivery.lane_count where dispatch_id = $1 and state = 'pending'), 0) as n`,
        [dispatchId],
      );
      return Number(rows[0]?.n ?? 0) >= count;
    },
    longMs,
  );

/** Waits until the courier has claimed more of a dispatch than it had when this was asked, or nothing is left to be claimed. */
export async function sendsOn({ superuser }: FaultWorld, dispatchId: string): Promise<void> {
  const look = async (): Promise<{ intents: number; pending: number }> => {
    const { rows } = await superuser.query<{ intents: number; pending: number | null }>(
      `select (select count(*)::int from delivery.attempt where dispatch_id = $1) as intents,
              (select sum(n)::int from delivery.lane_count where dispatch_id = $1 and state = 'pending') as pending`,
      [dispatchId],
    );
    return { intents: rows[0]?.intents ?? 0, pending: rows[0]?.pending ?? Infinity };
  };
  const { intents: before } = await look();
  await until(
    'the courier to send on',
    async () => {
      const { intents, pending } = await look();
      return intents > before || pending === 0;
    },
    longMs,
  );
}

const standsStillMs = 2_000;
const hangsMs = 240_000;

/**
 * Everything has ended. Time is moved past leases and settle delays whenever nothing moves by itself, a little at a time: a text
 * lives an hour and a half.
 *
 * @throws Error when nothing has changed for four minutes
 */
export async function cameToRest({ scene }: FaultWorld, incidentId: string): Promise<void> {
  let [seen, changedAt, movedAt] = ['', performance.now(), performance.now()];
  await until(
    'every row to end',
    async () => {
      const { lines, balances } = await scene.ledger(incidentId);
      const isOver = lines.every((line) => line.open === 0 && line.unknown === 0);
      if (balances && lines.length > 0 && isOver) return true;
      const now = performance.now();
      const shown = JSON.stringify(lines);
      if (shown !== seen) [seen, changedAt] = [shown, now];
      if (now - changedAt > hangsMs) throw new Error(`Nothing moves any more: ${shown}`);
      if (now - Math.max(changedAt, movedAt) < standsStillMs) return false;
      movedAt = now;
      await scene.clock.forward({ seconds: 16 }).catch((cause: unknown) => {
        // A program that is just being started again does not follow the clock yet; the next move reaches it.
        if (!String(cause).includes('did not follow')) throw cause;
      });
      return false;
    },
    8 * 3_600_000,
  );
}

/** What the courier's door hands out of a dispatch to private people, asked as the courier asks. @returns the references of the intents */
export async function claimedBy(
  { system }: FaultWorld,
  dispatchId: string,
): Promise<readonly string[]> {
  const courier = new Client({ connectionString: system.installation.urlFor('varde_courier') });
  await courier.connect();
  try {
    const { rows } = await courier.query<{ ref: string }>(
      `select ref from delivery.claim($1, 'sms', 3, 'twilio', 500, (select epoch from delivery.site))`,
      [dispatchId],
    );
    return rows.map(({ ref }) => ref);
  } finally {
    await courier.end();
  }
}

/** How many rows of a dispatch stand in each state. */
export async function statesOf(
  { superuser }: FaultWorld,
  dispatchId: string,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await superuser.query<{ state: string; n: number }>(
    `select state, count(*)::int as n from delivery.delivery where dispatch_id = $1 group by state`,
    [dispatchId],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** 0 lost: every row says that the provider took it, and the provider's own list says so too, whatever we have settled. */
export async function tookAll(
  world: FaultWorld,
  dispatchId: string,
  recipients: number,
): Promise<void> {
  const { accepted = 0, delivered = 0, ...others } = await statesOf(world, dispatchId);
  expect({ taken: accepted + delivered, others }).toEqual({ taken: recipients, others: {} });
  const { rows: intents } = await world.superuser.query<{ ref: string; recipient_id: string }>(
    `select ref, recipient_id from delivery.attempt where dispatch_id = $1`,
    [dispatchId],
  );
  const recipientOf = new Map(intents.map(({ ref, recipient_id }) => [ref, recipient_id]));
  const reached = new Set<string>();
  for await (const { ref } of takenFrom(world, 0)) {
    const recipient = recipientOf.get(ref);
    if (recipient !== undefined) reached.add(recipient);
  }
  expect({ reached: reached.size }).toEqual({ reached: recipients });
}

/** 0 lost, 0 proven duplicates: the provider's own ledger against ours. */
export async function provenBy(
  world: FaultWorld,
  dispatchId: string,
  recipients: number,
): Promise<void> {
  await tookAll(world, dispatchId, recipients);
  const twice = await world.scene.sandbox.get<{ duplicates: unknown[] }>(
    '/control/ledger/duplicates?kind=sms&by=to,body',
  );
  expect(twice.duplicates).toEqual([]);
}
