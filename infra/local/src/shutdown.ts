import type { Report } from './report';

/** Ends a launcher in good order when it is asked to. */
export interface Shutdown {
  /** Aborted by the first signal: whoever is in the middle of something long gives up. */
  readonly signal: AbortSignal;
  /** What is to be stopped, and how in an emergency. The last one registered is stopped first. */
  onStop(what: string, stop: () => Promise<void>, killHard?: () => number): void;
  /** Stops everything, in order, without ending the process. Asked twice it does it once. */
  run(): Promise<void>;
  /** Listens to signals no more. */
  dispose(): void;
}

interface Part {
  readonly what: string;
  readonly stop: () => Promise<void>;
  readonly killHard: () => number;
}

/** A process that a signal has ended is told by 128 and the signal's number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type EndingSignal = keyof typeof exitCodes;
const endingSignals = Object.keys(exitCodes) as EndingSignal[];

/**
 * Listens for Ctrl-C, SIGTERM and the closing of the terminal. The first stops everything in order and ends the process
 * with 128 and the signal's number; the second says so in one sentence and kills the recorded children.
 */
export function shutdownOnSignals(
  report: Report,
  exit: (code: number) => void = (code) => process.exit(code),
): Shutdown {
  const abort = new AbortController();
  const parts: Part[] = [];
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    abort.abort();
    for (const part of [...parts].reverse()) {
      await part.stop().catch((error: unknown) => {
        report(`${part.what} could not be stopped in order: ${String(error)}`);
      });
    }
  }

  function listen(signal: EndingSignal): void {
    if (!stopped) {
      report('Stopping: programs first, then Kafka, Redis and PostgreSQL.');
      stopped = stopAll();
      void stopped.then(() => {
        report('Stopped. Nothing of it is left running.');
        exit(exitCodes[signal]);
      });
      return;
    }
    const killed = parts.reduce((sum, part) => sum + part.killHard(), 0);
    report(
      `Asked a second time: ${killed} processes were killed at once. The next start puts their data right.`,
    );
    exit(exitCodes[signal]);
  }
  for (const signal of endingSignals) process.on(signal, listen);

  return {
    signal: abort.signal,
    onStop: (what, stop, killHard = () => 0) => void parts.push({ what, stop, killHard }),
    run: () => (stopped ??= stopAll()),
    dispose() {
      for (const signal of endingSignals) process.off(signal, listen);
    },
  };
}

/**
 * Does what a stop may interrupt. What fails after somebody asked to stop fails because of it, and is no news: then this never
 * answers, and the process ends when everything has stopped.
 */
export async function untilStopped<T>(
  { signal }: Pick<Shutdown, 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!signal.aborted) throw cause;
    return new Promise<never>(() => undefined);
  }
}
