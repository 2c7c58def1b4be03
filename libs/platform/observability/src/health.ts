import { maskText } from './mask-text';

/** Looks whether something that the program needs is there. Resolves when it is, rejects with one sentence when not. */
export type HealthCheck = () => Promise<void>;

/** What a program says of itself. */
export interface HealthReport {
  readonly state: 'ready' | 'not-ready' | 'going';
  /** Each check by name: `ok`, or why not. Empty while going: nothing is asked any more. */
  readonly checks: Readonly<Record<string, string>>;
}

const longestCheckMs = 2_000;

/**
 * Whether a program lives, and whether work may be given to it. It says "going" from the moment that it is told to end, while
 * it still finishes what it began.
 *
 * @source `recipes.md` §3
 */
export class Health {
  private going = false;

  /** @param checks by name: `database`, `kafka`, `redis` */
  constructor(private readonly checks: Readonly<Record<string, HealthCheck>> = {}) {}

  /** From now on the program says that it is going. There is no way back. */
  goes(): void {
    this.going = true;
  }

  /** Has {@link goes} been called? */
  get isGoing(): boolean {
    return this.going;
  }

  /** Runs all checks at once, each with two seconds at most. */
  async report(): Promise<HealthReport> {
    if (this.going) return { state: 'going', checks: {} };
    const answers = await Promise.all(
      Object.entries(this.checks).map(
        async ([name, check]) => [name, await answerOf(check)] as const,
      ),
    );
    // Told to end while the checks ran: that is what counts.
    if (this.going) return { state: 'going', checks: {} };
    const isReady = answers.every(([, answer]) => answer === 'ok');
    return { state: isReady ? 'ready' : 'not-ready', checks: Object.fromEntries(answers) };
  }
}

async function answerOf(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${longestCheckMs} ms`), longestCheckMs);
  });
  try {
    return await Promise.race([check().then(() => 'ok', sentenceOf), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

const sentenceOf = (cause: unknown): string =>
  cause instanceof Error && cause.message !== '' ? maskText(cause.message) : 'does not answer';
