import { maskText } from './mask-text';

/** Masks one field of an error: its value and its name. */
export type MaskField = (value: unknown, name: string) => unknown;

// What an error may say beside its message. Everything else that libraries hang on their errors is left out: pg's `detail`,
// `where` and `query` and TypeORM's `parameters` hold rows, nodemailer's `rejected` and `response`, undici's `headers` and
// `body`, twilio's `details` hold addresses and texts.
const harmlessFacts = [
  'code',
  'errno',
  'syscall',
  'port',
  'status',
  'statusCode',
  'responseCode',
  'command',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'retriable',
  'type',
  'facts',
  'field',
] as const;

/** The error's words, with what a database quotes from a row taken out. */
function wordsOf(error: Error): string {
  const { code, severity } = factsOf(error);
  // Class 22 of PostgreSQL (data exception) quotes the value at fault, which may be a name: only the sentence before it stays.
  const quotesData =
    typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code) && severity !== undefined;
  const quote = quotesData ? error.message.search(/[:"]/) : -1;
  return maskText(quote < 0 ? error.message : `${error.message.slice(0, quote)}…`);
}

/** TypeORM wraps the driver's error and adds the statement with its parameters: the driver's facts are the ones to show. */
function factsOf(error: Error): Record<string, unknown> {
  const { driverError } = error as { driverError?: unknown };
  const from = driverError instanceof Error ? { ...driverError, ...error } : error;
  return from as unknown as Record<string, unknown>;
}

/**
 * An error as a log line may show it: name, masked words, frames of the stack, a closed list of facts, and the same for its
 * causes.
 *
 * @source S-28
 */
export function maskError(error: Error, mask: MaskField): Record<string, unknown> {
  const facts = factsOf(error);
  const shown = harmlessFacts.flatMap((name) => {
    const value = facts[name];
    return value === undefined || value === null ? [] : [[name, mask(value, name)] as const];
  });
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at \S/.test(line));
  return {
    name: maskText(error.name),
    message: wordsOf(error),
    ...Object.fromEntries(shown),
    ...(frames.length === 0
      ? {}
      : { stack: frames.slice(0, 30).map((line) => maskText(line.trim())) }),
    ...(error.cause === undefined ? {} : { cause: mask(error.cause, 'cause') }),
    ...(error instanceof AggregateError ? { errors: mask(error.errors, 'errors') } : {}),
  };
}
