import { shutdownOnSignals, untilStopped, type Shutdown } from './shutdown';

let shutdown: Shutdown;
let lines: string[];
let exits: number[];
let hasExited: Promise<void>;
beforeEach(() => {
  lines = [];
  exits = [];
  hasExited = new Promise((settle) => {
    shutdown = shutdownOnSignals(
      (line) => lines.push(line),
      (code) => {
        exits.push(code);
        settle();
      },
    );
  });
});
afterEach(() => shutdown.dispose());

/** As the kernel would deliver it. */
const send = (signal: NodeJS.Signals): boolean => process.emit(signal, signal);

describe('a signal', () => {
  it('stops what was registered last first, then ends the process with 128 and its number', async () => {
    const order: string[] = [];
    shutdown.onStop('servers', () => Promise.resolve(void order.push('servers')));
    shutdown.onStop('programs', () => Promise.resolve(void order.push('programs')));
    send('SIGTERM');
    await hasExited;
    expect(order).toEqual(['programs', 'servers']);
    expect(exits).toEqual([143]);
    expect(shutdown.signal.aborted).toBe(true);
  });

  it('that comes a second time kills hard and says it in one sentence', () => {
    shutdown.onStop(
      'something slow',
      () => new Promise(() => undefined),
      () => 4,
    );
    send('SIGINT');
    send('SIGINT');
    expect(lines).toEqual([
      'Stopping: programs first, then Kafka, Redis and PostgreSQL.',
      'Asked a second time: 4 processes were killed at once. The next start puts their data right.',
    ]);
    expect(exits).toEqual([130]);
  });

  it('stops the rest when one part cannot be stopped, and tells which', async () => {
    let rest = false;
    shutdown.onStop('the rest', () => Promise.resolve(void (rest = true)));
    shutdown.onStop('the stubborn', () => Promise.reject(new Error('no')));
    send('SIGHUP');
    await hasExited;
    expect(rest).toBe(true);
    expect(lines[1]).toBe('the stubborn could not be stopped in order: Error: no');
    expect(exits).toEqual([129]);
  });

  it('makes what fails after it no news; what fails before is told', async () => {
    await expect(
      untilStopped(shutdown, () => Promise.reject(new Error('a port is taken'))),
    ).rejects.toThrow('a port is taken');
    const answered: string[] = [];
    const going = untilStopped(shutdown, async () => {
      await hasExited;
      throw new Error('Kafka did not start');
    });
    void going.catch(() => answered.push('told'));
    send('SIGINT');
    await hasExited;
    await new Promise(setImmediate);
    expect(answered).toEqual([]);
    expect(lines.at(-1)).toBe('Stopped. Nothing of it is left running.');
  });
});
