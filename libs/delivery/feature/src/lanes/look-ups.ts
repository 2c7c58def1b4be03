import type { Channels } from '@varde/delivery-channels';
import {
  addressedChannels,
  lookUpPauses,
  pauseAfter,
  type AddressedChannel,
  type LookUp,
} from '@varde/delivery-domain';
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
  /** One intent could not be asked about; the others were. */
  readonly onFailed: (cause: unknown) => void;
}

interface AmbiguousRow {
  readonly dispatch_id: string;
  readonly recipient_id: string;
  readonly channel: AddressedChannel;
  readonly attempt: number;
  readonly language: string;
  readonly ref: string;
  readonly claimed_at: Date;
  readonly class: number;
  /** The moment in full: a Date knows no microseconds. */
  readonly moment: string;
}

const atOnce = 200;
const parallel = 8;

/**
 * Asks the provider about intents whose outcome nobody knows. Found: settled. Proven missing: once more, a try like any other.
 * It cannot tell: the safety-critical class once more and flagged; every other stays ambiguous, for a person to see. It did not
 * answer: nothing is known that was not before. What stays ambiguous is asked about again, after a pause that grows; a receipt or a
 * person may be faster.
 *
 * @source invariants §2.2, §4
 */
export class LookUps {
  private readonly pauses: LookUpPauses;
  private isStopping = false;

  constructor(private readonly parts: LookUpParts) {
    this.pauses = new LookUpPauses(parts.clock);
  }

  /** One round over everything that is old enough to be asked about and does not pause: each of them once. */
  async round(): Promise<void> {
    const asked = new Set<string>();
    const pausing = this.pauses.lasting();
    for (const channel of addressedChannels) {
      let page: AmbiguousRow[] = [];
      do {
        page = this.isStopping ? [] : await this.due(channel, pausing, page.at(-1));
        for (const row of page) asked.add(row.ref);
        await this.askAll(page);
      } while (page.length === atOnce);
    }
    if (!this.isStopping) this.pauses.keepOnly(new Set([...asked, ...pausing]));
  }

  /** Those under way are ended, no other begins, and the round is over (DL-12). */
  stop(): void {
    this.isStopping = true;
  }

  private async askAll(page: readonly AmbiguousRow[]): Promise<void> {
    const addresses = page.length === 0 ? new Map<string, Buffer>() : await this.addresses(page);
    const queue = [...page];
    const worker = async (): Promise<void> => {
      for (let row = queue.shift(); row && !this.isStopping; row = queue.shift())
        await this.askOne(row, addresses.get(row.recipient_id));
    };
    await Promise.all(Array.from({ length: parallel }, worker));
  }

  // What is wrong with one row is that row's trouble, not that of the others.
  private async askOne(row: AmbiguousRow, address: Buffer | undefined): Promise<void> {
    this.pauses.begin(row.ref);
    try {
      if (address && (await this.ask(row, address))) this.pauses.end(row.ref);
    } catch (cause) {
      this.parts.onFailed(cause);
    }
  }

  private async due(
    channel: AddressedChannel,
    pausing: readonly string[],
    after: AmbiguousRow | undefined,
  ): Promise<AmbiguousRow[]> {
    const before = new Date(this.parts.clock.now() - this.parts.settleDelayMs[channel]);
    return this.parts.database.transaction((tx) =>
      tx.query<AmbiguousRow>(
        `select y.dispatch_id, y.recipient_id, y.channel, y.attempt, y.language, y.class, a.ref, a.claimed_at, a.claimed_at::text as moment
           from delivery.delivery y
           join delivery.attempt a on (a.dispatch_id, a.recipient_id, a.channel, a.attempt) = (y.dispatch_id, y.recipient_id, y.channel, y.attempt)
          where y.state = 'ambiguous' and y.channel = $1 and a.claimed_at < $2 and a.ref <> all($3::uuid[])
            and (y.class, a.claimed_at, a.ref) > ($5, $6, $7)
          order by y.class, a.claimed_at, a.ref limit $4`,
        [channel, before, pausing, atOnce, ...placeOf(after)],
      ),
    );
  }

