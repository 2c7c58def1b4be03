/** A record to be published. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
}

/** A record as it came. Offsets are beyond 2^53 in theory, so they stay bigint. */
export interface IncomingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | readonly Buffer[] | undefined>>;
}

/** What became of a slice of records. */
export type SliceResult =
  /** Everything below `next` is done, in the database. */
  | { readonly kind: 'done'; readonly next: bigint }
  /** The database knows another place to go on from: fetch from there. */
  | { readonly kind: 'seek'; readonly to: bigint }
  /** Something that we need is down: wait, keep the membership, come again. */
  | { readonly kind: 'wait' };

/** The first offset that the broker still holds, and the first that is not written yet. */
export interface WaterMarks {
  readonly low: bigint;
  readonly high: bigint;
}

/** Which part of a partition the broker holds. */
export interface BrokerMarks {
  /** The first offset that is not written yet, as of this slice. */
  readonly high: bigint;
  /** The first offset that the broker still holds: asked for anew, for retention moves it. */
  low(): Promise<bigint>;
}

/** Who consumes what, and how. */
export interface ConsumeOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Called with records of one partition in order, never twice at once for the same partition. */
  readonly handle: (records: readonly IncomingRecord[], marks: BrokerMarks) => Promise<SliceResult>;
  /** Records in one call at most. @defaultValue 100 */
  readonly sliceSize?: number;
  /** The consumer cannot go on and will not restart by itself: the program must leave. */
  readonly onDead: (cause: unknown) => void;
  readonly onError: (cause: unknown) => void;
}

/** A running consumer. */
export interface Subscription {
  /** Ends the running slice, leaves the group. */
  stop(): Promise<void>;
}

/** A topic that must exist. */
export interface TopicRequest {
  readonly topic: string;
  readonly partitions: number;
  readonly retentionMs: number;
}

/**
 * Facts in and out. The port behind which the broker's client stands: kafkajs is not maintained any more and must be
 * replaceable.
 *
 * @source `architecture.md` §7, S-36
 */
export interface EventBus {
  /** Resolves when every broker that must have the records has them (acks −1). */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  consume(options: ConsumeOptions): Promise<Subscription>;
  ensureTopics(topics: readonly TopicRequest[]): Promise<void>;
  /** The first offset that the broker still holds and the first that is not written yet, by partition. */
  waterMarks(topic: string): Promise<ReadonlyMap<number, WaterMarks>>;
  /** Is the broker there, and is it the cluster that it was? */
  ping(): Promise<void>;
  close(): Promise<void>;
}
