import type { Database } from '@varde/platform-database';
import type { Log } from '@varde/platform-observability';
import type { EventBus } from './event-bus';

interface PlaceRow {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

/**
 * Notices what the broker threw away before we had it: the first offset that it still holds lies above the one that we want next.
 * A row and an alarm, never a silent jump; holes inside the log are normal and no gap.
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
      const lows = await this.bus.lowWaterMarks(topic);
      for (const place of places.filter((one) => one.topic === topic)) {
        const low = lows.get(place.partition) ?? 0n;
        if (low > BigInt(place.next_offset) && (await this.note(place, low))) found += 1;
      }
    }
    return found;
  }

  private async note(place: PlaceRow, low: bigint): Promise<boolean> {
    const rows = await this.database.transaction((tx) =>
      tx.query(
        `insert into platform.gap (consumer, topic, partition, expected_offset, low_water_mark) values ($1, $2, $3, $4, $5)
         on conflict do nothing returning 1`,
        [place.consumer, place.topic, place.partition, place.next_offset, String(low)],
      ),
    );
    if (rows.length === 0) return false;
    this.log.error('intake.gap', {
      ...place,
      lowWaterMark: String(low),
      lost: String(low - BigInt(place.next_offset)),
    });
    return true;
  }
}
