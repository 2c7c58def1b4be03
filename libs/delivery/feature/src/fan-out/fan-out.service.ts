import { familyOf, noteMerged } from './family';
import { insertRows } from './told-before.sql';
import type { Log } from '@varde/platform-observability';
import type { Database, Tx } from '@varde/platform-database';
import type { Outbox } from '@varde/platform-outbox';
import { every, type Repeated } from '@varde/platform-time';
import { instant } from '@varde/kernel';
import { laneQueue, type DeliverChunk, type MessageDispatched } from '@varde/contracts';

interface FanOutRow {
  readonly dispatch_id: string;
  readonly snapshot_id: string;
  readonly incident_id: string;
  readonly mode: string;
  readonly groups: string[];
  readonly words: string;
  readonly classes: number[];
  readonly cursor_class: number;
  readonly cursor_contact: string;
  readonly planned: string;
}

// A kill costs one piece: some two seconds of work at the slowest rate measured.
const membersAtOnce = 20_000;
const chunkSize = 500;
const lastContact = '9223372036854775807';

/**
 * Makes a dispatch into rows: resumable, in pieces, most critical first. The sum of their states is the audience from the first
 * piece on. Who of it has been told before decides who is told now: `told-before.sql.ts`.
 *
 * @source DL-2, DL-9; invariants §2.5
 */
export class FanOut {
  private loop: Repeated | undefined;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** Starts to work off what is open, and looks again every five seconds: a killed program leaves work behind. */
  start(): void {
    this.loop = every(
      5_000,
      () => this.workOff(),
      (cause) => this.log.error('delivery.fan-out-failed', { err: cause }),
    );
  }

  /** Ends the running piece. */
  async stop(): Promise<void> {
    await this.loop?.stop();
  }

