import type { ConsumeOptions, EventBus, IncomingRecord, SliceResult } from './event-bus';

/** An adapter of the port, and what the suite cannot know of it. */
export interface BusUnderContract {
  readonly name: string;
  readonly open: () => EventBus;
  /** A throw of the handler after which this consumer does not go on by itself. */
  readonly deadly: () => Error;
}

const topic = 'contract.facts';
const other = 'contract.others';
const partitions = 3;
const dayMs = 86_400_000;

/** A consumer's diary: what came, and whom to tell when it is enough. */
class Diary {
  readonly slices: (readonly IncomingRecord[])[] = [];
  private readonly waiting: { isEnough: () => boolean; tell: () => void }[] = [];

  note(records: readonly IncomingRecord[]): void {
    this.slices.push(records);
    for (const { isEnough, tell } of this.waiting) if (isEnough()) tell();
  }

  get records(): readonly IncomingRecord[] {
    return this.slices.flat();
  }

  get values(): readonly string[] {
    return this.records.map(({ value }) => String(value));
  }

  /** Resolves as soon as so many records have come, repeats counted. */
  came(count: number): Promise<void> {
    return this.until(() => this.records.length >= count);
  }

  /** Resolves as soon as this value has come. */
  cameTo(value: string): Promise<void> {
    return this.until(() => this.values.includes(value));
  }

  private until(isEnough: () => boolean): Promise<void> {
    return isEnough()
      ? Promise.resolve()
      : new Promise((tell) => this.waiting.push({ isEnough, tell }));
  }
}

const done = (records: readonly IncomingRecord[]): SliceResult => ({
  kind: 'done',
  next: (records.at(-1)?.offset ?? -1n) + 1n,
});

const fact = (key: string, text: string) => ({
  topic,
  key,
  value: Buffer.from(text),
  headers: {},
});

const facts = (count: number, key = 'one'): ReturnType<typeof fact>[] =>
  Array.from({ length: count }, (_, n) => fact(key, `${key}-${n}`));

/**
 * What every client of a broker keeps that stands behind {@link EventBus}.
 *
 * @source S-36; ADR 0004; style §10
 */
