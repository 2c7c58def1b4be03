/** Work that repeats until it is stopped. */
export interface Repeated {
  /** Runs the work now, or, if it runs already, once more right after. Resolves when that run has ended. */
  now(): Promise<void>;
  /** No further run begins; resolves when the running one has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `work` at once and then again and again, never twice at the same time. A plain timer on purpose: sweepers must work
 * with Redis away.
 *
 * @param periodMs pause between the end of one run and the beginning of the next
 * @param onError  is told of a run that failed; the next one comes all the same
 * @source invariants §2.4, "sweeper for timers"
 */
export function every(
  periodMs: number,
  work: () => Promise<void>,
  onError: (cause: unknown) => void,
): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const run = async (): Promise<void> => {
    do {
      again = false;
      await work().catch(onError);
    } while (again && !stopped);
    running = undefined;
    if (!stopped) timer = setTimeout(() => void now(), periodMs);
  };
  const now = (): Promise<void> => {
    if (stopped) return running ?? Promise.resolve();
    if (running) {
      again = true;
      return running;
    }
    clearTimeout(timer);
    running = run();
    return running;
  };
  void now();
  return {
    now,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