  /** Notes a dispatch; the rows follow right after the commit. A repeat changes nothing. */
  async begin(tx: Tx, dispatched: MessageDispatched): Promise<void> {
    await tx.query(
      `insert into delivery.fan_out (dispatch_id, snapshot_id, incident_id, mode, groups, classes, words)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        dispatched.dispatchId,
        dispatched.snapshotId,
        dispatched.incidentId,
        dispatched.mode,
        dispatched.groups,
        [...dispatched.classes].sort(),
        dispatched.words ?? wordsOf(dispatched.groups),
      ],
    );
    await noteMerged(tx, dispatched.absorbed ?? [], dispatched.incidentId);
    tx.afterCommit(() => void this.loop?.now());
  }

  /**
   * Works off every open dispatch, one piece of each in turn, so that a large one does not keep a small one waiting. What another
   * engine holds is its own: when there is nothing else, the next look is in five seconds.
   */
  async workOff(): Promise<void> {
    for (;;) {
      const open = await this.database.unitOfWork('varde_delivery', (tx) =>
        tx.query<{ dispatch_id: string }>(
          `select dispatch_id from delivery.fan_out where done_at is null order by planned, dispatch_id`,
        ),
      );
      let isMoving = false;
      for (const { dispatch_id } of open) {
        const isOurs = await this.database.unitOfWork('varde_delivery', (tx) =>
          this.piece(tx, dispatch_id),
        );
        isMoving ||= isOurs;
      }
      if (!isMoving) return;
    }
  }

  /** False when another engine has it in hand, or it is done. */
  private async piece(tx: Tx, dispatchId: string): Promise<boolean> {
    const [row] = await tx.query<FanOutRow>(
      `select * from delivery.fan_out where dispatch_id = $1 and done_at is null for update skip locked`,
      [dispatchId],
    );
    if (!row) return false;
    const current = row.classes.find((one) => one >= row.cursor_class);
    if (current === undefined) {
      await this.finish(tx, row);
      return true;
    }
    const after = current === row.cursor_class ? row.cursor_contact : '-1';
    const upTo = await this.boundary(tx, row, current, after);
    const made = await this.makeRows(tx, row, current, after, upTo ?? lastContact);
    const total = made.reduce((sum, lane) => sum + Number(lane.n), 0);
    await tx.query(
      `update delivery.fan_out set cursor_class = $2, cursor_contact = $3, planned = planned + $4 where dispatch_id = $1`,
      upTo === undefined
        ? [dispatchId, current + 1, '-1', total]
        : [dispatchId, current, upTo, total],
    );
    await this.askForSending(tx, row, current, made);
    const isLast = upTo === undefined && !row.classes.some((one) => one > current);
    if (isLast)
      await this.finish(tx, { ...row, planned: String(BigInt(row.planned) + BigInt(total)) });
    return true;
  }

  private async boundary(
    tx: Tx,
    row: FanOutRow,
    recipientClass: number,
    after: string,
  ): Promise<string | undefined> {
    const [last] = await tx.query<{ contact_id: string }>(
      `select contact_id from audience_public.snapshot_member
        where snapshot_id = $1 and class = $2 and contact_id > $3 order by contact_id offset $4 limit 1`,
      [row.snapshot_id, recipientClass, after, membersAtOnce - 1],
    );
    return last?.contact_id;
  }

  private async makeRows(
    tx: Tx,
    row: FanOutRow,
    recipientClass: number,
    after: string,
    upTo: string,
  ): Promise<{ channel: 'sms' | 'email'; n: string }[]> {
    await tx.query(`select delivery.enrol($1, $2, $3, $4)`, [
      row.snapshot_id,
      recipientClass,
      after,
      upTo,
    ]);
    const family = await familyOf(tx, row);
    if (row.words === 'restored') {
      await tx.query(`select delivery.outlive($1, $2, $3, $4, $5, $6)`, [
        row.dispatch_id,
        row.snapshot_id,
        family.incidents,
        recipientClass,
        after,
        upTo,
      ]);
    }
    return tx.query(insertRows(row.words, family.hasSpoken), [
      row.dispatch_id,
      row.mode,
      row.snapshot_id,
      recipientClass,
      after,
      upTo,
      row.groups,
      ...(family.hasSpoken || row.words === 'restored' ? [family.incidents] : []),
    ]);
  }

  // Chunks are wake-up calls. Lanes that are not critical are held for a moment (UX-06), so theirs ring after it.
  private async askForSending(
    tx: Tx,
    row: FanOutRow,
    recipientClass: number,
    made: readonly { channel: 'sms' | 'email'; n: string }[],
  ): Promise<void> {
    const [held] = await tx.query<{ until: Date }>(
      `select d.dispatched_at + make_interval(secs => s.hold_seconds) as until
         from communication.dispatch d, delivery.setting s where d.id = $1`,
      [row.dispatch_id],
    );
    for (const { channel, n } of made) {
      const chunks: DeliverChunk[] = Array.from(
        { length: Math.ceil(Number(n) / chunkSize) },
        (_, i) => ({
          dispatchId: row.dispatch_id,
          channel,
          class: recipientClass,
          chunk: Number(row.planned) + i,
        }),
      );
      const due = recipientClass >= 2 && held ? instant(held.until.getTime()) : undefined;
      await this.outbox.requestJobs(
        tx,
        'deliver-chunk',
        (data) => laneQueue(data.channel, data.class),
        chunks,
        due,
      );
    }
  }

  private async finish(tx: Tx, row: FanOutRow): Promise<void> {
    await tx.query(
      `update delivery.fan_out set done_at = platform.clock() where dispatch_id = $1`,
      [row.dispatch_id],
    );
    await this.outbox.add(tx, 'delivery.planned.v1', row.incident_id, {
      dispatchId: row.dispatch_id,
      incidentId: row.incident_id,
      planned: Number(row.planned),
    });
  }
}

/** What a message is whose fact does not say it yet. */
function wordsOf(groups: readonly string[]): string {
  if (groups.includes('restored')) return 'restored';
  return groups.includes('newly-hit') ? 'newly-hit' : 'still-hit';
}
