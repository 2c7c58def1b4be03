import type { Clock } from '@varde/kernel';
import type { Database } from '@varde/platform-database';
import type { EventBus } from '@varde/platform-kafka';
import type { DeadLetter, DeadLetterRepository } from './dead-letter.repository';

const atOnce = 100;
// The broker takes a megabyte with all that belongs to it, and a letter carries more headers than its record did.
const largestValue = 512 * 1024;

/** Puts dead letters on their topic with their own bytes and headers, after they are safe in the table. Very large bytes stay there. @source I-4 */
export class DeadLetterPublisher {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly letters: DeadLetterRepository,
    private readonly clock: Clock,
    private readonly topic: string,
  ) {}

  /** Publishes what waits. One that was published and not marked comes again: readers of that topic are people. */
  async publish(): Promise<void> {
    for (;;) {
      const published = await this.database.unitOfWork('varde_incident', async (tx) => {
        const letters = await this.letters.unpublishedDeadLetters(tx, atOnce);
        if (letters.length === 0) return 0;
        await this.bus.publish(
          letters.map((letter) => ({
            topic: this.topic,
            key: letter.record.key ? Buffer.from(letter.record.key) : null,
            value: valueOf(letter),
            headers: {
              ...headersOf(letter.record.headers),
              ...(isTooLarge(letter) ? { 'varde-value': 'in the table only' } : {}),
              'varde-dead-letter': letter.n,
              'varde-reason': letter.reason,
              'varde-topic': letter.record.topic,
              'varde-part': String(letter.part),
            },
          })),
        );
        await this.letters.markDeadLettersPublished(
          tx,
          letters.map((letter) => letter.n),
          this.clock.now(),
        );
        return letters.length;
      });
      if (published < atOnce) return;
    }
  }
}

// One letter that the broker refuses would hold up all others for ever.
const isTooLarge = ({ record }: DeadLetter): boolean => (record.value?.length ?? 0) > largestValue;

const valueOf = (letter: DeadLetter): Buffer | null =>
  letter.record.value && !isTooLarge(letter) ? Buffer.from(letter.record.value) : null;

// A repeated header keeps its first value here; the table has them all.
function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, Buffer> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return first instanceof Uint8Array ? [[name, Buffer.from(first)]] : [];
    }),
  );
}
