import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServerSoftware, findProjectFolder } from '@varde/local';

/** One part of the proof. A Jest part counts its tests, any other counts as one. */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly isJest: boolean;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const jest = (config: string): readonly string[] => [
  'node_modules/jest/bin/jest.js',
  '-c',
  config,
  '--colors=false',
];

const steps: readonly Step[] = [
  { name: 'format', command: ['tools/check.mjs', 'format'], isJest: false },
  { name: 'lint', command: ['tools/check.mjs', 'lint'], isJest: false },
  { name: 'fences', command: ['tools/check.mjs', 'fences'], isJest: false },
  { name: 'types', command: ['tools/check.mjs', 'types'], isJest: false },
  { name: 'dead code', command: ['tools/check.mjs', 'knip'], isJest: false },
  {
    name: 'architecture',
    command: [
      ...jest('jest.config.cjs'),
      '-i',
      '--testMatch',
      '<rootDir>/test/architecture/**/*.spec.ts',
    ],
    isJest: true,
  },
  { name: 'unit', command: jest('jest.config.cjs'), isJest: true },
  { name: 'integration', command: jest('jest.int.config.cjs'), isJest: true },
  { name: 'acceptance', command: jest('jest.acceptance.config.cjs'), isJest: true },
  { name: 'fault, short', command: jest('jest.fault.config.cjs'), isJest: true },
];

/** Sets everything up and passes every test of a change. Goes on after a failure, so that one run tells all. */
async function verify(): Promise<number> {
  const project = findProjectFolder();
  const out = mkdtempSync(join(tmpdir(), 'varde-verify-'));
  const only = process.argv.slice(2);
  const total = { passed: 0, failed: 0 };
  try {
    await ensureServerSoftware((line) => console.log(line));
    for (const step of steps.filter(
      ({ name }) => only.length === 0 || only.includes(name.split(',')[0] ?? ''),
    )) {
      const began = performance.now();
      console.log(`\n── ${step.name} ──`);
      const count = await run(step, project, join(out, `${step.name.replace(/\W/g, '-')}.json`));
      total.passed += count.passed;
      total.failed += count.failed;
      console.log(
        `── ${step.name}: ${count.passed} passed, ${count.failed} failed, ${Math.round((performance.now() - began) / 1000)} s`,
      );
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function run(step: Step, project: string, outputFile: string): Promise<Count> {
  const args = [...step.command, ...(step.isJest ? ['--json', `--outputFile=${outputFile}`] : [])];
  const code = await new Promise<number>((done, fail) => {
    // Jest's JSON goes to its file; its words go to standard error, where they are read.
    const child = spawn(process.execPath, args, {
      cwd: project,
      stdio: ['ignore', step.isJest ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, FORCE_COLOR: '0', NODE_ENV: 'test' },
    });
    child.once('error', fail);
    child.once('exit', (status) => done(status ?? 1));
  });
  if (!step.isJest) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!existsSync(outputFile)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(outputFile, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numRuntimeErrorTestSuites: number;
  };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

verify().then(
  (code) => (process.exitCode = code),
  (cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
  },
);
