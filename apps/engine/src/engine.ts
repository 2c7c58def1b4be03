import { AudienceFactHandlers } from '@varde/audience-feature';
import {
  communicationFacts,
  communicationSettings,
  CommunicationTimers,
  OccasionService,
} from '@varde/communication-feature';
import { topicPlans } from '@varde/contracts';
import { deliveryFacts, FanOut } from '@varde/delivery-feature';
import { IncidentLoops } from './incident-loops';
import { Database } from '@varde/platform-database';
import { assertKeepsEverything, JobQueues, startWorker, type Worker } from '@varde/platform-jobs';
import { FactConsumer, GapWatch, KafkajsBus, type EventBus } from '@varde/platform-kafka';
import type { Log } from '@varde/platform-observability';
import { Outbox, Relay } from '@varde/platform-outbox';
import { every, InstallationClock, type Repeated } from '@varde/platform-time';
import type { EngineConfig } from './engine.config';

const sweepMs = 15_000;

/**
 * The program that decides: takes the network's events, finds who is affected, drafts, keeps promises, makes rows. Woken by
 * Kafka, by timers and by its own outbox.
 *
 * @source `architecture.md` §2, §4
 */
export class Engine {
  private readonly consumers: { stop(): Promise<void> }[] = [];
  private readonly loops: Repeated[] = [];
  private alarms: Worker | undefined;

  private constructor(
    private readonly log: Log,
    /** The engine's connections, for its health. */
    readonly database: Database,
    /** The broker, for its health. */
    readonly bus: EventBus,
    private readonly jobs: JobQueues,
    private readonly relay: Relay,
    private readonly fanOut: FanOut,
    private readonly timers: CommunicationTimers,
    private readonly incidents: IncidentLoops,
  ) {}

  private clock: InstallationClock | undefined;

  /** Connects to everything, makes the topics, begins to work. @throws Error in one sentence when something needed is down */
  static async start(
    config: EngineConfig,
    log: Log,
    leave: (cause: unknown) => void,
  ): Promise<Engine> {
    await assertKeepsEverything(config.VARDE_REDIS_URL);
    const database = await Database.connect({
      url: config.VARDE_DATABASE_URL,
      applicationName: 'varde-engine',
      poolSize: 20,
    });
    const bus = new KafkajsBus({
      brokers: config.VARDE_KAFKA_BROKERS,
      clientId: 'varde-engine',
      prefix: config.VARDE_PREFIX,
      sessionTimeoutMs: config.VARDE_KAFKA_SESSION_TIMEOUT_SECONDS * 1_000,
    });
    await bus.ensureTopics(topicPlans);
    const started: { engine?: Engine; relay?: Relay } = {};
    const clock = await InstallationClock.follow(config.VARDE_DATABASE_URL, 'engine', async () =>
      started.engine?.sweep(),
    );
    const outbox = new Outbox(() => started.relay?.wake());
    const jobs = new JobQueues(config.VARDE_REDIS_URL, config.VARDE_PREFIX, () => clock.now());
    const relay = new Relay({
      database,
      url: config.VARDE_DATABASE_URL,
      bus,
      jobs,
      onError: (cause, what) => log.error('relay.failed', { err: cause, what }),
    });
    started.relay = relay;
    const fanOut = new FanOut(database, outbox, log);
    const timers = new CommunicationTimers(database, outbox, clock, communicationSettings(config));
    const incidents = new IncidentLoops({ database, bus, outbox, clock, log, onDead: leave });
    const engine = new Engine(log, database, bus, jobs, relay, fanOut, timers, incidents);
    engine.clock = clock;
    started.engine = engine;
    await engine.begin(config, outbox, clock, leave);
    return engine;
  }

  /** Everything that is due now, in every context. */
  async sweep(): Promise<void> {
    await this.incidents.sweep();
    await this.timers.sweep();
    this.relay.wake();
  }

  /** Intake first, then consumers, then what they feed, then the connections (DL-12). */
  async stop(): Promise<void> {
    await this.incidents.stop();
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.alarms?.close();
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.fanOut.stop();
    await this.relay.stop();
    await this.jobs.close();
    await this.bus.close();
    await this.clock?.close();
    await this.database.close();
  }

  private async begin(
    config: EngineConfig,
    outbox: Outbox,
    clock: InstallationClock,
    leave: (cause: unknown) => void,
  ): Promise<void> {
    const { database, bus, log } = this;
    const onError = (cause: unknown): void => log.error('engine.fact-failed', { err: cause });
    const common = { database, bus, onError, onDead: leave };
    await this.relay.start();
    this.fanOut.start();
    const occasions = new OccasionService(outbox, clock, communicationSettings(config));
    const facts = [
      new FactConsumer({
        ...common,
        context: 'audience',
        role: 'varde_audience',
        handlers: new AudienceFactHandlers(outbox).handlers,
      }),
      new FactConsumer({
        ...common,
        context: 'communication',
        role: 'varde_communication',
        handlers: communicationFacts(occasions),
      }),
      new FactConsumer({
        ...common,
        context: 'delivery',
        role: 'varde_delivery',
        handlers: deliveryFacts(this.fanOut),
      }),
      new FactConsumer({
        ...common,
        context: 'incident',
        role: 'varde_incident',
        handlers: this.incidents.handlers,
      }),
    ];
    this.consumers.push(...facts);
    await Promise.all(facts.map((consumer) => consumer.start()));
    await this.incidents.start();
    const gaps = new GapWatch(database, bus, log);
    this.loops.push(
      every(
        60_000,
        async () => {
          await gaps.look();
        },
        onError,
      ),
    );
    this.loops.push(every(sweepMs, () => this.sweep(), onError));
    // An alarm only means "sweep now": what is due stands in the rows.
    this.alarms = startWorker(
      {
        url: config.VARDE_REDIS_URL,
        prefix: config.VARDE_PREFIX,
        queue: 'timers',
        concurrency: 1,
        onError,
      },
      () => this.sweep(),
    );
  }
}
