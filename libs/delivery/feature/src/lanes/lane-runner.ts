import { createHash } from 'node:crypto';
import type { Channel, Channels } from '@varde/delivery-channels';
import { providerCallMs } from '@varde/delivery-channels';
import type { AddressedChannel, Outcome } from '@varde/delivery-domain';
import { Refusal, type Clock } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { GateWatch } from './gate-watch';
import type { Pace } from './pace';
import type { AddressReader, Claimed, DispatchTexts, Lane, LoadedDispatch } from './ports';
import { Settler } from './settler';

/** What sending needs. */
export interface LaneRunnerParts {
  readonly database: Database;
  readonly channels: Channels;
  readonly texts: DispatchTexts;
  readonly addresses: AddressReader;
  readonly gates: GateWatch;
  readonly pace: ReadonlyMap<AddressedChannel, Pace>;
  readonly clock: Clock;
  readonly siteEpoch: string;
  /** Calls under way at once in one run. */
  readonly parallel: number;
  readonly count: (channel: AddressedChannel, outcome: string) => void;
  /** Addresses of one claim could not be read. @param rows how many */
  readonly onUnreadable: (cause: unknown, rows: number) => void;
}

interface ClaimRow {
  readonly recipient_id: string;
  readonly attempt: number;
  readonly ref: string;
  readonly language: string;
  readonly address_hmac: Buffer;
  readonly lease_until: Date;
}

interface RevealedRow {
  readonly contact_id: string;
  readonly channel: string;
  readonly address_encrypted: Buffer;
  readonly address_hmac: Buffer;
}

/** What a row is sent to, or what becomes of it when its address cannot be read. */
type Address = { readonly hmac: Buffer } & (
  { readonly text: string } | { readonly outcome: Outcome }
);
type Addresses = ReadonlyMap<string, Address>;

const criticalClaim = 20;
const chunk = 500;
// A worker asks for no more than it sends in ten seconds; until it knows its own rate it starts small.
const firstClaim = 100;

/**
 * Sends what a lane holds: claim → reveal → render → send → settle, a few hundred at a time. Everything that the world may do
 * is an outcome; a throw leaves the rows to their leases.
 *
 * @source invariants §3, §4; DL-1, DL-5 … DL-7
 */
export class LaneRunner {
  private isStopping = false;
  private readonly rates = new Map<string, number>();

  constructor(private readonly parts: LaneRunnerParts) {}

  /** What was claimed and not called is handed back; nothing new is claimed. */
  stop(): void {
    this.isStopping = true;
    for (const pace of this.parts.pace.values()) pace.stop();
  }

  /** Is the channel left alone for a while, because its provider cannot be reached? */
  isAway(channel: AddressedChannel): boolean {
    return this.parts.pace.get(channel)?.isAway ?? false;
  }

  /**
   * Sends up to one chunk of the lane.
   *
   * @returns how many rows were claimed; 0 when the lane is empty, held, halted, superseded or expired
   */
  async run(lane: Lane): Promise<number> {
    let taken = 0;
    while (taken < chunk && !this.isStopping) {
      await this.parts.pace.get(lane.channel)?.ready();
      if (this.isStopping) break;
      // Before each batch: what is sent is what was approved, and its mode decides whose door it goes to.
      const loaded = await this.parts.texts.load(lane.dispatchId);
      const channel = this.parts.channels.for(lane.channel, loaded.mode);
      const { claimed, addresses } = await this.claim(lane, channel, chunk - taken);
      if (claimed.length === 0) break;
      taken += claimed.length;
      await this.sendAll(lane, channel, loaded, claimed, addresses);
    }
    return taken;
  }

  // The intent is committed before anything is sent; the addresses are read in the same transaction, which is one less on the
  // way of the first text.
  private async claim(
    lane: Lane,
    channel: Channel,
    room: number,
  ): Promise<{ claimed: readonly Claimed[]; addresses: Addresses }> {
    const wanted =
      lane.class <= 1 ? criticalClaim : Math.min(room, this.rates.get(lane.channel) ?? firstClaim);
    const { rows, revealed } = await this.parts.database.transaction(async (tx) => {
      const rows = await tx.query<ClaimRow>(
        `select recipient_id, attempt, ref, language, address_hmac, lease_until from delivery.claim($1, $2, $3, $4, $5, $6)`,
        [lane.dispatchId, lane.channel, lane.class, channel.provider, wanted, this.parts.siteEpoch],
      );
      if (rows.length === 0) return { rows, revealed: [] };
      const revealed = await tx.query<RevealedRow>(
        `select contact_id, channel, address_encrypted, address_hmac from audience_public.reveal($1::bigint[])`,
        [rows.map((row) => row.recipient_id)],
      );
      return { rows, revealed };
    });
    const claimed = rows.map((row) => ({
      recipientId: row.recipient_id,
      attempt: row.attempt,
      ref: row.ref,
      language: row.language,
      addressHmac: row.address_hmac,
      leaseUntil: row.lease_until.getTime(),
    }));
    return {
      claimed,
      addresses: this.read(revealed.filter((one) => one.channel === lane.channel)),
    };
  }

