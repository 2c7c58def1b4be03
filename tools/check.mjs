// npm run check: everything that needs no server, in under two minutes. Prints each step with its time, goes on after a failure,
// and ends with 1 when a step failed. With names of steps as arguments it runs those only.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const node = process.execPath;

const architecture = '<rootDir>/test/architecture/**/*.spec.ts';

// Two lanes for two cores. Whatever asks Nx for the project graph stands in the first, so that it is asked once at a time.
const lanes = [
  [
    // Through Nx: without a cached project graph the boundary rule is skipped silently.
    { name: 'lint', command: [bin('nx'), 'run', 'varde:lint', '--outputStyle=static'] },
    {
      name: 'architecture',
      command: [bin('jest'), '-c', 'jest.config.cjs', '-i', '--testMatch', architecture],
    },
  ],
  [
    {
      name: 'format',
      command: [bin('prettier'), '--check', '--no-color', '--log-level', 'warn', '.'],
    },
    {
      name: 'types',
      command: [node, 'node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.json', '--noEmit'],
    },
    {
      name: 'fences',
      command: [
        bin('depcruise'),
        '--config',
        '.dependency-cruiser.cjs',
        'apps',
        'libs',
        'infra',
        'test',
        'tools',
      ],
    },
    { name: 'knip', command: [bin('knip'), '--no-progress'] },
    { name: 'unit', command: [bin('jest'), '-c', 'jest.config.cjs'] },
  ],
];

const wanted = process.argv.slice(2);
const known = lanes.flat().map(({ name }) => name);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. Steps: ${known.join(', ')}.`);
  process.exit(2);
}

/** Runs one step. @returns whether it passed, with its seconds and everything that it said */
function run({ name, command: [program, ...args] }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const said = [];
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (bytes) => said.push(bytes));
    child.stderr.on('data', (bytes) => said.push(bytes));
    const end = (passed) =>
      resolve({
        name,
        passed,
        seconds: (performance.now() - began) / 1000,
        text: Buffer.concat(said).toString(),
      });
    child.on('error', (cause) => {
      said.push(Buffer.from(`${cause.message}. Have the packages been installed (npm ci)?\n`));
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

async function runLane(steps) {
  const results = [];
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    const result = await run(step);
    console.log(
      `${result.passed ? 'passed' : 'FAILED'}  ${result.name.padEnd(13)} ${result.seconds.toFixed(1).padStart(6)} s`,
    );
    if (!result.passed) console.log(result.text.trimEnd());
    results.push(result);
  }
  return results;
}

const results = (await Promise.all(lanes.map(runLane))).flat();
const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
console.log(
  failed.length === 0
    ? `check: ${results.length} steps passed`
    : `check: ${results.length - failed.length} steps passed, ${failed.length} failed: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
