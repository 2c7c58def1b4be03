import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '@varde/kernel';
import type { IncidentId, IncidentTimer } from '@varde/incident-domain';
import type { Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';

/** A due timer, taken by this transaction. */
export interface DueTimer {
  readonly id: string;
  readonly kind: IncidentTimer['kind'] | 'raise-missing';
  readonly incidentId: IncidentId | null;
  readonly parkedN: string | null;
}

interface TimerRow {
  readonly id: string;
  readonly kind: DueTimer['kind'];
  readonly incident_id: IncidentId | null;
  readonly parked_n: string | null;
}

/** Due instants as rows; a job in BullMQ only wakes us early, the sweeper finds what it missed. @source invariants §3; `style.md` §8 */
export class TimerRepository {
  constructor(private readonly outbox: Outbox) {}

  /** Sets the timers of an incident to exactly these. One that is due at the same instant as before stays as it is. */
  async set(
    tx: Tx,
    incidentId: IncidentId,
    timers: readonly IncidentTimer[],
    now: Instant,
  ): Promise<void> {
    const kinds = timers.map((timer) => timer.kind);
    const dues = timers.map((timer) => toIso(timer.dueAt));
    await tx.query(
      `update incident.timer t set done_at = $4, withdrawn = true
        where incident_id = $1 and done_at is null
          and not exists (select from unnest($2::text[], $3::timestamptz[]) as w (kind, due_at) where w.kind = t.kind and w.due_at = t.due_at)`,
      [incidentId, kinds, dues, toIso(now)],
    );
    for (const timer of timers) await this.add(tx, { ...timer, incidentId, parkedN: null });
  }

  /** A parked report waits no longer than until then. */
  async awaitRaise(tx: Tx, parkedN: string, dueAt: Instant): Promise<void> {
    await this.add(tx, { kind: 'raise-missing', incidentId: null, parkedN, dueAt });
  }

  /** Timers that are due, oldest first; what another sweeper holds is left to it. */
  async due(tx: Tx, now: Instant, limit: number): Promise<readonly DueTimer[]> {
    const rows = await tx.query<TimerRow>(
      `select id, kind, incident_id, parked_n from incident.timer where done_at is null and due_at <= $1
       order by due_at, id limit $2 for update skip locked`,
      [toIso(now), limit],
    );
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      incidentId: row.incident_id,
      parkedN: row.parked_n,
    }));
  }

  /** It rang. */
  async done(tx: Tx, id: string, now: Instant): Promise<void> {
    await tx.query(`update incident.timer set done_at = $2 where id = $1 and done_at is null`, [
      id,
      toIso(now),
    ]);
  }

  private async add(tx: Tx, timer: Omit<DueTimer, 'id'> & { dueAt: Instant }): Promise<void> {
    // A timer of this kind that rang for this very quiet is not set again: it would ring at each event that follows.
    const [row] = await tx.query<{ id: string }>(
      `insert into incident.timer (id, kind, incident_id, parked_n, due_at)
       select $1::uuid, $2::text, $3::uuid, $4::bigint, $5::timestamptz
        where not exists (select from incident.timer where kind = $2 and due_at = $5 and not withdrawn
                            and incident_id is not distinct from $3::uuid and parked_n is not distinct from $4::bigint)
       returning id`,
      [randomUUID(), timer.kind, timer.incidentId, timer.parkedN, toIso(timer.dueAt)],
    );
    if (row)
      await this.outbox.requestJobs(
        tx,
        'timer-alarm',
        () => 'timers',
        [{ timerId: row.id }],
        timer.dueAt,
      );
  }
}
