import type { Channels, Content } from '@varde/delivery-channels';
import {
  noticePauses,
  pauseAfter,
  spread,
  triedPauses,
  type AddressedChannel,
  type Outcome,
} from '@varde/delivery-domain';
import { instant, toIso, type Clock } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { AddressReader } from '../lanes/ports';
import { noticeText, type NoticeFacts } from './notice-text';

interface NoticeRow {
  readonly id: string;
  readonly person_id: string;
  readonly channel: AddressedChannel;
  readonly kind: string;
  readonly facts: NoticeFacts;
  readonly attempt: number;
  readonly handed_back: number;
}

/** Tells the operator's own people on duty, by SMS and mail, with the same order as customers: intent before effect. */
export class NoticeSender {
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
    private readonly addresses: AddressReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends what waits.
   *
   * @throws the first failure, after all others had their turn; what it held is left to its lease
   */
  async round(): Promise<void> {
    const rows = await this.database.transaction((tx) =>
      tx.query<NoticeRow>(
        `select id, person_id, channel, kind, facts, attempt, handed_back from delivery.claim_notices(20)`,
      ),
    );
    const failures: unknown[] = [];
    for (const row of rows) await this.sendOne(row).catch((cause: unknown) => failures.push(cause));
    if (failures.length > 0) throw failures[0];
  }

  /** The one under way is ended; the others of the round are handed back (DL-12). */
  stop(): void {
    this.isStopping = true;
  }

  private async sendOne(row: NoticeRow): Promise<void> {
    const outcome = this.isStopping ? notCalled : await this.send(row);
    await this.settle(row, outcome);
  }

  private async send(row: NoticeRow): Promise<Outcome> {
    const [found] = await this.database.transaction((tx) =>
      tx.query<{ address_encrypted: Buffer }>(
        `select address_encrypted from identity.person_address where person_id = $1 and channel = $2`,
        [row.person_id, row.channel],
      ),
    );
    if (!found) return { kind: 'rejected', reason: 'invalid-address', providerCode: '' };
    return this.channels.for(row.channel, 'ACTUAL').send({
      ref: null,
      name: row.id,
      to: this.addresses.decrypt(found.address_encrypted),
      content: contentOf(row),
      validForSeconds: 3_600,
    });
  }

  private async settle(row: NoticeRow, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'deferred') return this.putBack(row, outcome);
    const state = { accepted: 'accepted', rejected: 'failed', ambiguous: 'ambiguous' }[
      outcome.kind
    ];
    await this.database.transaction((tx) =>
      tx.query(`select delivery.settle_notice($1, $2, $3, $4, null)`, [
        row.id,
        row.attempt,
        state,
        outcome.kind === 'accepted' ? outcome.providerRef : null,
      ]),
    );
  }

  // Turned away unprocessed: no try, and soon again, for somebody has to hear of it.
  private async putBack(row: NoticeRow, outcome: Outcome & { kind: 'deferred' }): Promise<void> {
    const pause = outcome.called
      ? pauseAfter(triedPauses, row.attempt - row.handed_back)
      : Math.max(pauseAfter(noticePauses, row.attempt), outcome.retryAfterMs ?? 0);
    await this.database.transaction((tx) =>
      tx.query(`select delivery.put_back_notice($1, $2, $3, $4)`, [
        row.id,
        row.attempt,
        toIso(instant(this.clock.now() + spread(pause, Math.random()))),
        outcome.called,
      ]),
    );
  }
}

const notCalled: Outcome = { kind: 'deferred', reason: 'stopping', called: false };

function contentOf(row: NoticeRow): Content {
  const { subject, text } = noticeText(row.kind, row.facts);
  if (row.channel === 'sms') return { kind: 'sms', text: `${subject}. ${text}` };
  return { kind: 'email', subject, text, language: 'en', thread: 'notice', isUrgent: true };
}
