import type { Database } from '@varde/platform-database';
import type { Log } from '@varde/platform-observability';
import type { EventBus, WaterMarks } from './event-bus';
import { noteGap } from './gap';

interface PlaceRow {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

/**
 * Notices what the broker threw away before we had it: the first offset that it still holds lies above the one that we want next.
 * And what it lost after we had it: its log ends before our place, so it is another log. A row and an alarm, never a silent
 * jump; holes inside the log are normal and no gap. Consumers note what they meet themselves; this looks where nothing comes.
 *
 * @source I-2
 */
export class GapWatch {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  /** Compares every place of every consumer with the broker. @returns how many gaps are new */
  async look(): Promise<number> {
    const places = await this.database.transaction((tx) =>
      tx.query<PlaceRow>(
        `select consumer, topic, partition, next_offset from platform.consumer_offset`,
      ),
    );
    let found = 0;
    for (const topic of new Set(places.map((place) => place.topic))) {
      const marks = await this.marksOf(topic);
      for (const place of places.filter((one) => one.topic === topic)) {
        if (await this.isNewGap(place, marks.get(place.partition))) found += 1;
      }
    }
    return found;
  }

  // A topic that is gone, or cannot be asked now, must not hide the gaps of the others.
  private async marksOf(topic: string): Promise<ReadonlyMap<number, WaterMarks>> {
    try {
      return await this.bus.waterMarks(topic);
    } catch (cause) {
      this.log.error('intake.gap-not-watched', { err: cause, topic });
      return new Map();
    }
  }

  private async isNewGap(place: PlaceRow, marks: WaterMarks | undefined): Promise<boolean> {
    const expected = BigInt(place.next_offset);
    if (!marks || (marks.low <= expected && expected <= marks.high)) return false;
    const gap = { ...place, expected, lowWaterMark: marks.low };
    if (!(await noteGap(this.database, gap))) return false;
    this.log.error('intake.gap', {
      consumer: place.consumer,
      topic: place.topic,
      partition: place.partition,
      expected: String(expected),
      lowWaterMark: String(marks.low),
      highWaterMark: String(marks.high),
      lost: marks.low > expected ? String(marks.low - expected) : 'unknown',
    });
    return true;
  }
}
