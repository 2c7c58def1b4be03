import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findProjectFolder } from '@varde/local';
import { request } from 'undici';

/** What the sink took. @property at milliseconds on the machine's monotonic clock */
export interface Arrival {
  readonly to: string;
  readonly body: string;
  readonly at: number;
}

/** The counting provider. */
export interface Sink {
  readonly url: string;
  readonly pid: number;
  accepted(): Promise<number>;
  arrivals(): Promise<readonly Arrival[]>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** The machine's monotonic clock, as the sink stamps with. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts the sink as a process of its own. */
export async function startSink(): Promise<Sink> {
  const child = spawn(process.execPath, [join(findProjectFolder(), 'dist/load/sink.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', () => fail(new Error('The sink did not start.')));
    child.stdout.once('data', (line: Buffer) => done(Number(/(\d+)/.exec(line.toString())?.[1])));
  });
  const url = `http://127.0.0.1:${port}`;
  const read = async <T>(path: string): Promise<T> =>
    (await request(`${url}${path}`)).body.json() as Promise<T>;
  return {
    url,
    pid: child.pid ?? 0,
    accepted: async () => (await read<{ accepted: number }>('/')).accepted,
    arrivals: () => read('/arrivals'),
    reset: async () => {
      await (await request(url, { method: 'DELETE' })).body.dump();
    },
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 2_000).unref();
      }),
  };
}
