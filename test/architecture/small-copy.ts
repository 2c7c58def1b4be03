import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJson, root } from './repository';

/** A folder with the shape of the repository: configuration, every library's doors, empty, and what a test plants. */
export interface SmallCopy {
  readonly folder: string;
  write(file: string, text: string): void;
  remove(): void;
}

const doorsOfTheSandbox = ['apps/sandbox/src/testing.ts'];

/** Makes the copy; `node_modules` is a link, so that packages are the real ones. */
export function aSmallCopy(): SmallCopy {
  const folder = mkdtempSync(join(tmpdir(), 'varde-fences-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const file of [
    'package.json',
    'tsconfig.base.json',
    'tsconfig.json',
    '.dependency-cruiser.cjs',
  ]) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { paths } = readJson<{ compilerOptions: { paths: Record<string, [string]> } }>(
    'tsconfig.base.json',
  ).compilerOptions;
  for (const file of [...Object.values(paths).map(([door]) => door), ...doorsOfTheSandbox])
    write(file, 'export {};\n');
  for (const top of ['apps', 'libs', 'infra', 'test', 'tools'])
    mkdirSync(join(folder, top), { recursive: true });
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
