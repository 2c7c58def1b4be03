import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectFolder } from '@varde/local';

jest.setTimeout(120_000);

const sends = 40;
// Some four kilobytes each: more in all than may wait.
const linesOfEach = 150;
const cap = 16 * 1024 * 1024;
const mostInAPipe = 65_536;

let scratch: string;
let program: string;
let provider: Server;
let asked = 0;
const children: ChildProcess[] = [];

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'varde-log-'));
  program = join(scratch, 'sender.cjs');
  const project = findProjectFolder();
  const source = join(project, 'test/security/talkative-sender.fixture.ts');
  const flags = [
    '--bundle',
    '--platform=node',
    '--log-level=warning',
    `--tsconfig=${join(project, 'tsconfig.base.json')}`,
    `--outfile=${program}`,
  ];
  execFileSync(join(project, 'node_modules/.bin/esbuild'), [source, ...flags], { cwd: project });
  provider = createServer((request, response) => {
    request.resume().once('end', () => {
      asked += 1;
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sid: `SM${'0'.repeat(32)}`, status: 'queued' }));
    });
  });
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  provider.close();
  rmSync(scratch, { recursive: true });
});

interface Sender {
  readonly process: ChildProcess;
  /** Settles when everything has been sent, with what the program holds in memory then. */
  readonly sent: Promise<{ sent: number; heldBytes: number }>;
  readonly ended: Promise<number | null>;
}

/** Starts the sender with this descriptor for its standard output. */
function send(output: number, end: 'return' | 'exit' | 'fail'): Sender {
  const { port } = provider.address() as AddressInfo;
  const args = [`http://127.0.0.1:${port}`, String(sends), String(linesOfEach), end];
  const child = fork(program, args, { stdio: ['ignore', output, 'pipe', 'ipc'], execArgv: [] });
  children.push(child);
  closeSync(output);
  return {
    process: child,
    sent: new Promise((done) => child.once('message', (told) => done(told as never))),
    ended: new Promise((done) => child.once('exit', done)),
  };
}

/** A pipe as a container runtime gives it: the end that is read, and the end that is written. */
function aPipe(name: string): { read: number; write: number } {
  const path = join(scratch, name);
  execFileSync('mkfifo', [path]);
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { read, write: openSync(path, 'w') };
}

async function readAll(fd: number): Promise<string> {
  const pieces: Buffer[] = [];
  const reader = new Socket({ fd, readable: true, writable: false });
  for await (const piece of reader) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

describe('while the log is not taken', () => {
  it('S-40: a reader that stands still stops no sending; lines wait up to a cap and the rest is counted', async () => {
    const { read, write } = aPipe('stalled');
    const sender = send(write, 'return');
    expect(await sender.sent).toMatchObject({ sent: sends });
    expect(asked).toBe(sends);
    // Only now somebody reads.
    const text = await readAll(read);
    expect(await sender.ended).toBe(0);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const kept = lines.filter((line) => line['event'] === 'delivery.ended');
    expect(kept.map((line) => Number(line['n']) * linesOfEach + Number(line['line']))).toEqual(
      kept.map((_, n) => n),
    );
    expect(text.length).toBeLessThanOrEqual(cap + 2 * mostInAPipe);
    expect(text.length).toBeGreaterThan(cap - 10_000);
    const dropped = lines.filter((line) => line['event'] === 'log.dropped');
    expect(dropped).toEqual([
      expect.objectContaining({ level: 'warn', lines: sends * linesOfEach - kept.length }),
    ]);
  });

  it.each(['exit', 'fail'] as const)(
    'S-40: a reader that stands still does not hold up the end of a program (%s)',
    async (end) => {
      const { read, write } = aPipe(`stalled-${end}`);
      const sender = send(write, end);
      expect(await sender.ended).toBe(end === 'exit' ? 0 : 70);
      expect(asked).toBe(sends);
      closeSync(read);
    },
  );

  it('S-40: a reader that goes away stops no sending', async () => {
    const { read, write } = aPipe('closed');
    const sender = send(write, 'return');
    closeSync(read);
    expect(await sender.sent).toMatchObject({ sent: sends });
    expect([await sender.ended, asked]).toEqual([0, sends]);
  });

  it('S-40: a full disk stops no sending', async () => {
    const sender = send(openSync('/dev/full', 'w'), 'return');
    expect(await sender.sent).toMatchObject({ sent: sends });
    expect([await sender.ended, asked]).toEqual([0, sends]);
  });
});
