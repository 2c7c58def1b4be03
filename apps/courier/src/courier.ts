import { ApprovedTexts } from '@varde/communication-feature';
import { deliverChunk, laneChannels, laneQueue } from '@varde/contracts';
import { addressesBeyondLoopback, createChannels, type Channels } from '@varde/delivery-channels';
import {
  GateWatch,
  LaneRunner,
  LaneSweeper,
  LookUps,
  NoticeSender,
  Pace,
  TwilioReceipts,
  twilioStatuses,
  type AddressedChannel,
  type Lane,
} from '@varde/delivery-feature';
import { Database } from '@varde/platform-database';
import { assertKeepsEverything, startWorker, type Worker } from '@varde/platform-jobs';
import type { Log, MetricsRegistry } from '@varde/platform-observability';
import { AddressCipher, readAddressKeys } from '@varde/platform-secrets';
import { every, InstallationClock, type Repeated } from '@varde/platform-time';
import type { CourierConfig } from './courier.config';

// How many provider calls one run of a lane has under way, and how many runs a lane has: the quota of its class. The critical
// lanes have few rows and the most room; private ones may never take it all (DL-9).
const parallelCalls = 24;
const runsOfClass: Readonly<Record<number, number>> = { 0: 2, 1: 2, 2: 2, 3: 2 };
const sweepMs = 15_000;
// Of the lanes that are not critical. Large claims go by few claimers (invariants §12), and the workers claim beside us.
const drainedAtOnce = 2;
const lookUpMs = 5_000;
const noticeMs = 1_000;
const mailSettleMs = 600_000;

/**
 * The program that sends. It holds the providers' secrets, claims and settles through the database's narrow doors, and can
 * change nothing else.
 *
 * @source `architecture.md` §2
 */
export class Courier {
  private readonly workers: Worker[] = [];
  private readonly loops: Repeated[] = [];
  private sweepLoop: Repeated | undefined;
  private readonly draining = new Map<string, { class: number; ended: Promise<void> }>();

  private constructor(
    private readonly config: CourierConfig,
    private readonly log: Log,
    /** The courier's connections, for its health. */
    readonly database: Database,
    private readonly clock: InstallationClock,
    private readonly channels: Channels,
    private readonly gates: GateWatch,
    private readonly runner: LaneRunner,
    private readonly lookUps: LookUps,
    private readonly notices: NoticeSender,
    private readonly sweeper: LaneSweeper,
    /** Takes the provider's receipts. */
    readonly receipts: TwilioReceipts,
  ) {}

  /**
   * Connects, checks what it is and what it may reach, and begins to send.
   *
   * @throws Error in one sentence: something needed is down, or a provider's address is forbidden in this installation
   */
  static async start(config: CourierConfig, log: Log, metrics: MetricsRegistry): Promise<Courier> {
    await assertKeepsEverything(config.VARDE_REDIS_URL);
    const database = await Database.connect({
      url: config.VARDE_DATABASE_URL,
      applicationName: 'varde-courier',
      poolSize: 24,
    });
    await assertMayReach(database, config);
    const figures = metrics.define({
      varde_sends_total: {
        kind: 'counter',
        help: 'Provider calls by their outcome',
        labels: ['channel', 'outcome'],
      },
      varde_look_ups_total: {
        kind: 'counter',
        help: 'Look-ups of unknown outcomes',
        labels: ['channel', 'found'],
      },
    });
    const started: { courier?: Courier } = {};
    const clock = await InstallationClock.follow(config.VARDE_DATABASE_URL, 'courier', async () =>
      started.courier?.clockMoved(),
    );
    const channels = createChannels(config);
    const gates = new GateWatch(database, (cause) =>
      log.error('courier.gate-unseen', { err: cause }),
    );
    const texts = new ApprovedTexts(database, config.VARDE_LINK_BASE);
    const addresses = new AddressCipher(readAddressKeys(config.VARDE_ADDRESS_KEYS_FILE));
    const runner = new LaneRunner({
      database,
      channels,
      texts,
      addresses,
      gates,
      clock,
      pace: new Map<AddressedChannel, Pace>([
        ['sms', new Pace(config.VARDE_SMS_PER_SECOND)],
        ['email', new Pace(config.VARDE_MAIL_PER_SECOND)],
      ]),
      siteEpoch: config.VARDE_SITE_EPOCH,
      parallel: parallelCalls,
      count: (channel, outcome) => figures.varde_sends_total.inc({ channel, outcome }),
      onUnreadable: (cause, rows) => log.error('courier.address-unreadable', { err: cause, rows }),
    });
    const receipts = new TwilioReceipts(
      database,
      {
        publicUrl: config.VARDE_CALLBACK_URL,
        accountSid: config.VARDE_TWILIO_ACCOUNT_SID,
        tokens: [config.VARDE_TWILIO_AUTH_TOKEN, config.VARDE_TWILIO_PREVIOUS_AUTH_TOKEN].filter(
          (token) => token !== undefined,
        ),
      },
      log,
    );
    const lookUps = new LookUps({
      database,
      channels,
      texts,
      addresses,
      clock,
      isClockMovable: clock.isMovable,
      settleDelayMs: { sms: config.VARDE_SMS_SETTLE_DELAY_SECONDS * 1_000, email: mailSettleMs },
      count: (channel, found) => figures.varde_look_ups_total.inc({ channel, found }),
      onFailed: (cause) => log.error('courier.look-up-failed', { err: cause }),
    });
    const courier = new Courier(
      config,
      log,
      database,
      clock,
      channels,
      gates,
      runner,
      lookUps,
      new NoticeSender(database, channels, addresses, clock),
      new LaneSweeper(database, twilioStatuses),
      receipts,
    );
    started.courier = courier;
    courier.begin();
    return courier;
  }

