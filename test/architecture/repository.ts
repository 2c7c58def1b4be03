import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as ts from 'typescript';
import { findProjectFolder } from '@varde/local';

/** The folder in which package.json lies. */
export const root = findProjectFolder();

/** A text file of the repository. */
export const readText = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A JSON file of the repository. */
export const readJson = <T>(file: string): T => JSON.parse(readText(file)) as T;

const notOurs = new Set(['node_modules', 'dist', '.nx', '.git', 'coverage', 'tmp']);

/** Every file below a folder whose path fits, as paths from the root, sorted. */
export function filesBelow(folder: string, fits: RegExp): string[] {
  const walk = (at: string): string[] =>
    readdirSync(join(root, at), { withFileTypes: true }).flatMap((entry) => {
      if (notOurs.has(entry.name)) return [];
      const path = join(at, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && fits.test(path) ? [path] : [];
    });
  return walk(folder).sort();
}

/** A project as Nx is told of it. */
export interface ProjectFile {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly folder: string;
}

/** Every project.json of the repository. */
export const projects = (): ProjectFile[] =>
  filesBelow('.', /(^|\/)project\.json$/).map((file) => ({
    ...readJson<Omit<ProjectFile, 'folder'>>(file),
    folder: relative('.', dirname(file)) || '.',
  }));

/** What Nx believes about who depends on whom, read afresh; leaves its cache behind for the lint rule. */
export function projectGraph(
  workspace = root,
): Readonly<Record<string, readonly { target: string }[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'varde-graph-'));
  try {
    const file = join(folder, 'graph.json');
    execFileSync(join(root, 'node_modules/.bin/nx'), ['graph', `--file=${file}`], {
      cwd: workspace,
      env: {
        ...process.env,
        NX_DAEMON: 'false',
        FORCE_COLOR: '0',
        NX_WORKSPACE_ROOT_PATH: workspace,
      },
      stdio: 'pipe',
    });
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as {
      graph: { dependencies: Record<string, { target: string }[]> };
    };
    return graph.dependencies;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a Node program with a text on its standard input. @returns its standard output; an exit code above 1 is a failure */
export function runNode(
  script: string,
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): string {
  const run = spawnSync(process.execPath, [script, ...args], {
    cwd: options.cwd ?? root,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
  });
  if (run.error) throw run.error;
  if (run.stdout === '') throw new Error(`${script} said nothing: ${run.stderr}`);
  return run.stdout;
}

const treeOf = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readText(file), ts.ScriptTarget.ES2022, true);

/** Every node of a source file, the root first; no tokens. */
export function nodesOf(file: string): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(treeOf(file));
  return nodes;
}
