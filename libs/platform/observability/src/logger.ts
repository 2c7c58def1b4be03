import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import { correlationId } from './correlation';
import { LogSink } from './log-sink';
import { maskValue } from './mask-value';

/**
 * Name of what happened, constant and lower case with dots: `delivery.claimed`. The type refuses a text that was put together
 * at run time, so that one event is one name and nothing personal gets into it.
 */
export type LogEvent = `${Lowercase<string>}.${Lowercase<string>}`;

/** Facts of one line: ids, counts, codes, an error as `err`. Never message text, addresses, numbers, secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

/** How grave a line is. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Writes one JSON line per event, masked. */
export type Log = Readonly<Record<LogLevel, (event: LogEvent, fields?: LogFields) => void>> & {
  /** The same log with fields that every further line carries. */
  with(fields: LogFields): Log;
  /** Writes out what is still buffered; for the last line of a program that ends. */
  flush(): void;
};

/** How a program's log is made. */
export interface LoggerOptions {
  /** Lines below it are not written. @defaultValue info */
  readonly level?: LogLevel;
  /** Where lines go. @defaultValue standard output, written at once, buffered to 16 MB while nobody reads */
  readonly destination?: DestinationStream;
}

// While the reader of our output stands still, lines wait in memory up to this size and are dropped beyond it: sending goes on.
const mostBuffered = 16 * 1024 * 1024;

/**
 * The log of one program.
 *
 * @param program its name, on every line
 * @source S-28, S-29, S-40; style §5
 */
export function logger(program: string, options: LoggerOptions = {}): Log {
  const stream = options.destination ?? standardOutput(() => log);
  const sink = pino(
    {
      level: options.level ?? 'info',
      base: { program },
      timestamp: stdTimeFunctions.isoTime,
      messageKey: 'event',
      // Errors are masked already; pino's own serialiser would add the name of the masked object's class.
      serializers: { err: (masked: unknown) => masked },
      formatters: { level: (label) => ({ level: label }) },
    } as const,
    stream,
  );
  const flush = (): void => {
    if (canFlush(stream)) stream.flushSync();
  };
  const log = logTo(sink, {}, flush);
  return log;
}

const standardOutput = (log: () => Log): LogSink =>
  new LogSink(1, {
    mostBuffered,
    onDropped: (lines) => log().warn('log.dropped', { lines }),
  });

const canFlush = (stream: object): stream is { flushSync(): void } =>
  'flushSync' in stream && typeof stream.flushSync === 'function';

type Sink = Readonly<Record<LogLevel, (fields: object, event: string) => void>>;

function logTo(sink: Sink, kept: LogFields, flush: () => void): Log {
  const writer =
    (level: LogLevel) =>
    (event: LogEvent, fields: LogFields = {}): void => {
      const id = correlationId();
      const all = { ...(id === undefined ? {} : { correlationId: id }), ...kept, ...fields };
      sink[level](maskValue(all) as object, event);
    };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    fatal: writer('fatal'),
    with: (fields) => logTo(sink, { ...kept, ...fields }, flush),
    flush,
  };
}
