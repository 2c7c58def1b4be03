import type { Channels } from '@varde/delivery-channels';
import { addressedChannels, type AddressedChannel, type LookUp } from '@varde/delivery-domain';
import type { Clock } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { AddressReader, DispatchTexts } from './ports';

/** What a look-up needs. */
export interface LookUpParts {
  readonly database: Database;
  readonly channels: Channels;
  readonly texts: DispatchTexts;
  readonly addresses: AddressReader;
  readonly clock: Clock;
  readonly isClockMovable: boolean;
  /** Longer than the provider's own lag: before this, absence proves nothing. */
  readonly settleDelayMs: Readonly<Record<AddressedChannel, number>>;
  readonly count: (channel: AddressedChannel, found: LookUp['kind']) => void;
}

interface AmbiguousRow {
  readonly dispatch_id: string;
  readonly recipient_id: string;
  readonly channel: AddressedChannel;
  readonly attempt: number;
  readonly language: string;
  readonly ref: string;
  readonly claimed_at: Date;
  readonly address_encrypted: Buffer;
}

const atOnce = 200;
const parallel = 8;

/**
 * Asks the provider about intents whose outcome nobody knows. Found: settled. Proven missing: once more, a try like any other.
 * It cannot tell: the safety-critical class once more and flagged; every other stays ambiguous, for a person to see.
 *
 * @source invariants §2.2, §4
 */
export class LookUps {
  private readonly leftOpen = new Set<string>();

  constructor(private readonly parts: LookUpParts) {}

  /** One round over what is old enough to be asked about. */
  async round(): Promise<void> {
    for (const channel of addressedChannels) {
      const rows = await this.due(channel);
      const queue = rows.filter((row) => !this.leftOpen.has(row.ref));
      const worker = async (): Promise<void> => {
        for (let row = queue.shift(); row; row = queue.shift()) await this.ask(row);
      };
      await Promise.all(Array.from({ length: parallel }, worker));
    }
  }

  private async due(channel: AddressedChannel): Promise<AmbiguousRow[]> {
    const before = new Date(this.parts.clock.now() - this.parts.settleDelayMs[channel]);
    const rows = await this.parts.database.transaction((tx) =>
      tx.query<Omit<AmbiguousRow, 'address_encrypted'>>(
        `select y.dispatch_id, y.recipient_id, y.channel, y.attempt, y.language, a.ref, a.claimed_at
           from delivery.delivery y
           join delivery.attempt a on (a.dispatch_id, a.recipient_id, a.channel, a.attempt) = (y.dispatch_id, y.recipient_id, y.channel, y.attempt)
          where y.state = 'ambiguous' and y.channel = $1 and a.claimed_at < $2 order by y.class, a.claimed_at limit $3`,
        [channel, before, atOnce],
      ),
    );
    if (rows.length === 0) return [];
    const revealed = await this.parts.database.transaction((tx) =>
      tx.query<{ contact_id: string; channel: string; address_encrypted: Buffer }>(
        `select contact_id, channel, address_encrypted from audience_public.reveal($1::bigint[])`,
        [rows.map((row) => row.recipient_id)],
      ),
    );
    const byContact = new Map(
      revealed
        .filter((row) => row.channel === channel)
        .map((row) => [row.contact_id, row.address_encrypted]),
    );
    return rows.flatMap((row) => {
      const address = byContact.get(row.recipient_id);
      return address ? [{ ...row, address_encrypted: address }] : [];
    });
  }

  private async ask(row: AmbiguousRow): Promise<void> {
    const loaded = await this.parts.texts.load(row.dispatch_id);
    const found = await this.parts.channels.for(row.channel, loaded.mode).lookUp({
      ref: row.ref,
      to: this.parts.addresses.decrypt(row.address_encrypted),
      content: loaded.contentFor(row.language, row.channel),
      // The provider's clock is the real one; in a sandbox whose clock has moved, the claim's time means nothing to it.
      claimedAt: this.parts.isClockMovable ? 0 : row.claimed_at.getTime(),
    });
    this.parts.count(row.channel, found.kind);
    await this.parts.database.transaction(async (tx) => {
      if (found.kind === 'found') {
        await tx.query(`select delivery.settle($1, $2, $3, $4, $5)`, [
          row.dispatch_id,
          row.recipient_id,
          row.channel,
          found.state,
          found.providerRef,
        ]);
        return;
      }
      const [answer] = await tx.query<{ reissue: boolean }>(
        `select delivery.reissue($1, $2, $3, $4, $5)`,
        [row.dispatch_id, row.recipient_id, row.channel, row.attempt, found.kind === 'missing'],
      );
      // Nothing more can be found out about this intent; it waits for a receipt or a person, and is not asked about again and again.
      if (!answer?.reissue) this.leftOpen.add(row.ref);
    });
  }
}