  private async addresses(rows: readonly AmbiguousRow[]): Promise<ReadonlyMap<string, Buffer>> {
    const revealed = await this.parts.database.transaction((tx) =>
      tx.query<{ contact_id: string; channel: string; address_encrypted: Buffer }>(
        `select contact_id, channel, address_encrypted from audience_public.reveal($1::bigint[])`,
        [rows.map((row) => row.recipient_id)],
      ),
    );
    return new Map(
      revealed
        .filter((one) => one.channel === rows[0]?.channel)
        .map((one) => [one.contact_id, one.address_encrypted]),
    );
  }

  /** @returns true when the row is ambiguous no longer */
  private async ask(row: AmbiguousRow, address: Buffer): Promise<boolean> {
    const loaded = await this.parts.texts.load(row.dispatch_id);
    const found = await this.parts.channels.for(row.channel, loaded.mode).lookUp({
      ref: row.ref,
      to: this.parts.addresses.decrypt(address),
      content: loaded.contentFor(row.language, row.channel),
      // The provider's clock is the real one; in a sandbox whose clock has moved, the claim's time means nothing to it.
      claimedAt: this.parts.isClockMovable ? 0 : row.claimed_at.getTime(),
    });
    this.parts.count(row.channel, found.kind);
    if (found.kind === 'no-answer') return false;
    return found.kind === 'found' ? this.settle(row, found) : this.reissue(row, found.kind);
  }

  private async settle(row: AmbiguousRow, found: LookUp & { kind: 'found' }): Promise<boolean> {
    await this.parts.database.transaction((tx) =>
      tx.query(`select delivery.settle($1, $2, $3, $4, $5)`, [
        row.dispatch_id,
        row.recipient_id,
        row.channel,
        found.state,
        found.providerRef,
      ]),
    );
    return true;
  }

  // The door says whether, and sees to it that what nobody can tell is sent again once and never twice.
  private async reissue(row: AmbiguousRow, found: 'missing' | 'cannot-tell'): Promise<boolean> {
    const [answer] = await this.parts.database.transaction((tx) =>
      tx.query<{ reissue: boolean }>(`select delivery.reissue($1, $2, $3, $4, $5)`, [
        row.dispatch_id,
        row.recipient_id,
        row.channel,
        row.attempt,
        found === 'missing',
      ]),
    );
    return answer?.reissue ?? false;
  }
}

// Each page begins behind the one before, so that no round asks about a row twice, and none is told what it has asked about.
const placeOf = (row: AmbiguousRow | undefined): readonly [number, string, string] =>
  row
    ? [row.class, row.moment, row.ref]
    : [-1, '-infinity', '00000000-0000-0000-0000-000000000000'];

/** Which intents are not asked about yet. In memory: after a restart all are asked about once. */
class LookUpPauses {
  private readonly byRef = new Map<string, { times: number; until: number }>();

  constructor(private readonly clock: Clock) {}

  /** Asked about now, and not again before the pause is over. */
  begin(ref: string): void {
    const times = (this.byRef.get(ref)?.times ?? 0) + 1;
    this.byRef.set(ref, { times, until: this.clock.now() + pauseAfter(lookUpPauses, times) });
  }

  /** Nothing is open about it any more. */
  end(ref: string): void {
    this.byRef.delete(ref);
  }

  lasting(): readonly string[] {
    const now = this.clock.now();
    return [...this.byRef].filter(([, { until }]) => until > now).map(([ref]) => ref);
  }

  /** What neither paused nor was asked about in a whole round is ambiguous no longer. */
  keepOnly(refs: ReadonlySet<string>): void {
    for (const ref of this.byRef.keys()) if (!refs.has(ref)) this.byRef.delete(ref);
  }
}
