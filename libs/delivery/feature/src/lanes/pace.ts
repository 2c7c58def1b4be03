/**
 * How fast a provider may be called: an even rate, and a pause when it says that it is busy. Shared by all lanes of a channel.
 *
 * @source invariants §1 rule 6: we send at the provider's real rate; our queue is the buffer, not theirs
 */
export class Pace {
  private next = 0;

  /** @param perSecond calls in a second at most; 0 = no limit of ours */
  constructor(private readonly perSecond: number) {}

  /** Resolves when the next call may go. */
  async turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(this.next, now);
    this.next = at + (this.perSecond > 0 ? 1_000 / this.perSecond : 0);
    if (at > now + 1) await new Promise((go) => setTimeout(go, at - now));
  }

  /** The provider is busy: nobody calls it for so long. */
  backOff(ms: number): void {
    this.next = Math.max(this.next, performance.now() + Math.min(ms, 60_000));
  }
}
