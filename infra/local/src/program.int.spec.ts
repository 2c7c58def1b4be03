import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChildren, readChildren, type Children } from './children';
import { freePort } from './port';
import { startProgram, type Program, type ProgramPlan } from './program';

jest.setTimeout(60_000);

let folder: string;
let children: Children;
let said: string[];
let programs: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varde-program-'));
  mkdirSync(join(folder, 'logs'));
  children = openChildren(join(folder, 'children.json'));
  said = [];
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  rmSync(folder, { recursive: true });
});

const staysUp = 'console.log("ready " + process.pid); setInterval(() => {}, 1e6)';

function start(script: string, plan: Partial<ProgramPlan> = {}): Program {
  const whole = {
    name: 'engine',
    command: process.execPath,
    args: ['-e', script],
    env: {},
    ready: { line: 'ready' },
    restart: false,
    ...plan,
  };
  const program = startProgram(whole, {
    children,
    folder,
    report: (line) => said.push(line),
    stopping: () => false,
  });
  programs.push(program);
  return program;
}

describe('a program', () => {
  it('is ready when its line is in the log, and ends with SIGTERM', async () => {
    const program = start(staysUp, { ready: { line: /^ready \d+$/m } });
    await program.ready();
    expect(readFileSync(program.logFile, 'utf8')).toBe(`ready ${program.pid}\n`);
    await program.stop();
    expect(await program.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(said).toEqual([]);
  });

  it('is ready when its address answers with 200', async () => {
    const port = await freePort();
    const program = start(
      `require('node:http').createServer((_, answer) => answer.end()).listen(${port}, '127.0.0.1')`,
      { ready: { url: `http://127.0.0.1:${port}/health` } },
    );
    await program.ready();
    expect(program.restarts).toBe(0);
  });

  it('is not ready because somebody else answers on its port without a 200', async () => {
    const stranger = createServer((socket) =>
      socket.end('HTTP/1.1 503 Away\r\ncontent-length: 0\r\n\r\n'),
    );
    await new Promise<void>((settle) => void stranger.listen(0, '127.0.0.1', settle));
    const { port } = stranger.address() as AddressInfo;
    const program = start('process.exit(3)', { ready: { url: `http://127.0.0.1:${port}` } });
    await expect(program.ready()).rejects.toThrow('engine ended before it was ready.');
    stranger.close();
  });

  it('that ends before it is ready is told with the end of its log', async () => {
    const program = start('console.error("KAFKA_BROKERS is missing"); process.exit(2)');
    await expect(program.ready()).rejects.toThrow(
      /engine ended before it was ready[^]+KAFKA_BROKERS is missing/,
    );
    expect(await program.exited).toEqual({ code: 2, signal: null });
    expect(said).toEqual([
      expect.stringMatching(/^engine has ended by itself \(code 2\)\. Its log is /),
    ]);
  });

  it('comes again after kill -9, as often as a fault test wants', async () => {
    const program = start(staysUp, { restart: true });
    const pids = new Set<number>();
    for (let kill = 0; kill < 8; kill += 1) {
      await program.ready();
      pids.add(program.pid);
      await program.kill9();
    }
    await program.ready();
    expect(pids.size).toBe(8);
    expect(program.restarts).toBe(8);
    expect(said).toEqual([]);
  });

  it('that ends by itself again and again is given up after five more tries, and each is told', async () => {
    const program = start('process.exit(4)', { restart: true });
    expect(await program.exited).toEqual({ code: 4, signal: null });
    expect(program.restarts).toBe(5);
    expect(said).toHaveLength(6);
    expect(said[5]).toMatch(/for the 6th time in a row and is not started again/);
  });

  it('is recorded while it runs, so that the next run can end it', async () => {
    const program = start(staysUp);
    await program.ready();
    const recorded = (): readonly number[] =>
      readChildren(join(folder, 'children.json')).map(({ pid }) => pid);
    expect(recorded()).toEqual([program.pid]);
    await program.stop();
    expect(recorded()).toEqual([]);
  });

  it('does not come again after it was stopped', async () => {
    const program = start(staysUp, { restart: true });
    await program.ready();
    await program.stop();
    await program.exited;
    expect(program.restarts).toBe(0);
  });
});
