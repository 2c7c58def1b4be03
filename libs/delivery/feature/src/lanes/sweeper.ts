import type { AddressedChannel } from '@varde/delivery-domain';
import type { Database } from '@varde/platform-database';
import type { Lane } from './ports';

const atOnce = 5_000;

/**
 * What must happen although no job rings: leases that ran out, rows that lost their point, lanes that wait. It needs PostgreSQL
 * alone, so an emptied Redis costs a sweep, never a message (P-1, P-3).
 */
export class LaneSweeper {
  constructor(
    private readonly database: Database,
    private readonly receiptStates: Readonly<Record<string, string>>,
  ) {}

  /** Intents whose process died become ambiguous; receipts that came too early are applied. */
  async repair(): Promise<void> {
    await this.untilNone(`select delivery.expire_leases($1) as n`, [atOnce]);
    await this.database.transaction((tx) => tx.query(`select delivery.expire_notices()`));
    await this.database.transaction((tx) =>
      tx.query(`select delivery.adopt_receipts($1, $2)`, [
        1_000,
        JSON.stringify(this.receiptStates),
      ]),
    );
  }

  /** Marks what will never be handed out any more, and answers the lanes in which something waits, most critical first. */
  async openLanes(): Promise<Lane[]> {
    const rows = await this.database.transaction((tx) =>
      tx.query<{ dispatch_id: string; channel: AddressedChannel; class: number }>(
        `select dispatch_id, channel, class from delivery.open_lanes()`,
      ),
    );
    for (const dispatchId of new Set(rows.map((row) => row.dispatch_id)))
      await this.markPointless(dispatchId);
    return rows.map((row) => ({
      dispatchId: row.dispatch_id,
      channel: row.channel,
      class: row.class,
    }));
  }

  /** Marks the waiting rows of a dispatch that was superseded or has expired. Cheap where it was neither. */
  async markPointless(dispatchId: string): Promise<void> {
    await this.untilNone(`select delivery.sweep($1, $2) as n`, [dispatchId, atOnce]);
  }

  private async untilNone(sql: string, parameters: readonly unknown[]): Promise<void> {
    for (;;) {
      const [row] = await this.database.transaction((tx) =>
        tx.query<{ n: number }>(sql, parameters),
      );
      if (!row || row.n === 0) return;
    }
  }
}