  /** What is due now, whatever no job rang for: leases, pointless rows, waiting lanes. */
  async sweep(): Promise<void> {
    await this.sweeper.repair();
    for (const lane of await this.sweeper.openLanes()) this.drain(lane);
  }

  /** Puts right what the new time makes wrong, and sets the sending going: a slow provider must not hold up the clock. */
  private async clockMoved(): Promise<void> {
    await this.sweeper.repair();
    void this.sweepLoop?.now();
  }

  /** Claims nothing new, ends what is under way, hands back what was not called, and closes (DL-12). */
  async stop(): Promise<void> {
    this.runner.stop();
    this.lookUps.stop();
    this.notices.stop();
    await Promise.all(this.workers.map((worker) => worker.close()));
    await Promise.all([this.sweepLoop?.stop(), ...this.loops.map((loop) => loop.stop())]);
    await Promise.all([...this.draining.values()].map(({ ended }) => ended));
    await this.gates.stop();
    await this.channels.close();
    await this.clock.close();
    await this.database.close();
  }

  private begin(): void {
    const failed = (event: `${Lowercase<string>}.${Lowercase<string>}`) => (cause: unknown) =>
      this.log.error(event, { err: cause });
    this.gates.start();
    for (const channel of laneChannels) {
      for (const recipientClass of [0, 1, 2, 3]) {
        this.workers.push(
          startWorker(
            {
              url: this.config.VARDE_REDIS_URL,
              prefix: this.config.VARDE_PREFIX,
              queue: laneQueue(channel, recipientClass),
              concurrency: runsOfClass[recipientClass] ?? 1,
              onError: failed('courier.job-failed'),
            },
            async (data) => {
              const lane = deliverChunk.parse(data);
              if ((await this.runner.run(lane)) === 0)
                await this.sweeper.markPointless(lane.dispatchId);
            },
          ),
        );
      }
    }
    this.sweepLoop = every(sweepMs, () => this.sweep(), failed('courier.sweep-failed'));
    this.loops.push(every(lookUpMs, () => this.lookUps.round(), failed('courier.look-up-failed')));
    this.loops.push(every(noticeMs, () => this.notices.round(), failed('courier.notice-failed')));
  }

  // Each lane by itself: neither a backlog nor a relay that takes its time holds up the critical ones while Redis is away (DL-9).
  private drain(lane: Lane): void {
    const key = `${lane.dispatchId}.${lane.channel}.${lane.class}`;
    const others = [...this.draining.values()].filter((one) => one.class > 1).length;
    if (this.draining.has(key) || (lane.class > 1 && others >= drainedAtOnce)) return;
    // A lane whose provider is away must not hold the place of one whose provider is there.
    if (lane.class > 1 && this.runner.isAway(lane.channel)) return;
    const ended = this.sendAll(lane)
      .catch((cause: unknown) => this.log.error('courier.sweep-failed', { err: cause }))
      .finally(() => this.draining.delete(key));
    this.draining.set(key, { class: lane.class, ended });
  }

  private async sendAll(lane: Lane): Promise<void> {
    let sent = 0;
    let n: number;
    do {
      n = await this.runner.run(lane);
      sent += n;
    } while (n > 0 && !(lane.class > 1 && this.runner.isAway(lane.channel)));
    if (sent > 0) void this.sweepLoop?.now(); // whoever waits for a place
  }
}

async function assertMayReach(database: Database, config: CourierConfig): Promise<void> {
  const [installation] = await database.transaction((tx) =>
    tx.query<{ kind: string; sample_world: boolean }>(
      `select kind, sample_world from platform.installation`,
    ),
  );
  if (!installation)
    throw new Error('This database is no installation of Varde yet. Run "varde db migrate" first.');
  const beyond = addressesBeyondLoopback(config);
  if (beyond.length > 0 && (installation.kind === 'sandbox' || installation.sample_world)) {
    throw new Error(
      `This installation is a sandbox: it may reach providers on this machine only, not ${beyond.map((address) => new URL(address).host).join(', ')}.`,
    );
  }
}
