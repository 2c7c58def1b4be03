import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '@varde/kernel';
import {
  eventCatalog,
  jobCatalog,
  type EventName,
  type EventPayload,
  type JobName,
} from '@varde/contracts';
import type { Tx } from '@varde/platform-database';

/** How the relay learns that something waits: called in this process after the commit, or notified where it is another one. */
export type Wake = 'notify' | (() => void);

/**
 * Facts and jobs, written in the transaction that changed the row and published by the relay after it. Nothing is published
 * that was rolled back, and nothing committed is forgotten.
 *
 * @source `architecture.md` §7, I-8, I-9
 */
export class Outbox {
  constructor(private readonly wake: Wake) {}

  /** Says a public fact. @param key the aggregate's id: facts of one aggregate keep their order */
  async add<Name extends EventName>(
    tx: Tx,
    name: Name,
    key: string,
    payload: EventPayload<Name>,
  ): Promise<void> {
    const entry = eventCatalog[name];
    await tx.query(
      `insert into platform.outbox (id, topic, key, type, payload, headers) values ($1, $2, $3, $4, $5, $6)`,
      [
        randomUUID(),
        entry.topic,
        key,
        name,
        JSON.stringify(payload),
        JSON.stringify({ ce_source: `/varde/${entry.owner}` }),
      ],
    );
    await this.ring(tx);
  }

  /** Asks for work; asking again for the same work changes nothing. @param dueAt an alarm in the future, else at once */
  async requestJobs<Name extends JobName>(
    tx: Tx,
    name: Name,
    queueOf: (data: JobData<Name>) => string,
    list: readonly JobData<Name>[],
    dueAt?: Instant,
  ): Promise<void> {
    if (list.length === 0) return;
    const idOf = jobCatalog[name].idOf as (data: JobData<Name>) => string;
    await tx.query(
      `insert into platform.job_request (queue, job_id, data, due_at)
       select q, i, d::jsonb, $4 from unnest($1::text[], $2::text[], $3::text[]) as x (q, i, d)
       on conflict (job_id) do nothing`,
      [
        list.map(queueOf),
        list.map(idOf),
        list.map((data) => JSON.stringify(data)),
        dueAt === undefined ? null : toIso(dueAt),
      ],
    );
    await this.ring(tx);
  }

  private async ring(tx: Tx): Promise<void> {
    if (this.wake === 'notify') await tx.query(`select pg_notify('varde_outbox', '')`);
    else tx.afterCommit(this.wake);
  }
}

/** What a job of this kind carries. */
export type JobData<Name extends JobName> = Parameters<(typeof jobCatalog)[Name]['idOf']>[0];
