import type { Shutdown } from '@varde/local';

let kept: Shutdown | undefined;

/** Set-up and tear-down run in one process: what the first started, the second stops. */
export function keep(shutdown: Shutdown): void {
  kept = shutdown;
}

/** Stops the servers of this run, by their own pids. */
export async function stopKept(): Promise<void> {
  await kept?.run();
  kept?.dispose();
}
