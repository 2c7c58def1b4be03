import type { DeadLetterView, IntakeStatus, Replayed } from '@varde/contracts';
import { toIso, type Clock } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';
import type { DeadLetter, DeadLetterRepository } from './dead-letter.repository';
import { intakeStatusOf } from './intake-status.repository';
import type { IntakeService } from './intake.service';

/** What a signed-in person sees of the intake, and does with what it could not take. */
export class IntakeDesk {
  constructor(
    private readonly database: Database,
    private readonly intake: IntakeService,
    private readonly letters: DeadLetterRepository,
    private readonly clock: Clock,
  ) {}

  /** How far it has come, and what stands open. */
  status(): Promise<IntakeStatus> {
    return this.work(intakeStatusOf);
  }

  /** Dead letters that nobody has played again, newest first; without their bytes. */
  async deadLetters(limit: number): Promise<DeadLetterView[]> {
    return (await this.work((tx) => this.letters.openDeadLetters(tx, limit))).map(letterView);
  }

  /** @throws Refusal `no-such-dead-letter`, `replayed-already`, `still-refused` */
  async replay(n: string): Promise<Replayed> {
    const taken = await this.work((tx) => this.intake.replayDeadLetter(tx, n, this.clock.now()));
    if (taken.outcome === 'dead-letter')
      throw new Error('A replay that is refused again is a refusal.');
    return { n, outcome: taken.outcome };
  }

  private work<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.unitOfWork('varde_incident', work);
  }
}

const letterView = (letter: DeadLetter): DeadLetterView => ({
  n: letter.n,
  topic: letter.record.topic,
  partition: letter.record.partition,
  offset: letter.record.offset,
  part: letter.part,
  source: letter.sourceId,
  eventId: letter.eventId,
  reason: letter.reason,
  detail: letter.detail,
  at: toIso(letter.at),
});
