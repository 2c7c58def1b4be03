import type { Channels, Content } from '@varde/delivery-channels';
import type { AddressedChannel, Outcome } from '@varde/delivery-domain';
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
}

/** Tells the operator's own people on duty, by SMS and mail, with the same order as customers: intent before effect. */
export class NoticeSender {
  constructor(
    private readonly database: Database,
    private readonly channels: Channels,
    private readonly addresses: AddressReader,
    private readonly clock: Clock,
  ) {}

  /** Sends what waits. */
  async round(): Promise<void> {
    const rows = await this.database.transaction((tx) =>
      tx.query<NoticeRow>(
        `select id, person_id, channel, kind, facts, attempt from delivery.claim_notices(20)`,
      ),
    );
    for (const row of rows) await this.settle(row, await this.send(row));
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
      to: this.addresses.decrypt(found.address_encrypted),
      content: contentOf(row),
      validForSeconds: 3_600,
    });
  }

  private async settle(row: NoticeRow, outcome: Outcome): Promise<void> {
    const state = {
      accepted: 'accepted',
      deferred: 'pending',
      rejected: 'failed',
      ambiguous: 'ambiguous',
    }[outcome.kind];
    const retryAt =
      outcome.kind === 'deferred'
        ? toIso(instant(this.clock.now() + (outcome.retryAfterMs ?? 5_000)))
        : null;
    await this.database.transaction((tx) =>
      tx.query(`select delivery.settle_notice($1, $2, $3, $4, $5)`, [
        row.id,
        row.attempt,
        state,
        outcome.kind === 'accepted' ? outcome.providerRef : null,
        retryAt,
      ]),
    );
  }
}

function contentOf(row: NoticeRow): Content {
  const { subject, text } = noticeText(row.kind, row.facts);
  if (row.channel === 'sms') return { kind: 'sms', text: `${subject}. ${text}` };
  return { kind: 'email', subject, text, language: 'en', thread: 'notice', isUrgent: true };
}
