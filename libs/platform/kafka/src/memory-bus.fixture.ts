import type {
  ConsumeOptions,
  EventBus,
  IncomingRecord,
  OutgoingRecord,
  SliceResult,
  Subscription,
  TopicRequest,
  WaterMarks,
} from './event-bus';

type Log = IncomingRecord[];

/** The cause after which a consumer of the {@link MemoryBus} does not go on. */
export class BusIsBroken extends Error {}

/**
 * A bus in memory: topics with partitions and offsets, groups with places. It carries no fact of the product and never will,
 * since it forgets everything with its process. It shows that the port asks for nothing that only kafkajs has: it runs the
 * same contract, so a third client can.
 *
 * @source S-36, ADR 0004
 */
export class MemoryBus implements EventBus {
  private readonly topics = new Map<string, readonly Log[]>();
  private readonly groups = new Map<string, Map<Log, bigint>>();
  private readonly busy = new Map<string, Set<Log>>();
  private readonly members = new Set<Member>();

  publish(records: readonly OutgoingRecord[]): Promise<void> {
    for (const { topic, key, value, headers } of records) {
      const logs = this.logsOf(topic);
      const partition = partitionOf(key, logs.length);
      const log = logs[partition] ?? [];
      log.push({
        topic,
        partition,
        offset: BigInt(log.length),
        key: key === null ? null : Buffer.from(key),
        value,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]),
        ),
      });
    }
    this.wakeAll();
    return Promise.resolve();
  }

  consume(options: ConsumeOptions): Promise<Subscription> {
    const { group, topics } = options;
    if (!this.groups.has(group)) this.groups.set(group, new Map());
    if (!this.busy.has(group)) this.busy.set(group, new Set());
    const member = new Member(
      options,
      topics.flatMap((topic) => this.logsOf(topic)),
      this.groups.get(group) ?? new Map<Log, bigint>(),
      this.busy.get(group) ?? new Set(),
      () => this.wakeAll(),
    );
    this.members.add(member);
    member.wake();
    return Promise.resolve({
      stop: async () => {
        await member.stop();
        this.members.delete(member);
        this.wakeAll();
      },
    });
  }

  ensureTopics(topics: readonly TopicRequest[]): Promise<void> {
    for (const { topic, partitions } of topics) {
      if (!this.topics.has(topic))
        this.topics.set(
          topic,
          Array.from({ length: partitions }, (): Log => []),
        );
    }
    return Promise.resolve();
  }

  waterMarks(topic: string): Promise<ReadonlyMap<number, WaterMarks>> {
    return Promise.resolve(
      new Map(
        this.logsOf(topic).map((log, partition) => [
          partition,
          { low: 0n, high: BigInt(log.length) },
        ]),
      ),
    );
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all([...this.members].map((member) => member.stop()));
    this.members.clear();
  }

  private logsOf(topic: string): readonly Log[] {
    const logs = this.topics.get(topic);
    if (!logs) throw new Error(`No topic ${topic}`);
    return logs;
  }

  private wakeAll(): void {
    for (const member of this.members) member.wake();
  }
}

/** One consumer of a group. Whichever member comes first takes a partition, one slice at a time. */
class Member {
  private readonly running = new Set<Promise<void>>();
  private isStopped = false;

  constructor(
    private readonly options: ConsumeOptions,
    private readonly logs: readonly Log[],
    private readonly places: Map<Log, bigint>,
    private readonly busy: Set<Log>,
    private readonly freed: () => void,
  ) {}

  wake(): void {
    for (const log of this.logs) {
      const place = this.places.get(log) ?? 0n;
      if (this.isStopped || this.busy.has(log) || place >= BigInt(log.length)) continue;
      this.busy.add(log);
      const slice = this.take(log, place).finally(() => this.running.delete(slice));
      this.running.add(slice);
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.running);
  }

  private async take(log: Log, place: bigint): Promise<void> {
    const from = Number(place);
    const records = log.slice(from, from + (this.options.sliceSize ?? 100));
    const result = await this.handled(log, records);
    if (result.kind === 'done') this.places.set(log, result.next);
    if (result.kind === 'seek') this.places.set(log, result.to);
    // A turn of the loop between two slices: whoever waits for something gets to it.
    setImmediate(() => {
      this.busy.delete(log);
      this.freed();
    });
  }

  private async handled(log: Log, records: readonly IncomingRecord[]): Promise<SliceResult> {
    try {
      return await this.options.handle(records, {
        high: BigInt(log.length),
        low: () => Promise.resolve(0n),
      });
    } catch (cause) {
      this.options.onError(cause);
      if (cause instanceof BusIsBroken) {
        this.isStopped = true;
        this.options.onDead(cause);
      }
      return { kind: 'wait' };
    }
  }
}

function partitionOf(key: string | Buffer | null, partitions: number): number {
  const sum = Buffer.from(key ?? '').reduce((hash, byte) => (hash * 31 + byte) % 65_521, 7);
  return sum % partitions;
}