export function keepsTheEventBusContract({ name, open, deadly }: BusUnderContract): void {
  let bus: EventBus;
  let group = 0;
  beforeEach(async () => {
    bus = open();
    group += 1;
    await bus.ensureTopics(
      [topic, other].map((one) => ({ topic: one, partitions, retentionMs: dayMs })),
    );
  });
  afterEach(() => bus.close());

  /** Consumes into a diary. The handler's answer to each slice is the test's. */
  async function consuming(
    answer: (
      records: readonly IncomingRecord[],
      diary: Diary,
    ) => SliceResult | Promise<SliceResult>,
    more: Partial<ConsumeOptions> = {},
  ): Promise<{ diary: Diary; stop: () => Promise<void> }> {
    const diary = new Diary();
    const { stop } = await bus.consume({
      group: `contract-${group}`,
      topics: [topic],
      onError: () => undefined,
      onDead: (cause) => {
        throw cause;
      },
      handle: async (records) => {
        diary.note(records);
        return answer(records, diary);
      },
      ...more,
    });
    return { diary, stop };
  }

  describe(`S-36: the event bus by ${name}`, () => {
    it('brings a record as it was sent: key, bytes, headers, and the name of its topic', async () => {
      const value = Buffer.from([0, 255, 13, 10, 0xc3]);
      const headers = { ce_id: 'a', raw: Buffer.from([0, 128]) };
      await bus.publish([
        { topic, key: 'k', value, headers },
        { topic, key: null, value: null, headers: {} },
      ]);
      const { diary, stop } = await consuming(done);
      await diary.came(2);
      await stop();
      const [full] = diary.records.filter(({ key }) => key !== null);
      const [empty] = diary.records.filter(({ key }) => key === null);
      expect(full).toMatchObject({ topic, key: Buffer.from('k'), value });
      expect(full?.headers).toEqual({ ce_id: Buffer.from('a'), raw: Buffer.from([0, 128]) });
      expect(empty).toMatchObject({ topic, key: null, value: null, headers: {} });
    });

    it('keeps what shares a key in its order, in one partition, under rising offsets', async () => {
      await bus.publish([...facts(20, 'a'), ...facts(20, 'b')]);
      const { diary, stop } = await consuming(done, { sliceSize: 7 });
      await diary.came(40);
      await stop();
      for (const key of ['a', 'b']) {
        const mine = diary.records.filter((record) => String(record.key) === key);
        expect(mine.map(({ value }) => String(value))).toEqual(
          facts(20, key).map(({ value }) => String(value)),
        );
        expect(new Set(mine.map(({ partition }) => partition)).size).toBe(1);
        const offsets = mine.map(({ offset }) => offset);
        expect([...offsets].sort((x, y) => Number(x - y))).toEqual(offsets);
      }
    });

    it('hands out slices of one partition, no longer than was asked for', async () => {
      await bus.publish(['a', 'b', 'c', 'd', 'e'].flatMap((key) => facts(9, key)));
      const { diary, stop } = await consuming(done, { sliceSize: 4 });
      await diary.came(45);
      await stop();
      for (const slice of diary.slices) {
        expect(slice.length).toBeLessThanOrEqual(4);
        expect(new Set(slice.map(({ partition }) => partition)).size).toBe(1);
      }
    });

    it('goes on from where it is told: back to read again, forward to leave out', async () => {
      await bus.publish(facts(6));
      const seeks = [2n, 5n];
      const { diary, stop } = await consuming(
        (records) => {
          const isOn = (offset: bigint): boolean => records[0]?.offset === offset;
          if (isOn(3n) && seeks[0] === 2n) return { kind: 'seek', to: seeks.shift() ?? 0n };
          if (isOn(3n) && seeks[0] === 5n) return { kind: 'seek', to: seeks.shift() ?? 0n };
          return done(records);
        },
        { sliceSize: 1 },
      );
      await diary.came(7);
      await stop();
      expect(diary.values).toEqual(['one-0', 'one-1', 'one-2', 'one-3', 'one-2', 'one-3', 'one-5']);
    });

    it('I-5: comes again with the same records after "wait", and with nothing that lies behind them', async () => {
      await bus.publish(facts(3));
      let waits = 1;
      const { diary, stop } = await consuming(
        (records) => (records[0]?.offset === 1n && waits-- > 0 ? { kind: 'wait' } : done(records)),
        { sliceSize: 1 },
      );
      await diary.came(4);
      await stop();
      expect(diary.values).toEqual(['one-0', 'one-1', 'one-1', 'one-2']);
    });

    it('comes again with the same records after a throw: nothing is passed over', async () => {
      await bus.publish(facts(3));
      let throws = 1;
      const { diary, stop } = await consuming(
        (records) => {
          if (records[0]?.offset === 1n && throws-- > 0) throw new Error('not this time');
          return done(records);
        },
        { sliceSize: 1 },
      );
      await diary.came(4);
      await stop();
      expect(diary.values).toEqual(['one-0', 'one-1', 'one-1', 'one-2']);
    });

    it('is never twice at once in one partition, with two members in the group', async () => {
      const under = new Set<number>();
      const overlaps: number[] = [];
      const diary = new Diary();
      const handle = async (records: readonly IncomingRecord[]): Promise<SliceResult> => {
        const partition = records[0]?.partition ?? -1;
        if (under.has(partition)) overlaps.push(partition);
        under.add(partition);
        await new Promise((turn) => setImmediate(turn));
        under.delete(partition);
        diary.note(records);
        return done(records);
      };
      const first = await consuming(done, { handle, sliceSize: 2 });
      await bus.publish(['a', 'b', 'c', 'd', 'e'].flatMap((key) => facts(20, key)));
      const second = await consuming(done, { handle, sliceSize: 2 });
      await diary.came(100);
      await Promise.all([first.stop(), second.stop()]);
      expect(overlaps).toEqual([]);
      expect(new Set(diary.values).size).toBe(100);
    });

    it('stops after the slice under way, and hands out nothing more', async () => {
      await bus.publish(facts(5));
      const order: string[] = [];
      let release = (): void => undefined;
      const held = new Promise<void>((go) => (release = go));
      const { diary, stop } = await consuming(
        async (records) => {
          await held;
          order.push('handled');
          return done(records);
        },
        { sliceSize: 1 },
      );
      await diary.came(1);
      const stopping = stop().then(() => order.push('stopped'));
      await new Promise((turn) => setImmediate(turn)); // whoever does not wait for the slice has stopped by now
      release();
      await stopping;
      expect(order.at(-1)).toBe('stopped');
      const count = diary.records.length;
      await bus.publish(facts(1, 'after'));
      expect(diary.records.length).toBe(count);
      expect(order.filter((what) => what === 'handled')).toHaveLength(count);
    });

    it('begins at the first record for a new group, and for a known one no later than where it was', async () => {
      await bus.publish(facts(3));
      const first = await consuming(done);
      await first.diary.came(3);
      await first.stop();
      await bus.publish([fact('one', 'later')]);
      const again = await consuming(done);
      await again.diary.cameTo('later');
      await again.stop();
      // The place that counts is the consumer's own, in PostgreSQL: a broker may repeat, and may leave nothing out.
      const log = ['one-0', 'one-1', 'one-2', 'later'];
      expect(again.diary.values).toEqual(log.slice(-again.diary.values.length));
      const stranger = await consuming(done, { group: `stranger-${group}` });
      await stranger.diary.came(4);
      await stranger.stop();
      expect(stranger.diary.values).toEqual(['one-0', 'one-1', 'one-2', 'later']);
    });

    it('hears the topics that it asked for, under their own names, and no other', async () => {
      await bus.publish([{ ...fact('one', 'elsewhere'), topic: other }, fact('one', 'here')]);
      const both = await consuming(done, { topics: [topic, other] });
      await both.diary.came(2);
      await both.stop();
      expect(
        both.diary.records.map((record) => [record.topic, String(record.value)]).sort(),
      ).toEqual(
        [
          [topic, 'here'],
          [other, 'elsewhere'],
        ].sort(),
      );
      const single = await consuming(done, { group: `single-${group}` });
      await single.diary.came(1);
      await single.stop();
      expect(single.diary.values).toEqual(['here']);
    });

    it('I-2: says what the broker holds, by partition, and the same beside each slice', async () => {
      await bus.publish(facts(4));
      const marks = await bus.waterMarks(topic);
      expect([...marks.keys()].sort()).toEqual([0, 1, 2]);
      expect([...marks.values()].every(({ low }) => low === 0n)).toBe(true);
      expect([...marks.values()].reduce((sum, { high }) => sum + high, 0n)).toBe(4n);
      const beside: (readonly [bigint, bigint])[] = [];
      const diary = new Diary();
      const { stop } = await consuming(done, {
        handle: async (records, { high, low }) => {
          beside.push([await low(), high]);
          diary.note(records);
          return done(records);
        },
      });
      await diary.came(4);
      await stop();
      expect(new Set(beside.map(String))).toEqual(new Set(['0,4']));
    });

    it('tells who asked when a consumer cannot go on, with the cause', async () => {
      await bus.publish(facts(1));
      const errors: unknown[] = [];
      const cause = deadly();
      const dead = await new Promise((onDead) => {
        void consuming(
          () => {
            throw cause;
          },
          { onDead, onError: (error) => errors.push(error) },
        );
      });
      expect(dead).toBe(cause);
      expect(errors).toEqual([cause]);
    });

    it('makes the same topics twice without harm, and answers a ping', async () => {
      await bus.publish(facts(2));
      await bus.ensureTopics([{ topic, partitions, retentionMs: dayMs }]);
      const marks = await bus.waterMarks(topic);
      expect([...marks.values()].reduce((sum, { high }) => sum + high, 0n)).toBe(2n);
      await expect(bus.ping()).resolves.toBeUndefined();
    });
  });
}
