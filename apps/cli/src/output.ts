/** What a command says, and where: the result to standard output, everything on the way to standard error. */
export interface Output {
  /** The result as one document, or as lines for people. */
  answer(json: boolean | undefined, document: unknown, words: string | readonly string[]): void;
  /** The result as one line per record, or as lines for people. */
  list(json: boolean | undefined, records: readonly unknown[], words: readonly string[]): void;
  /** Progress and what goes wrong on the way: never part of the result. */
  progress(line: string): void;
}

interface Sink {
  write(text: string): unknown;
}

/** Plain text without colour, so that a pipe, a log and a screen reader get the same. */
export function outputTo(result: Sink, aside: Sink): Output {
  const lines = (all: readonly string[]): void => {
    if (all.length > 0) result.write(`${all.join('\n')}\n`);
  };
  return {
    answer: (json, document, words) => lines(json ? [JSON.stringify(document)] : [words].flat()),
    list: (json, records, words) =>
      lines(json ? records.map((record) => JSON.stringify(record)) : words),
    progress: (line) => void aside.write(`${line}\n`),
  };
}
