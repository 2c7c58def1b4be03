import type { Log } from './logger';

/** Exit code of a program that met something nobody handled: EX_SOFTWARE of sysexits.h. */
export const unhandledExitCode = 70;

/** The part of a process that {@link endOnUnhandled} needs. */
export interface EndableProcess {
  on(event: 'unhandledRejection' | 'uncaughtException', handler: (cause: unknown) => void): unknown;
  exit(code: number): unknown;
}

/**
 * The last handler: what nobody caught is written as one fatal line, and the program ends with exit code 70. Nothing is
 * swallowed; the supervisor starts it again.
 *
 * @source style §5 (faults), S-39
 */
export function endOnUnhandled(log: Log, program: EndableProcess = process): void {
  const end =
    (kind: string) =>
    (cause: unknown): void => {
      log.fatal('program.failed', {
        kind,
        err: cause instanceof Error ? cause : new Error(String(cause)),
      });
      log.flush();
      program.exit(unhandledExitCode);
    };
  program.on('uncaughtException', end('exception'));
  program.on('unhandledRejection', end('rejection'));
}
