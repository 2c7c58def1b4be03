/** How the command line ends. @source `experience.md` §14 */
export const exit = {
  done: 0,
  refused: 1,
  wrongUse: 2,
  down: 3,
  inPart: 4,
  interrupted: 130,
} as const;

/** The command cannot be done as it was asked. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(
    readonly exitCode: number,
    readonly code: string,
    sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** Something that the command needs is not there. */
export const down = (sentence: string, cause?: unknown): CommandFailed =>
  new CommandFailed(exit.down, 'needed-is-down', sentence, { cause });

/** The command was not used as it is meant. */
export const wrongUse = (sentence: string): CommandFailed =>
  new CommandFailed(exit.wrongUse, 'wrong-use', sentence);
