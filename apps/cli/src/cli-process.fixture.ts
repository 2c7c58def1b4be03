import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** How a run of the command line ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const entry = join(__dirname, '../../../tools/varde.mjs');

/** The command line as a process of its own, in an environment of nothing but what is said. */
export function startVarde(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): { child: ChildProcess; ended: Promise<Ran> } {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = new Promise<Ran>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, ...said }));
  });
  return { child, ended };
}

/** {@link startVarde}, waited for. */
export const runVarde = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> => startVarde(args, environment).ended;
