#!/usr/bin/env node
// The command line from a checkout: built when its sources are newer, told where the local stack is when nothing else says so.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(project, 'dist/apps/cli/main.cjs');

if (!existsSync(join(project, 'node_modules/esbuild'))) {
  console.error('The packages are not installed yet: npm ci');
  process.exit(3);
}
if (!existsSync(built) || newest(['apps/cli', 'libs']) > statSync(built).mtimeMs) {
  const { status } = spawnSync(
    process.execPath,
    [join(project, 'tools/build-app.mjs'), 'apps/cli'],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(3);
}
const env = process.env.VARDE_API_URL ? process.env : { ...process.env, ...localStack() };
const { status, signal } = spawnSync(
  process.execPath,
  ['--enable-source-maps', built, ...process.argv.slice(2)],
  { stdio: 'inherit', env },
);
process.exit(signal ? 130 : (status ?? 3));

function newest(folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true }),
  );
  return Math.max(
    ...files
      .filter((file) => file.name.endsWith('.ts'))
      .map((file) => statSync(join(file.parentPath ?? file.path, file.name)).mtimeMs),
  );
}

/** Addresses of a running `npm run local`, as the command line reads them. */
function localStack() {
  const { stdout } = spawnSync(
    process.execPath,
    [join(project, 'tools/run.mjs'), 'local', 'status', '--json'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const status = JSON.parse(stdout || '{}');
  if (!status.ready) return {};
  return {
    VARDE_API_URL: status.api,
    VARDE_OIDC_ISSUER: status.issuer,
    VARDE_KAFKA_BROKERS: status.kafka,
    VARDE_IMPORT_DATABASE_URL: status.databaseUrls.import,
    VARDE_GATE_DATABASE_URL: status.databaseUrls.gate,
    VARDE_MIGRATE_DATABASE_URL: status.databaseUrls.migrate,
    VARDE_ADDRESS_KEYS_FILE: status.addressKeysFile,
  };
}
