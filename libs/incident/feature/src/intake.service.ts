import { Refusal, type Instant } from '@varde/kernel';
import {
  readRecord,
  sourcesOf,
  type AcceptedPart,
  type IntakePart,
  type RawRecord,
  type Sources,
} from '@varde/incident-domain';
import { isConnectionLoss, isContention, type Tx } from '@varde/platform-database';
import type { AlarmService } from './alarm.service';
import type { DeadLetter, DeadLetterReason, DeadLetterRepository } from './dead-letter.repository';
import type { InboxRepository } from './inbox.repository';
import type { ReportService } from './report.service';
import type { SourceRepository } from './source.repository';

/** What became of one event of a record: exactly one of these (S-12). */
export type Taken =
  | {
      readonly part: number;
      readonly outcome: 'applied' | 'older' | 'parked' | 'without-effect' | 'counted' | 'duplicate';
    }
  | {
      readonly part: number;
      readonly outcome: 'dead-letter';
      readonly reason: DeadLetterReason;
      readonly detail: string;
    };

/** How often a handler of ours is tried before its event is put aside. @source I-4 */
const handlerTries = 3;

/** Is told of a handler of ours that threw; the event is tried again, then put aside. */
export type OnHandlerError = (
  cause: unknown,
  at: { topic: string; partition: number; offset: string; part: number },
) => void;

/**
 * Takes records of the network's topics. Everything that a record does stands in the transaction of the caller, which moves the
 * stored offset in the same one (I-1).
 */
export class IntakeService {
  private readonly registers = new WeakMap<Tx, Promise<Sources>>();

  constructor(
    private readonly sources: SourceRepository,
    private readonly inbox: InboxRepository,
    private readonly deadLetters: DeadLetterRepository,
    private readonly alarms: AlarmService,
    private readonly reports: ReportService,
    private readonly onHandlerError: OnHandlerError,
  ) {}

  /**
   * Takes one record. A repeat changes nothing; a poisoned event is put aside with its bytes and holds up none of its neighbours.
   *
   * @returns one outcome for each event in it
   * @throws  only what is no fault of the record: the connection broke, or two transactions stood in each other's way
   */
  async take(tx: Tx, record: RawRecord): Promise<readonly Taken[]> {
    const parts = readRecord(record, await this.register(tx));
    const recordN = await this.inbox.keepRecord(
      tx,
      record,
      parts.some((part) => part.kind === 'event'),
    );
    if (recordN === undefined) return parts.map(({ part }) => ({ part, outcome: 'duplicate' }));
    const taken: Taken[] = [];
    for (const part of parts)
      taken.push(await this.takePart(tx, record, recordN, part, record.receivedAt));
    return taken;
  }

  /**
   * Plays a dead letter again, with the sources as they are registered now.
   *
   * @throws Refusal `no-such-dead-letter`, `replayed-already`, or `still-refused` with the reason: then nothing has changed
   */
  async replayDeadLetter(tx: Tx, n: string, now: Instant): Promise<Taken> {
    const letter = await this.deadLetters.locked(tx, n);
    if (!letter) throw new Refusal('no-such-dead-letter', `There is no dead letter ${n}.`, { n });
    if (letter.replayedAt !== null)
      throw new Refusal('replayed-already', `Dead letter ${n} was played again already.`, { n });
    const taken = await this.playAgain(tx, letter, now);
    if (taken.outcome === 'dead-letter') {
      throw new Refusal(
        'still-refused',
        `Dead letter ${n} is still refused (${taken.reason}): ${taken.detail}`,
        { n, reason: taken.reason },
      );
    }
    await this.deadLetters.markReplayed(tx, n, now);
    return taken;
  }

  // Read once per transaction: a slice of records is judged by one register.
  private register(tx: Tx): Promise<Sources> {
    const known = this.registers.get(tx) ?? this.sources.all(tx).then(sourcesOf);
    this.registers.set(tx, known);
    return known;
  }

