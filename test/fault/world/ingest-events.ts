import { freePort, type Program } from '@varde/local';
import type { Pool } from 'pg';
import type { NetworkRecord } from '../../../tools/system/network';
import { until } from '../../../tools/system/until';
import type { FaultWorld } from './fault-world';
import { planOf } from './programs';

/** Alarms that no topology knows: each is heard, and declares nothing. Two events each, so that order within an alarm matters. */
export function numberedEvents(
  { scene }: FaultWorld,
  name: string,
  count: number,
): readonly NetworkRecord[] {
  const raisedAt = scene.clock.now();
  return Array.from({ length: count }, (_, i) => {
    const alarm = {
      id: `${name}-${Math.floor(i / 2)}`,
      country: 'NO',
      element: 'site/NO/not-in-any-topology',
      services: ['mobile-voice'],
      raisedAt,
    } as const;
    const state = i % 2 === 0 ? 'raised' : 'updated';
    return scene.network.alarmRecord(alarm, state, (i % 2) + 1, raisedAt);
  });
}

/** Publishes them in order, a batch again when the broker did not acknowledge it. @param perSecond a steady load, else as fast as it goes */
export async function publishes(
  { scene }: FaultWorld,
  records: readonly NetworkRecord[],
  perSecond = Infinity,
): Promise<void> {
  const atOnce = 100;
  const began = performance.now();
  for (let from = 0; from < records.length; from += atOnce) {
    await until('the broker to take a batch', () =>
      scene.network.publishes(records.slice(from, from + atOnce)).then(
        () => true,
        () => false,
      ),
    );
    const dueIn = ((from + atOnce) / perSecond) * 1_000 - (performance.now() - began);
    if (dueIn > 0) await new Promise((go) => setTimeout(go, dueIn));
  }
}

/** How many events of these alarms stand in the inbox or among the dead letters. */
export async function arrived(pool: Pool, name: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from incident.alarm_event e join incident.alarm a on a.n = e.alarm_n where a.alarm_id like $1)::int
          + (select count(*) from incident.dead_letter where convert_from(key, 'UTF8') like $1)::int as n`,
    [`${name}-%`],
  );
  return rows[0]?.n ?? 0;
}

/** Nothing lost, nothing twice: the set that was published is the set in the inbox, and each alarm has heard each of its events once. */
export async function expectEachOnce(
  pool: Pool,
  name: string,
  records: readonly NetworkRecord[],
): Promise<void> {
  const { rows: events } = await pool.query<{ id: string }>(
    `select e.event_id as id from incident.inbox_event e join incident.inbox_record r on r.n = e.record_n
      where convert_from(r.key, 'UTF8') like $1 order by 1`,
    [`${name}-%`],
  );
  expect(events.map(({ id }) => id)).toEqual(records.map(({ headers }) => headers['ce_id']).sort());
  const { rows: heard } = await pool.query<{ alarms: number; events: number; odd: number }>(
    `select count(*)::int as alarms, sum(event_count)::int as events, count(*) filter (where event_count <> 2)::int as odd
       from incident.alarm where alarm_id like $1`,
    [`${name}-%`],
  );
  expect(heard).toEqual([{ alarms: records.length / 2, events: records.length, odd: 0 }]);
}

/** Another engine beside the first: it joins the groups, and leaves them when it is stopped. */
export async function secondEngine(world: FaultWorld): Promise<Program> {
  const port = await freePort();
  const plan = planOf(world, 'engine', { VARDE_ENGINE_PORT: String(port) });
  return world.system.stack.startProgram({
    ...plan,
    name: 'second-engine',
    ready: { url: `http://127.0.0.1:${port}/health/ready` },
  });
}
