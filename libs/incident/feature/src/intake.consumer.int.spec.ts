import { Kafka, logLevel, type Admin } from 'kafkajs';
import { aDatabase, aPrefix, brokers, type TestDatabase } from '@varde/testing';
import type { Database } from '@varde/platform-database';
import { GapWatch, KafkajsBus, type OutgoingRecord } from '@varde/platform-kafka';
import { logger, type Log } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import { DeadLetterPublisher } from './dead-letter.publisher';
import { alarmRecord, at, IncidentWorld, sources, type AlarmWord } from './incident-world.fixture';
import { IntakeConsumer } from './intake.consumer';
import { intakeStatusOf } from './intake-status.repository';
import { hangingSql, letterTopic, poisons, throwingSql } from './poison.cases';

const topic = 'network.incidents';
const patienceMs = 500;

/** Everything on a real broker and a real database, with one intake that can be stopped and started. */
class Intake {
  readonly prefix = aPrefix().replaceAll('_', '-');
  readonly bus = new KafkajsBus({
    brokers: brokers(),
    clientId: 'intake-spec',
    prefix: this.prefix,
    maxWaitMs: 50,
  });
  readonly admin: Admin = new Kafka({
    clientId: 'arranging',
    brokers: [...brokers()],
    logLevel: logLevel.NOTHING,
  }).admin();
  readonly said: string[] = [];
  private readonly log: Log = logger('intake-spec', {
    destination: { write: (line) => this.said.push(line) },
  });
  private consumer: IntakeConsumer | undefined;

  constructor(
    readonly looking: TestDatabase,
    readonly database: Database,
    readonly world: IncidentWorld,
  ) {}

  makeTopics(): Promise<void> {
    return this.bus.ensureTopics(
      [...new Set(sources.map((source) => source.topic)), letterTopic].map((name) => ({
        topic: name,
        partitions: 1,
        retentionMs: 3_600_000,
      })),
    );
  }

  async start(): Promise<void> {
    const { feature } = this.world;
    this.consumer = new IntakeConsumer({
      database: this.database,
      bus: this.bus,
      clock: systemClock,
      log: this.log,
      intake: feature.intake,
      sources: feature.sources,
      deadLetters: feature.deadLetters,
      topics: [topic],
      patienceMs,
      onDead: (cause) => this.said.push(`dead: ${String(cause)}`),
    });
    await this.consumer.follow();
  }

  async stop(): Promise<void> {
    await this.consumer?.stop();
    this.consumer = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.bus.close();
    await this.admin.disconnect();
    await this.looking.drop();
  }

  /** Alarms of the one partition, in this order. */
  async hears(...ids: readonly string[]): Promise<void> {
    await this.bus.publish(ids.map((id) => recordOf({ id })));
  }

  async alarms(): Promise<readonly string[]> {
    const rows = await this.looking.query<{ alarm_id: string }>(
      'select alarm_id from incident.alarm order by n',
    );
    return rows.map((row) => row.alarm_id);
  }

  watch(): Promise<number> {
    return new GapWatch(this.database, this.bus, this.log).look();
  }

  gaps(): Promise<readonly unknown[]> {
    return this.world.work(async (tx) => (await intakeStatusOf(tx)).gaps);
  }

  /** The partition in which all of this file's records stand, and how far it goes. */
  async place(): Promise<{ partition: number; high: number }> {
    const all = await this.admin.fetchTopicOffsets(`${this.prefix}.${topic}`);
    const used = all.find((one) => Number(one.high) > 0);
    return { partition: used?.partition ?? 0, high: Number(used?.high ?? 0) };
  }

  throwAway(partition: number, below: number): Promise<void> {
    return this.admin.deleteTopicRecords({
      topic: `${this.prefix}.${topic}`,
      partitions: [{ partition, offset: String(below) }],
    });
  }

  publisher(): DeadLetterPublisher {
    const { deadLetters } = this.world.feature;
    return new DeadLetterPublisher(this.database, this.bus, deadLetters, systemClock, letterTopic);
  }
}

