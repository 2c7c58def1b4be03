import { pauseAfter, spread, triedPauses, type Outcome } from '@varde/delivery-domain';
import { instant, toIso, type Clock } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { Claimed, Lane } from './ports';

/** A call that has ended. */
export interface Ended {
  readonly row: Claimed;
  readonly outcome: Outcome;
}

const settleEveryMs = 1_000;

/**
 * Writes how the calls of one claim ended, in batches: settling one by one halves the rate. None waits longer than a second
 * for its neighbours, for a relay may take ten minutes over one mail, and what is not settled by the end of its lease counts as
 * unknown (invariants §4).
 */
export class Settler {
  private ended: Ended[] = [];
  private timer: NodeJS.Timeout | undefined;
  private last: Promise<void> = Promise.resolve();
  private readonly failures: unknown[] = [];

  constructor(
    private readonly database: Database,
    private readonly lane: Lane,
    private readonly clock: Clock,
  ) {}

  add(ended: Ended): void {
    this.ended.push(ended);
    this.timer ??= setTimeout(() => this.write(), settleEveryMs);
  }

  /** Writes the rest. @throws the first failure; what it held is left to the leases */
  async end(): Promise<void> {
    this.write();
    await this.last;
    if (this.failures.length > 0) throw this.failures[0];
  }

  // One batch after the other: two of one claim at once would want the same counters.
  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.ended;
    this.ended = [];
    if (batch.length === 0) return;
    this.last = this.last
      .then(() => this.settle(batch))
      .catch((cause: unknown) => void this.failures.push(cause));
  }

  private async settle(batch: readonly Ended[]): Promise<void> {
    const settled = batch.filter(({ outcome }) => outcome.kind !== 'deferred');
    await this.database.transaction(async (tx) => {
      if (settled.length > 0) {
        await tx.query(
          `select delivery.settle_many($1, $2, $3::bigint[], $4::text[], $5::text[], $6::text[])`,
          [
            this.lane.dispatchId,
            this.lane.channel,
            settled.map(({ row }) => row.recipientId),
            settled.map(({ outcome }) => stateOf(outcome)),
            settled.map(({ outcome }) =>
              outcome.kind === 'accepted' ? outcome.providerRef : null,
            ),
            settled.map(({ outcome }) => (outcome.kind === 'rejected' ? outcome.reason : null)),
          ],
        );
      }
      await this.putBack(tx, batch);
    });
  }

  private async putBack(tx: Tx, batch: readonly Ended[]): Promise<void> {
    const deferred = batch.flatMap(({ row, outcome }) =>
      outcome.kind === 'deferred' ? [{ row, outcome }] : [],
    );
    if (deferred.length === 0) return;
    const tries = await this.tries(tx, deferred);
    const retryAt = deferred.map(({ row, outcome }) => {
      const pause = outcome.called
        ? pauseAfter(triedPauses, tries.get(row.recipientId) ?? 1)
        : outcome.retryAfterMs;
      return pause ? toIso(instant(this.clock.now() + spread(pause, Math.random()))) : null;
    });
    await tx.query(
      `select delivery.put_back($1, x.recipient, $2, x.attempt, x.retry_at, x.called)
         from unnest($3::bigint[], $4::int[], $5::timestamptz[], $6::boolean[]) as x (recipient, attempt, retry_at, called)`,
      [
        this.lane.dispatchId,
        this.lane.channel,
        deferred.map(({ row }) => row.recipientId),
        deferred.map(({ row }) => row.attempt),
        retryAt,
        deferred.map(({ outcome }) => outcome.called),
      ],
    );
  }

  /** How often each row was really tried that was tried now and not taken: its attempts without those that were handed back. */
  private async tries(tx: Tx, batch: readonly Ended[]): Promise<ReadonlyMap<string, number>> {
    const refused = batch.filter(({ outcome }) => outcome.kind === 'deferred' && outcome.called);
    if (refused.length === 0) return new Map();
    const rows = await tx.query<{ recipient_id: string; tries: number }>(
      `select recipient_id, attempt - handed_back as tries from delivery.delivery
        where dispatch_id = $1 and channel = $2 and recipient_id = any($3::bigint[])`,
      [this.lane.dispatchId, this.lane.channel, refused.map(({ row }) => row.recipientId)],
    );
    return new Map(rows.map((row) => [row.recipient_id, row.tries]));
  }
}

function stateOf(outcome: Outcome): 'accepted' | 'failed' | 'ambiguous' {
  if (outcome.kind === 'accepted') return 'accepted';
  return outcome.kind === 'rejected' ? 'failed' : 'ambiguous';
}