  private async playAgain(tx: Tx, letter: DeadLetter, now: Instant): Promise<Taken> {
    const record = { ...letter.record, receivedAt: now };
    const part = readRecord(record, await this.register(tx)).find(
      (one) => one.part === letter.part,
    );
    if (!part)
      return {
        part: letter.part,
        outcome: 'dead-letter',
        reason: letter.reason,
        detail: 'The record holds no such event any more.',
      };
    return this.takePart(tx, record, await this.inbox.recordOf(tx, record), part, now, true);
  }

  private async takePart(
    tx: Tx,
    record: RawRecord,
    recordN: string,
    part: IntakePart,
    now: Instant,
    again = false,
  ): Promise<Taken> {
    if (part.kind === 'refused') return this.putAside(tx, record, part, part.reason, part.detail);
    for (let tries = 1; ; tries += 1) {
      await tx.query('savepoint part');
      try {
        const taken = await this.apply(tx, recordN, part, now, again);
        await tx.query('release savepoint part');
        return taken;
      } catch (cause) {
        if (isConnectionLoss(cause) || isContention(cause)) throw cause;
        await tx.query('rollback to savepoint part');
        if (cause instanceof Refusal)
          return this.putAside(tx, record, part, 'schema-invalid', cause.message);
        this.onHandlerError(cause, {
          topic: record.topic,
          partition: record.partition,
          offset: record.offset,
          part: part.part,
        });
        if (tries === handlerTries)
          return this.putAside(
            tx,
            record,
            part,
            'handler-failed',
            'Our own handler failed three times; see the log, then replay.',
          );
      }
    }
  }

  private async apply(
    tx: Tx,
    recordN: string,
    part: Exclude<IntakePart, { kind: 'refused' }>,
    now: Instant,
    again: boolean,
  ): Promise<Taken> {
    const parked = again ? await this.inbox.parkedInVain(tx, recordN, part.part) : undefined;
    const n = parked ?? (await this.inbox.keepEvent(tx, recordN, part));
    if (n === undefined) return { part: part.part, outcome: 'duplicate' };
    if (part.kind === 'counted') {
      await this.inbox.count(tx, part, now);
      return { part: part.part, outcome: 'counted' };
    }
    return this.applyEvent(tx, n, part, now);
  }

  private async applyEvent(
    tx: Tx,
    inboxEventN: string,
    accepted: AcceptedPart,
    now: Instant,
  ): Promise<Taken> {
    const { part, sourceId, event, flags } = accepted;
    switch (event.type) {
      case 'alarm': {
        const found = await this.alarms.hear(tx, { sourceId, inboxEventN, event, flags }, now);
        if (found.join() !== flags.join()) await this.inbox.flag(tx, inboxEventN, found);
        return { part, outcome: 'applied' };
      }
      case 'reported-incident': {
        const done = await this.reports.take(
          tx,
          { sourceId, inboxEventN, report: event, flags },
          now,
        );
        if (done.flags.join() !== flags.join()) await this.inbox.flag(tx, inboxEventN, done.flags);
        return { part, outcome: done.outcome };
      }
      case 'alarm-list-rebuilt': {
        // Our copy may be stale; a clear is never inferred from silence, so it is only counted and shown.
        await this.inbox.count(
          tx,
          { sourceId, what: event.readAgain ? 'alarm-list-rebuilt' : 'alarm-list-aligned' },
          now,
        );
        return { part, outcome: 'counted' };
      }
    }
  }

  private async putAside(
    tx: Tx,
    record: RawRecord,
    part: IntakePart,
    reason: DeadLetterReason,
    detail: string,
  ): Promise<Taken> {
    await this.deadLetters.add(tx, record, {
      part: part.part,
      sourceId: part.sourceId ?? null,
      eventId: part.eventId ?? null,
      reason,
      detail,
    });
    return { part: part.part, outcome: 'dead-letter', reason, detail };
  }
}