const recordOf = (word: Pick<AlarmWord, 'id'>): OutgoingRecord => {
  const raw = alarmRecord(
    { says: 'raised', minute: 0, sequence: 1, element: 'cell/NO/1-1', ...word },
    '0',
  );
  return {
    topic: raw.topic,
    key: word.id,
    value: raw.value && Buffer.from(raw.value),
    headers: Object.fromEntries(
      Object.entries(raw.headers).flatMap(([name, value]) =>
        value instanceof Uint8Array ? [[name, Buffer.from(value)]] : [],
      ),
    ),
  };
};

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt)
      throw new Error(`Waited in vain for: ${what}. The log says:\n${intake.said.join('')}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}

let intake: Intake;

beforeEach(async () => {
  const looking = await aDatabase();
  const database = await looking.database('varde_engine');
  intake = new Intake(looking, database, await IncidentWorld.on(looking, database));
  await intake.admin.connect();
  await intake.makeTopics();
});
afterEach(() => intake.close());

const heard = (...ids: readonly string[]): Promise<void> =>
  until(`the alarms ${ids.join()}`, async () => (await intake.alarms()).join() === ids.join());

describe('a broker that is somewhere else than we are', () => {
  beforeEach(async () => {
    await intake.start();
    await intake.hears('a0', 'a1', 'a2');
    await heard('a0', 'a1', 'a2');
    await intake.stop();
  });

  it('I-2: what retention took before we had it is a gap that a person sees, noted before anything moves past it', async () => {
    await intake.hears('lost0', 'lost1', 'a5');
    const { partition } = await intake.place();
    await intake.throwAway(partition, 5);
    await intake.start();
    await heard('a0', 'a1', 'a2', 'a5');
    expect(await intake.gaps()).toMatchObject([
      { consumer: 'intake', topic, partition, expectedOffset: '3', lowWaterMark: '5' },
    ]);
    expect(intake.said.filter((line) => line.includes('"intake.gap"'))).toHaveLength(1);
    await intake.hears('a6');
    await heard('a0', 'a1', 'a2', 'a5', 'a6');
    expect(await intake.watch()).toBe(0);
  });

  it('I-2: the watch notices a gap where nothing comes any more, once', async () => {
    await intake.hears('lost');
    const { partition } = await intake.place();
    await intake.throwAway(partition, 4);
    expect([await intake.watch(), await intake.watch()]).toEqual([1, 0]);
    expect(await intake.gaps()).toMatchObject([{ expectedOffset: '3', lowWaterMark: '4' }]);
  });

  it('I-2: a topic that is gone hides no gap of another', async () => {
    await intake.hears('lost');
    const { partition } = await intake.place();
    await intake.throwAway(partition, 4);
    await intake.looking.query(
      `insert into platform.consumer_offset (consumer, topic, partition, next_offset) values ('intake', 'network.gone', 0, 7)`,
    );
    expect(await intake.watch()).toBe(1);
    expect(intake.said.join()).toContain('intake.gap-not-watched');
  });

  it('I-2: with the group’s offsets deleted it goes on from its own place: nothing lost, nothing twice, no gap', async () => {
    await intake.admin.deleteGroups([`${intake.prefix}.varde.intake`]);
    await intake.hears('a3');
    await intake.start();
    await heard('a0', 'a1', 'a2', 'a3');
    expect([await intake.watch(), await intake.gaps()]).toEqual([0, []]);
    expect(await intake.looking.query('select event_count from incident.alarm')).toEqual(
      Array.from({ length: 4 }, () => ({ event_count: 1 })),
    );
  });

  it('I-2: an offset out of range, above and below, leads to our own place and not to a default', async () => {
    const { partition } = await intake.place();
    await intake.admin.setOffsets({
      groupId: `${intake.prefix}.varde.intake`,
      topic: `${intake.prefix}.${topic}`,
      partitions: [{ partition, offset: '1000000' }],
    });
    await intake.hears('a3');
    await intake.start();
    await heard('a0', 'a1', 'a2', 'a3');
    expect([await intake.watch(), await intake.gaps()]).toEqual([0, []]);
  });

  it('I-2: a log that was made anew is no continuation: it is held, and a person sees why', async () => {
    await intake.admin.deleteTopics({ topics: [`${intake.prefix}.${topic}`] });
    await until('the topic to be gone', async () => {
      const { topics } = await intake.admin.fetchTopicMetadata();
      return !topics.some(({ name }) => name === `${intake.prefix}.${topic}`);
    });
    await intake.makeTopics();
    await intake.hears('b0');
    const { partition } = await intake.place();
    await intake.start();
    expect(await intake.watch()).toBe(1);
    expect(await intake.gaps()).toMatchObject([
      { partition, expectedOffset: '3', lowWaterMark: '0' },
    ]);
    expect(await intake.alarms()).toEqual(['a0', 'a1', 'a2']);
    expect(
      await intake.looking.query(
        `select next_offset::int as next from platform.consumer_offset where partition = ${partition} and consumer = 'intake' and topic = '${topic}'`,
      ),
    ).toEqual([{ next: 3 }]);
  });
});

describe('a poison record in the middle of a partition', () => {
  it('I-4: each of the table is put aside with its own bytes, none holds up the next, and each can be played again', async () => {
    await intake.admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: 2,
          name: `${intake.prefix}.${topic}`,
          configEntries: [{ name: 'max.message.bytes', value: String(11 * 1024 * 1024) }],
        },
      ],
    });
    await intake.hears('before');
    for (const { name, spoil } of poisons) {
      const good = recordOf({ id: `p-${name.replaceAll(' ', '-')}` });
      await intake.bus.publish([spoil({ ...good, headers: { ...good.headers, ce_id: name } })]);
    }
    await intake.hears('after');
    await intake.start();
    await heard('before', 'after');

    const letters = await intake.world.work((tx) =>
      intake.world.feature.deadLetters.openDeadLetters(tx, 100),
    );
    const inOrder = [...letters].reverse();
    expect(inOrder.map((letter) => letter.reason)).toEqual(poisons.map(({ reason }) => reason));
    for (const [i, letter] of inOrder.entries()) {
      const sent = poisons[i]?.spoil(
        recordOf({ id: `p-${poisons[i]?.name.replaceAll(' ', '-')}` }),
      );
      expect(
        letter.record.value && Buffer.from(letter.record.value).equals(sent?.value ?? Buffer.of()),
      ).toEqual(sent?.value === null ? null : true);
      await expect(
        intake.world.work((tx) =>
          intake.world.feature.intake.replayDeadLetter(tx, letter.n, at(5)),
        ),
      ).rejects.toMatchObject({ code: 'still-refused' });
    }
    await intake.publisher().publish();
    expect(
      await intake.looking.query(
        'select count(*)::int as n from incident.dead_letter where published_at is null',
      ),
    ).toEqual([{ n: 0 }]);
  });

  it.each([
    ['throws', throwingSql],
    ['hangs', hangingSql],
  ])(
    'I-4: a handler that %s is tried three times, then its event waits for a replay and the partition goes on',
    async (_, { plant, cure }) => {
      await intake.looking.query(plant);
      await intake.hears('before', 'poison', 'after');
      await intake.start();
      await heard('before', 'after');
      expect(intake.world.errors).toHaveLength(3);
      const [letter, ...others] = await intake.world.work((tx) =>
        intake.world.feature.deadLetters.openDeadLetters(tx, 10),
      );
      expect([letter?.reason, others]).toEqual(['handler-failed', []]);
      await intake.looking.query(cure);
      await intake.world.work((tx) =>
        intake.world.feature.intake.replayDeadLetter(tx, letter?.n ?? '', at(5)),
      );
      expect(await intake.alarms()).toEqual(['before', 'after', 'poison']);
    },
  );

  it('I-4: who waits for another’s lock is innocent: nothing is put aside, and it goes on when the lock is free', async () => {
    await intake.hears('before');
    await intake.start();
    await heard('before');
    const locked = intake.looking.query(
      `do $$ begin lock table incident.alarm in exclusive mode; perform pg_sleep(${(patienceMs * 5) / 1_000}); end $$`,
    );
    await intake.hears('waits');
    await locked;
    await heard('before', 'waits');
    expect(intake.world.errors).toEqual([]);
    expect(
      await intake.world.work((tx) => intake.world.feature.deadLetters.openDeadLetters(tx, 10)),
    ).toEqual([]);
  });
});
