import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readChildren, type ChildRecord } from './children';
import { findProjectFolder } from './data-folder';
import { startDetached, stopRunning } from './detached';
import { readLock } from './lock';
import { isAlive } from './process-mark';
import { openFolder, readRunning, stackFolder } from './stack-folder';
import { waitFor } from './wait';

jest.setTimeout(120_000);

const project = findProjectFolder();
const named = `test-${process.pid}`;
/** Longer than anything here may take: a test fails by it, and never passes by it. */
const patience = { withinMs: 60_000 };
const stubborn =
  'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1e6)';
const obedient = 'console.log("ready"); setInterval(() => {}, 1e6)';

let scratch: string;
let entry: string;
const launchers: ChildProcess[] = [];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'varde-launcher-'));
  entry = join(scratch, 'launcher.cjs');
  const source = join(project, 'infra/local/src/launcher.fixture.ts');
  const flags = ['--bundle', '--platform=node', '--log-level=warning', `--outfile=${entry}`];
  execFileSync(join(project, 'node_modules/.bin/esbuild'), [source, ...flags], { cwd: project });
});
afterAll(async () => {
  await stopRunning(named);
  for (const launcher of launchers) launcher.kill('SIGKILL');
  rmSync(stackFolder(named), { recursive: true, force: true });
  rmSync(scratch, { recursive: true });
});

interface Launched {
  readonly process: ChildProcess;
  /** Settles with the output when a text has been said, or fails when the launcher ended without it. */
  says(text: string): Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;
}

function launch(...args: readonly string[]): Launched {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launchers.push(child);
  let output = '';
  let over = false;
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = new Promise<Awaited<Launched['ended']>>((settle) => {
    child.once('close', (code, signal) => {
      over = true;
      settle({ code, signal, output });
    });
  });
  const says = async (text: string): Promise<string> => {
    const heard = await waitFor(() => (output.includes(text) ? output : over && 'over'), patience);
    if (heard === undefined || heard === 'over')
      throw new Error(`"${text}" was not said, but:\n${output}`);
    return heard;
  };
  return { process: child, says, ended };
}

async function launchReady(
  ...args: readonly string[]
): Promise<Launched & { folder: string; postgres: string }> {
  const launched = launch(...args);
  const output = await launched.says('"folder"');
  const line = output.split('\n').find((text) => text.startsWith('{')) ?? '';
  return { ...launched, ...(JSON.parse(line) as { folder: string; postgres: string }) };
}

const childrenOf = (folder: string): readonly ChildRecord[] =>
  readChildren(join(folder, 'children.json'));
const allGone = (children: readonly ChildRecord[]): Promise<true | undefined> =>
  waitFor(() => !children.some(isAlive), patience);

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a launcher that is killed with SIGKILL', () => {
  it('leaves no server and no program, and the next start takes its folder away', async () => {
    const launcher = await launchReady('test', 'throw-away', obedient);
    const children = childrenOf(launcher.folder);
    expect(children.map(({ name }) => name).sort()).toEqual([
      'kafka',
      'postgres',
      'program',
      'redis',
    ]);
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    expect(await allGone(children)).toBe(true);
    expect(existsSync(launcher.folder)).toBe(true);

    const next = await openFolder({ name: 'test', throwAway: true, projectFolder: project });
    expect(existsSync(launcher.folder)).toBe(false);
    rmSync(next, { recursive: true });
  });

  it('leaves a program that hears nothing, and the next start ends it by its recorded mark', async () => {
    const launcher = await launchReady(named, 'named', stubborn);
    const program = childrenOf(launcher.folder).filter(({ name }) => name === 'program');
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    expect(program.every(isAlive)).toBe(true);

    const next = await launchReady(named, 'named');
    expect(program.some(isAlive)).toBe(false);
    expect(await next.says('Ended what a killed run had left behind:')).toContain('program');
    next.process.kill('SIGTERM');
    expect((await next.ended).code).toBe(143);
  });

  it('leaves its lock, which the next start takes over with the data as they were', async () => {
    const first = await launchReady(named, 'named');
    await query(first.postgres, 'drop table if exists kept; create table kept as select 7 as id');
    const children = childrenOf(first.folder);
    first.process.kill('SIGKILL');
    await first.ended;
    expect(existsSync(join(first.folder, 'lock.json'))).toBe(true);
    expect(readRunning(named)).toBeUndefined();

    const second = await launchReady(named, 'named');
    expect(children.some(isAlive)).toBe(false);
    expect(second.folder).toBe(first.folder);
    expect(await query(second.postgres, 'select id from kept')).toEqual([{ id: 7 }]);
    second.process.kill('SIGTERM');
    await second.ended;
  });
});

describe('a launcher that gets a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s stops everything, takes the folder away and ends with %i',
    async (signal, code) => {
      const launcher = await launchReady('test', 'throw-away', obedient);
      const children = childrenOf(launcher.folder);
      launcher.process.kill(signal);
      expect(await launcher.ended).toMatchObject({ code, signal: null });
      expect(children.some(isAlive)).toBe(false);
      expect(existsSync(launcher.folder)).toBe(false);
    },
  );

  it('in the middle of its start leaves nothing, and a second run works', async () => {
    const launcher = launch(named, 'named');
    const folder = stackFolder(named);
    const started = await waitFor(
      () => childrenOf(folder).length > 0 && childrenOf(folder),
      patience,
    );
    launcher.process.kill('SIGTERM');
    expect((await launcher.ended).code).toBe(143);
    expect(started?.some(isAlive)).toBe(false);
    expect(childrenOf(folder)).toEqual([]);
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);

    const second = await launchReady(named, 'named');
    second.process.kill('SIGTERM');
    expect((await second.ended).code).toBe(143);
  });

  it('twice says so in one sentence and kills what still runs', async () => {
    const launcher = await launchReady('test', 'throw-away', stubborn);
    const children = childrenOf(launcher.folder);
    launcher.process.kill('SIGINT');
    await launcher.says('Stopping: programs first');
    launcher.process.kill('SIGINT');
    const { code, output } = await launcher.ended;
    expect(code).toBe(130);
    expect(output).toMatch(/Asked a second time: \d processes were killed at once\./);
    expect(await allGone(children)).toBe(true);
  });
});

describe('a stack in the background', () => {
  it('is ready when the command returns, is found by its name, refuses a second launcher, and stops when asked', async () => {
    const state = await startDetached(entry, [named, 'named'], { name: named, cwd: project });
    expect(state.ready).toBe(true);
    expect(readRunning(named)?.owner).toEqual(state.owner);

    const { code, output } = await launch(named, 'named').ended;
    expect(code).toBe(1);
    expect(output).toContain(
      `The stack "${named}" runs already (process ${state.owner.pid}): use it, or stop it first.`,
    );

    const children = childrenOf(stackFolder(named));
    expect(await stopRunning(named)).toBe(true);
    expect([state.owner, ...children].some(isAlive)).toBe(false);
    expect(readLock(stackFolder(named))).toBeUndefined();
    expect(await stopRunning(named)).toBe(false);
  });

  it('that ends before it is ready is told with the end of its log', async () => {
    const broken = startDetached(
      entry,
      [named, 'named', 'console.log("no database"); process.exit(5)'],
      {
        name: named,
        cwd: project,
      },
    );
    await expect(broken).rejects.toThrow(/ended before it was ready[^]+no database/);
    expect(childrenOf(stackFolder(named))).toEqual([]);
  });
});
