import { CommanderError } from 'commander';
import { Refusal } from '@varde/kernel';
import { ConfigurationError } from '@varde/platform-config';

/** How the command line ends. @source `experience.md` §14 */
export const exit = {
  done: 0,
  refused: 1,
  wrongUse: 2,
  down: 3,
  inPart: 4,
  interrupted: 130,
} as const;

/** One of {@link exit}. */
export type ExitCode = (typeof exit)[keyof typeof exit];

/** The command cannot be done as it was asked: how it ends, a word for programs, a sentence for people. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(
    readonly exitCode: ExitCode,
    readonly code: string,
    sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** Somebody or something said no. */
export const refused = (code: string, sentence: string, cause?: unknown): CommandFailed =>
  new CommandFailed(exit.refused, code, sentence, { cause });

/** Something that the command needs is not there. */
export const down = (sentence: string, cause?: unknown): CommandFailed =>
  new CommandFailed(exit.down, 'needed-is-down', sentence, { cause });

/** The command was not used as it is meant. */
export const wrongUse = (sentence: string): CommandFailed =>
  new CommandFailed(exit.wrongUse, 'wrong-use', sentence);

/** How the program ends for whatever stopped it. */
export function exitCodeOf(cause: unknown): ExitCode {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exit.done : exit.wrongUse;
  if (cause instanceof CommandFailed) return cause.exitCode;
  if (cause instanceof ConfigurationError) return exit.wrongUse;
  if (cause instanceof Refusal && cause.code !== 'sign-in-unavailable') return exit.refused;
  return cause instanceof Refusal || isUnreachable(cause) ? exit.down : exit.refused;
}

/** What a person reads of it: a sentence, and the word for programs behind it. `undefined` where it has been told already. */
export function sentenceOf(cause: unknown): string | undefined {
  if (cause instanceof CommanderError) return undefined;
  const code = cause instanceof CommandFailed || cause instanceof Refusal ? ` (${cause.code})` : '';
  return `${cause instanceof Error ? cause.message : String(cause)}${code}`;
}

const socketErrors = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
];
// PostgreSQL: connection trouble, no room for another connection, shutting down or starting.
const databaseAway = /^(08...|53300|57P0[123])$/;

/** Does nobody answer there? Looks through the causes, for each library wraps the socket's error once more. */
export function isUnreachable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== undefined && (socketErrors.includes(code) || databaseAway.test(code))) return true;
  if (/^UND_ERR_(CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET)$/.test(code ?? ''))
    return true;
  if (cause instanceof AggregateError && cause.errors.some(isUnreachable)) return true;
  return isUnreachable(cause.cause);
}
