import { deadLetterTopic, intakeTopic } from '@varde/contracts';
import {
  audienceFacts,
  DeadLetterPublisher,
  incidentFeature,
  IntakeConsumer,
} from '@varde/incident-feature';
import type { Clock } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { EventBus, FactHandlers } from '@varde/platform-kafka';
import type { Log } from '@varde/platform-observability';
import type { Outbox } from '@varde/platform-outbox';
import { every, type Repeated } from '@varde/platform-time';

/** What the incident context's loops need. */
export interface IncidentLoopParts {
  readonly database: Database;
  readonly bus: EventBus;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly onDead: (cause: unknown) => void;
}

const timersAtOnce = 100;
const lookForSourcesMs = 5_000;
const publishMs = 2_000;

/** Runs the incident context: intake, timers, dead letters. */
export class IncidentLoops {
  /** What it does with the facts of others. */
  readonly handlers: FactHandlers;
  private readonly feature: ReturnType<typeof incidentFeature>;
  private readonly consumer: IntakeConsumer;
  private readonly publisher: DeadLetterPublisher;
  private readonly loops: Repeated[] = [];

  constructor(private readonly parts: IncidentLoopParts) {
    const { database, bus, outbox, clock, log } = parts;
    this.feature = incidentFeature({
      outbox,
      onHandlerError: (cause, at) => log.error('intake.handler-failed', { err: cause, ...at }),
    });
    this.handlers = audienceFacts(this.feature.incidents, clock);
    this.publisher = new DeadLetterPublisher(
      database,
      bus,
      this.feature.deadLetters,
      clock,
      deadLetterTopic,
    );
    this.consumer = new IntakeConsumer({
      database,
      bus,
      clock,
      log,
      intake: this.feature.intake,
      sources: this.feature.sources,
      deadLetters: this.feature.deadLetters,
      topics: [intakeTopic],
      onDead: parts.onDead,
    });
  }

  /** Begins to read the network's topics. */
  async start(): Promise<void> {
    const failed = (cause: unknown): void =>
      this.parts.log.error('intake.loop-failed', { err: cause });
    await this.consumer.follow();
    this.loops.push(
      every(lookForSourcesMs, () => this.consumer.follow(), failed),
      every(publishMs, () => this.publisher.publish(), failed),
    );
  }

  /** Acts on every timer that is due. */
  async sweep(): Promise<void> {
    let rang: number;
    do {
      rang = await this.parts.database.unitOfWork('varde_incident', (tx) =>
        this.feature.timers.sweepDueTimers(tx, this.parts.clock.now(), timersAtOnce),
      );
    } while (rang === timersAtOnce);
  }

  /** Ends the running work and leaves the group. */
  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.consumer.stop();
  }
}
