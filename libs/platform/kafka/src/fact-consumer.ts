import {
  eventCatalog,
  eventsFor,
  type Context,
  type Envelope,
  type EventName,
  type EventPayload,
} from '@varde/contracts';
import {
  isConnectionLoss,
  isContention,
  type ContextRole,
  type Database,
  type Tx,
} from '@varde/platform-database';
import type { BrokerMarks, EventBus, IncomingRecord, SliceResult, Subscription } from './event-bus';
import { noteGap } from './gap';
import { Places, type Place } from './place';
import { lockOffset, moveOffset } from './stored-offset';

/** What a context does with each fact that it listens to. A repeat never reaches it; a throw is tried again, then put aside. */
export type FactHandlers = {
  readonly [Name in EventName]?: (
    tx: Tx,
    payload: EventPayload<Name>,
    envelope: Envelope,
  ) => Promise<void>;
};

/** What one context's consumer needs. */
export interface FactConsumerOptions {
  readonly context: Context;
  readonly role: ContextRole;
  readonly database: Database;
  readonly bus: EventBus;
  readonly handlers: FactHandlers;
  readonly onError: (cause: unknown) => void;
  readonly onDead: (cause: unknown) => void;
}

/**
 * Compares what a context handles with what the catalog sends it.
 *
 * @throws Error naming every fact of the catalog without a handler, and every handler of no fact
 */
export function assertWired(context: Context, handlers: FactHandlers): void {
  const wanted = eventsFor(context);
  const given = Object.keys(handlers) as EventName[];
  const missing = wanted.filter((name) => !given.includes(name));
  const surplus = given.filter((name) => !wanted.includes(name));
  if (missing.length + surplus.length > 0) {
    throw new Error(
      `Context ${context}: ${missing
        .map((name) => `no handler for ${name}`)
        .concat(
          surplus.map((name) => `a handler for ${name}, which the catalog does not send here`),
        )
        .join('; ')}`,
    );
  }
}

const triesBeforePutAside = 3;

/**
 * Feeds one context the facts that the catalog says it listens to. Effect, dedupe row and offset are one transaction: a fact
 * that comes again, or late from an old member, changes nothing (I-1, I-3). A fact that its handler cannot take is put aside
 * after three tries with its bytes, and the partition goes on (I-4). With the database away it waits and keeps its place (I-5).
 */
export class FactConsumer {
  private readonly consumer: string;
  private readonly tries = new Map<string, number>();
  private readonly places = new Places();
  private subscription: Subscription | undefined;

  constructor(private readonly options: FactConsumerOptions) {
    assertWired(options.context, options.handlers);
    this.consumer = options.context;
  }

  /** Joins the group and begins. */
  async start(): Promise<void> {
    const topics = [
      ...new Set(eventsFor(this.options.context).map((name) => eventCatalog[name].topic)),
    ];
    this.subscription = await this.options.bus.consume({
      group: `varde.${this.consumer}`,
      topics,
      sliceSize: 1,
      handle: (records, marks) => this.take(records, marks),
      onError: this.options.onError,
      onDead: this.options.onDead,
    });
  }

