import { longestRetryAfterMs, pauseAfter, spread, unreachablePauses } from '@varde/delivery-domain';

/** What a {@link Pace} reads; a test gives its own. */
export interface PaceSources {
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
}

const ofTheMachine: PaceSources = { now: () => performance.now(), chance: () => Math.random() };

/**
 * How fast a provider may be called: an even rate, a pause when it says that it is busy, and a growing one while it cannot be
 * reached. Shared by all lanes of a channel.
 *
 * @source invariants §1 rule 6: we send at the provider's real rate; our queue is the buffer, not theirs
 */
export class Pace {
  private next = 0;
  private pausedUntil = 0;
  private unreachableTimes = 0;
  private isStopped = false;
  private readonly waiting = new Set<() => void>();

  /** @param perSecond calls in a second at most; 0 = no limit of ours */
  constructor(
    private readonly perSecond: number,
    private readonly sources: PaceSources = ofTheMachine,
  ) {}

  /** How long nobody may call the provider yet, in milliseconds. */
  get pauseMs(): number {
    return Math.max(this.pausedUntil - this.sources.now(), 0);
  }

  /** Does the pause last because the provider cannot be reached? */
  get isAway(): boolean {
    return this.unreachableTimes > 0 && this.pauseMs > 0;
  }

  /** Resolves when no pause lasts: nothing is claimed before, for its lease would run out while it waits. */
  async ready(): Promise<void> {
    for (let ms = this.pauseMs; ms > 1 && !this.isStopped; ms = this.pauseMs) await this.wait(ms);
  }

  /** Resolves when the next call may go. @returns when that was, for {@link unreachable} */
  async turn(): Promise<number> {
    do {
      const now = this.sources.now();
      const at = Math.max(this.next, now);
      this.next = at + (this.perSecond > 0 ? 1_000 / this.perSecond : 0);
      if (at > now + 1) await this.wait(at - now);
    } while (this.pauseMs > 1 && !this.isStopped); // a pause began meanwhile
    return this.sources.now();
  }

  /** The provider is busy: nobody calls it for so long. */
  backOff(ms: number): void {
    const pause = spread(Math.min(ms, longestRetryAfterMs), this.sources.chance());
    this.pausedUntil = Math.max(this.pausedUntil, this.sources.now() + pause);
    this.next = Math.max(this.next, this.pausedUntil);
  }

  /**
   * The provider cannot be reached: nobody calls it for a while, and for longer each time that this goes on.
   *
   * @param turnAt when the call began; those under way when the pause began tell nothing new
   */
  unreachable(turnAt: number): void {
    if (turnAt < this.pausedUntil) return;
    this.unreachableTimes += 1;
    this.backOff(pauseAfter(unreachablePauses, this.unreachableTimes));
  }

  /** The provider took something: the next pause is a short one again. */
  reached(): void {
    this.unreachableTimes = 0;
  }

  /** Nobody waits any longer: whoever does goes on at once, and asks first whether it still may. */
  stop(): void {
    this.isStopped = true;
    for (const wake of [...this.waiting]) wake();
  }

  private wait(ms: number): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    return new Promise((go) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        go();
      };
      const timer = setTimeout(wake, ms);
      this.waiting.add(wake);
    });
  }
}