  // One address that cannot be read is one row's trouble, not that of the hundreds claimed with it.
  private read(rows: readonly RevealedRow[]): Addresses {
    const troubles: unknown[] = [];
    const addresses = new Map(
      rows.map(({ contact_id, address_hmac: hmac, address_encrypted }): [string, Address] => {
        try {
          return [contact_id, { hmac, text: this.parts.addresses.decrypt(address_encrypted) }];
        } catch (cause) {
          troubles.push(cause);
          return [contact_id, { hmac, outcome: outcomeOfUnreadable(cause) }];
        }
      }),
    );
    if (troubles.length > 0) this.parts.onUnreadable(troubles[0], troubles.length);
    return addresses;
  }

  private async sendAll(
    lane: Lane,
    channel: Channel,
    loaded: LoadedDispatch,
    claimed: readonly Claimed[],
    addresses: Addresses,
  ): Promise<void> {
    const began = performance.now();
    const settler = new Settler(this.parts.database, lane, this.parts.clock);
    const queue = [...claimed];
    const worker = async (): Promise<void> => {
      for (let row = queue.shift(); row; row = queue.shift()) {
        const outcome = await this.sendOne(
          lane,
          channel,
          loaded,
          row,
          addresses.get(row.recipientId),
        );
        this.parts.count(lane.channel, outcome.kind);
        settler.add({ row, outcome });
      }
    };
    try {
      await Promise.all(
        Array.from({ length: Math.min(this.parts.parallel, claimed.length) }, worker),
      );
    } finally {
      await settler.end();
    }
    const perTenSeconds = (claimed.length / Math.max(performance.now() - began, 1)) * 10_000;
    this.rates.set(
      lane.channel,
      Math.max(criticalClaim, Math.min(chunk, Math.floor(perTenSeconds))),
    );
  }

  private async sendOne(
    lane: Lane,
    channel: Channel,
    loaded: LoadedDispatch,
    row: Claimed,
    address: Address | undefined,
  ): Promise<Outcome> {
    const notCalled = (reason: 'halted' | 'stopping' | 'lease-runs-short'): Outcome => ({
      kind: 'deferred',
      reason,
      called: false,
    });
    if (!address?.hmac.equals(row.addressHmac))
      return { kind: 'rejected', reason: 'address-changed', providerCode: '' };
    if ('outcome' in address) return address.outcome;
    const pace = this.parts.pace.get(lane.channel);
    const turnAt = (await pace?.turn()) ?? 0;
    if (this.isStopping) return notCalled('stopping');
    if (
      this.parts.gates.isHalted(lane.channel, channel.provider, loaded.incidentId, lane.dispatchId)
    )
      return notCalled('halted');
    const now = this.parts.clock.now();
    if (row.leaseUntil - now < providerCallMs) return notCalled('lease-runs-short');
    const outcome = await channel.send({
      ref: row.ref,
      name: nameOf(lane, row),
      to: address.text,
      content: loaded.contentFor(row.language, lane.channel),
      validForSeconds: Math.floor((loaded.sendBefore - now) / 1_000),
    });
    if (pace) heed(pace, outcome, turnAt);
    return outcome;
  }
}

/** What an answer says about those to come. A provider that turns away whatever comes: the whole channel waits, not this row alone. */
function heed(pace: Pace, outcome: Outcome, turnAt: number): void {
  if (outcome.kind === 'accepted') pace.reached();
  if (outcome.kind !== 'deferred' || outcome.called) return;
  if (outcome.reason === 'not-connected') pace.unreachable(turnAt);
  else pace.backOff(outcome.retryAfterMs ?? 0);
}

/** The same at every try of this message to this recipient, and at no other: a uuid made of both. @source invariants §4 */
function nameOf(lane: Lane, row: Claimed): string {
  const both = `${lane.dispatchId} ${lane.channel} ${row.recipientId}`;
  const hex = createHash('sha256').update(both).digest('hex');
  return [0, 8, 12, 16, 20].map((at, n) => hex.slice(at, [8, 12, 16, 20, 32][n])).join('-');
}

const keyMissingMs = 60_000;

// A key that is not at hand can be put back, and its rows wait for it; what was changed or cut off will never be read.
const outcomeOfUnreadable = (cause: unknown): Outcome =>
  cause instanceof Refusal && cause.code === 'address-key-unknown'
    ? { kind: 'deferred', reason: cause.code, called: false, retryAfterMs: keyMissingMs }
    : { kind: 'rejected', reason: 'address-unreadable', providerCode: '' };
