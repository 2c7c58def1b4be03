import { endOnUnhandled } from './last-handler';
import { logger } from './logger';

describe('endOnUnhandled', () => {
  it.each(['unhandledRejection', 'uncaughtException'] as const)(
    'S-39: writes an %s as a fatal line and ends with 70',
    (event) => {
      const lines: string[] = [];
      const handlers = new Map<string, (cause: unknown) => void>();
      const exits: number[] = [];
      endOnUnhandled(logger('api', { destination: { write: (line) => lines.push(line) } }), {
        on: (name, handler) => handlers.set(name, handler),
        exit: (code) => exits.push(code),
      });
      handlers.get(event)?.(new Error('nobody caught this'));
      expect(exits).toEqual([70]);
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'fatal', event: 'program.failed' });
    },
  );
});
