import {
  CompressionCodecs,
  CompressionTypes,
  Kafka,
  logLevel,
  type Admin,
  type Batch,
  type Consumer,
  type EachBatchPayload,
  type Producer,
} from 'kafkajs';
import { registerCodecs, restIdleConnections } from './kafkajs-mended';
import type {
  ConsumeOptions,
  EventBus,
  IncomingRecord,
  OutgoingRecord,
  Subscription,
  TopicRequest,
  WaterMarks,
} from './event-bus';

/** How to reach the brokers. */
export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Put before every topic and group, so that installations on one broker stay apart. */
  readonly prefix?: string;
  /** How long a fetch may wait for records. 50 in tests, 250 in programs. @defaultValue 250 */
  readonly maxWaitMs?: number;
  /** How long a silent member keeps its partitions. @defaultValue 10000 */
  readonly sessionTimeoutMs?: number;
}

registerCodecs(CompressionCodecs, CompressionTypes);
restIdleConnections();

/**
 * The bus on Apache Kafka by kafkajs 2.2.4: one long-lived producer, manual commits, offsets that PostgreSQL knows better.
 *
 * @source `stack.md` §5, I-8
 */
export class KafkajsBus implements EventBus {
  private readonly kafka: Kafka;
  private producer: Promise<Producer> | undefined;
  private admin: Promise<Admin> | undefined;
  private readonly stopped = new WeakSet<Consumer>();

  constructor(private readonly options: KafkaOptions) {
    this.kafka = new Kafka({
      clientId: options.clientId,
      brokers: [...options.brokers],
      logLevel: logLevel.NOTHING,
      connectionTimeout: 3_000,
      retry: { initialRetryTime: 50, maxRetryTime: 2_000, retries: 8 },
    });
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    const byTopic = new Map<string, OutgoingRecord[]>();
    for (const record of records)
      byTopic.set(record.topic, [...(byTopic.get(record.topic) ?? []), record]);
    const producer = await this.connectedProducer();
    await producer.sendBatch({
      acks: -1,
      topicMessages: [...byTopic].map(([topic, list]) => ({
        topic: this.named(topic),
        messages: list.map((record) => ({
          key: record.key,
          value: record.value,
          headers: { ...record.headers },
        })),
      })),
    });
  }

  async consume(options: ConsumeOptions): Promise<Subscription> {
    const consumer = this.kafka.consumer({
      groupId: this.named(options.group),
      sessionTimeout: this.options.sessionTimeoutMs ?? 10_000,
      heartbeatInterval: Math.min(1_000, (this.options.sessionTimeoutMs ?? 10_000) / 10),
      rebalanceTimeout: this.options.sessionTimeoutMs ?? 10_000,
      maxWaitTimeInMs: this.options.maxWaitMs ?? 250,
      allowAutoTopicCreation: false,
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      options.onError(payload.error);
      if (!payload.restart) options.onDead(payload.error);
    });
    await consumer.connect();
    await consumer.subscribe({
      topics: options.topics.map((topic) => this.named(topic)),
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 3,
      eachBatch: (payload) => this.takeBatch(consumer, payload, options),
    });
    return {
      stop: async () => {
        this.stopped.add(consumer);
        await consumer.disconnect();
      },
    };
  }

  async ensureTopics(topics: readonly TopicRequest[]): Promise<void> {
    const admin = await this.connectedAdmin();
    const known = new Set(await admin.listTopics());
    const missing = topics.filter((plan) => !known.has(this.named(plan.topic)));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((plan) => ({
        topic: this.named(plan.topic),
        numPartitions: plan.partitions,
        configEntries: [
          { name: 'cleanup.policy', value: 'delete' },
          { name: 'retention.ms', value: String(plan.retentionMs) },
        ],
      })),
    });
  }

  async waterMarks(topic: string): Promise<ReadonlyMap<number, WaterMarks>> {
    const admin = await this.connectedAdmin();
    const offsets = await admin.fetchTopicOffsets(this.named(topic));
    return new Map(
      offsets.map(({ partition, low, high }) => [
        partition,
        { low: BigInt(low), high: BigInt(high) },
      ]),
    );
  }

  async ping(): Promise<void> {
    const admin = await this.connectedAdmin();
    await admin.describeCluster();
  }

  async close(): Promise<void> {
    await (await this.producer)?.disconnect();
    await (await this.admin)?.disconnect();
  }

  private named(name: string): string {
    return this.options.prefix ? `${this.options.prefix}.${name}` : name;
  }

  private connectedProducer(): Promise<Producer> {
    this.producer ??= connected(
      this.kafka.producer({ allowAutoTopicCreation: false, maxInFlightRequests: 5 }),
    );
    this.producer.catch(() => (this.producer = undefined));
    return this.producer;
  }

  private connectedAdmin(): Promise<Admin> {
    this.admin ??= connected(this.kafka.admin());
    this.admin.catch(() => (this.admin = undefined));
    return this.admin;
  }

  private async takeBatch(
    consumer: Consumer,
    payload: EachBatchPayload,
    options: ConsumeOptions,
  ): Promise<void> {
    const { batch } = payload;
    const topic = this.options.prefix
      ? batch.topic.slice(this.options.prefix.length + 1)
      : batch.topic;
    const size = options.sliceSize ?? 100;
    for (let from = 0; from < batch.messages.length; from += size) {
      if (!payload.isRunning() || payload.isStale()) return;
      const records = batch.messages
        .slice(from, from + size)
        .map((message) => incoming(topic, batch, message));
      const result = await beating(payload, () =>
        options.handle(records, {
          high: BigInt(batch.highWatermark),
          low: async () => (await this.waterMarks(topic)).get(batch.partition)?.low ?? 0n,
        }),
      );
      await payload.heartbeat();
      if (result.kind === 'wait') return this.pauseFor(consumer, batch, 1_000);
      if (result.kind === 'seek')
        return consumer.seek({
          topic: batch.topic,
          partition: batch.partition,
          offset: String(result.to),
        });
      payload.resolveOffset(String(result.next - 1n));
      await consumer
        .commitOffsets([
          { topic: batch.topic, partition: batch.partition, offset: String(result.next) },
        ])
        .catch(options.onError); // the offset that counts is in PostgreSQL; the broker's copy is for its own displays
    }
  }

  private pauseFor(consumer: Consumer, batch: Batch, ms: number): void {
    const place = [{ topic: batch.topic, partitions: [batch.partition] }];
    consumer.pause(place);
    // Told to stop in the meantime, kafkajs has nothing to resume and would throw where nobody catches.
    setTimeout(() => {
      if (!this.stopped.has(consumer)) consumer.resume(place);
    }, ms).unref();
  }
}

async function connected<Client extends { connect(): Promise<void> }>(
  client: Client,
): Promise<Client> {
  await client.connect();
  return client;
}

const beatMs = 1_000;

// A slow slice, or a database that is away, is no silent member: the heart beats while we work (I-5, I-6).
async function beating<T>(payload: EachBatchPayload, work: () => Promise<T>): Promise<T> {
  // What a heartbeat says meanwhile, another generation above all, is heard at the one after the slice.
  const beat = setInterval(() => void payload.heartbeat().catch(() => undefined), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

const incoming = (
  topic: string,
  batch: Batch,
  message: Batch['messages'][number],
): IncomingRecord => ({
  topic,
  partition: batch.partition,
  offset: BigInt(message.offset),
  key: message.key,
  value: message.value,
  headers: Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(bytes) : value === undefined ? undefined : bytes(value),
    ]),
  ),
});

const bytes = (value: Buffer | string): Buffer =>
  typeof value === 'string' ? Buffer.from(value) : value;