  /** Ends the running fact and leaves the group. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private async take(records: readonly IncomingRecord[], marks: BrokerMarks): Promise<SliceResult> {
    const [record] = records;
    if (!record) return { kind: 'wait' };
    try {
      const done = await this.options.database.unitOfWork(this.options.role, (tx) =>
        this.apply(tx, record, marks),
      );
      if (done.kind === 'shorter') return { kind: 'wait' }; // the gap watch tells it
      if (done.kind !== 'gap') return done;
      await this.passGap(record, done);
      return await this.take(records, marks);
    } catch (cause) {
      this.options.onError(cause);
      if (isConnectionLoss(cause)) return { kind: 'wait' };
      return this.countTry(record, cause);
    }
  }

  private async apply(
    tx: Tx,
    record: IncomingRecord,
    marks: BrokerMarks,
  ): Promise<SliceResult | Exclude<Place, { kind: 'here' }>> {
    const partition = partitionOf(record);
    const stored = await lockOffset(tx, this.consumer, record.topic, record.partition);
    const slice = { first: record.offset, last: record.offset };
    const place = await this.places.of(partition, slice, stored, marks);
    if (place.kind !== 'here') return place;
    const envelope = envelopeOf(record);
    const handler = envelope && this.handlerOf(envelope); // none: a fact of a shared topic that is for others
    if (handler && (await this.isNew(tx, envelope.id))) await handler(tx, record);
    await moveOffset(tx, this.consumer, record.topic, record.partition, record.offset + 1n);
    this.tries.delete(`${partition}/${record.offset}`);
    return { kind: 'done', next: record.offset + 1n };
  }

  private async passGap(
    record: IncomingRecord,
    { expected, lowWaterMark }: Extract<Place, { kind: 'gap' }>,
  ): Promise<void> {
    const { topic, partition } = record;
    const gap = { consumer: this.consumer, topic, partition, expected, lowWaterMark };
    if (await noteGap(this.options.database, gap)) {
      this.options.onError(
        new Error(
          `The broker has thrown away ${lowWaterMark - expected} facts of ${topic}/${partition} that ${this.consumer} had still to read.`,
        ),
      );
    }
    this.places.passGap(partitionOf(record), expected);
  }

  private async isNew(tx: Tx, eventId: string): Promise<boolean> {
    const rows = await tx.query(
      `insert into platform.handled_event (consumer, event_id) values ($1, $2) on conflict do nothing returning 1`,
      [this.consumer, eventId],
    );
    return rows.length > 0;
  }

  private handlerOf(
    envelope: Omit<Envelope, 'data'>,
  ): ((tx: Tx, record: IncomingRecord) => Promise<void>) | undefined {
    const name = envelope.type as EventName;
    const handler = this.options.handlers[name] as
      ((tx: Tx, payload: unknown, envelope: Envelope) => Promise<void>) | undefined;
    return (
      handler &&
      (async (tx, record) => {
        const data = eventCatalog[name].schema.parse(JSON.parse(String(record.value)));
        await handler(tx, data, { ...envelope, data });
      })
    );
  }

  private async countTry(record: IncomingRecord, cause: unknown): Promise<SliceResult> {
    const key = `${partitionOf(record)}/${record.offset}`;
    const tries = (this.tries.get(key) ?? 0) + (isContention(cause) ? 0 : 1);
    this.tries.set(key, tries);
    if (tries < triesBeforePutAside) return { kind: 'wait' };
    await this.options.database.transaction((tx) => this.putAside(tx, record, cause));
    this.tries.delete(key);
    return { kind: 'done', next: record.offset + 1n };
  }

  private async putAside(tx: Tx, record: IncomingRecord, cause: unknown): Promise<void> {
    const envelope = envelopeOf(record);
    await tx.query(
      `insert into platform.failed_event (consumer, topic, partition, record_offset, event_id, type, reason, key, value, headers)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [
        this.consumer,
        record.topic,
        record.partition,
        String(record.offset),
        envelope?.id ?? null,
        envelope?.type ?? null,
        cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : 'unknown',
        record.key,
        record.value,
        JSON.stringify(
          Object.fromEntries(
            Object.entries(record.headers).map(([name, value]) => [name, String(value)]),
          ),
        ),
      ],
    );
    await moveOffset(tx, this.consumer, record.topic, record.partition, record.offset + 1n);
  }
}

const partitionOf = (record: IncomingRecord): string => `${record.topic}/${record.partition}`;

function envelopeOf(record: IncomingRecord): Omit<Envelope, 'data'> | undefined {
  const text = (name: string): string => String(record.headers[name] ?? '');
  if (!record.value || !text('ce_id') || !text('ce_type')) return undefined;
  return {
    id: text('ce_id'),
    type: text('ce_type'),
    source: text('ce_source'),
    subject: text('ce_subject'),
    time: text('ce_time'),
  };
}
