import type { LoggerService } from '@nestjs/common';
import type { Log, LogLevel } from './logger';

/** Writes what Nest says into the program's own log, masked like everything else. Chatter of its start goes to `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  // Nest passes (message, …, context) and for errors (message, stack, context).
  private write(level: LogLevel, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const details = rest.slice(0, -1);
    this.to[level]('nest.said', {
      said: message,
      ...(typeof context === 'string' ? { context } : {}),
      ...(details.length === 0 ? {} : { more: details }),
    });
  }
}
