#!/usr/bin/env node
// The command line from a checkout: built when its sources are newer, told where the local stack is when nothing else says so.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
// One of these said, and all are taken from the environment: never half an installation here and half there.
const addressesSaid =
  /^VARDE_(API_URL|OIDC_ISSUER|KAFKA_BROKERS|(IMPORT|GATE|MIGRATE)_DATABASE_URL)$/;

if (!existsSync(join(project, 'node_modules/esbuild'))) {
  console.error('The packages are not installed yet: npm ci');
  process.exit(3);
}
const program = await built('apps/cli/src/main.ts', 'dist/apps/cli/main.cjs', ['apps/cli', 'libs']);
if (!Object.keys(process.env).some((name) => addressesSaid.test(name)))
  Object.assign(process.env, await localStack());
process.setSourceMapsEnabled(true);
// In this process, not in a child: a signal to the command reaches the command.
require(program);

/** Bundles a program when it is missing or older than its sources. */
async function built(entry, outfile, folders) {
  const file = join(project, outfile);
  if (existsSync(file) && newest(folders) <= statSync(file).mtimeMs) return file;
  const { bundle } = await import('./build-app.mjs');
  return bundle(entry, outfile);
}

function newest(folders) {
  return Math.max(
    ...folders
      .flatMap((folder) =>
        readdirSync(join(project, folder), { recursive: true, withFileTypes: true }),
      )
      .filter((file) => file.isFile() && /\.(ts|json)$/.test(file.name))
      .map((file) => statSync(join(file.parentPath ?? file.path, file.name)).mtimeMs),
  );
}

/** Addresses of a running `npm run local`, as the command line reads them. */
async function localStack() {
  const launcher = await built('infra/local/src/index.ts', 'dist/tools/launcher.cjs', [
    'infra/local/src',
  ]);
  const { readRunning, stackFolder } = require(launcher);
  const running = readRunning('local', stackFolder('local', project));
  if (!running?.ready) return {};
  const { api, issuer, kafka, databaseUrls, addressKeysFile } = running.addresses;
  return {
    VARDE_API_URL: api,
    VARDE_OIDC_ISSUER: issuer,
    VARDE_KAFKA_BROKERS: kafka,
    VARDE_IMPORT_DATABASE_URL: databaseUrls.import,
    VARDE_GATE_DATABASE_URL: databaseUrls.gate,
    VARDE_MIGRATE_DATABASE_URL: databaseUrls.migrate,
    VARDE_ADDRESS_KEYS_FILE: addressKeysFile,
  };
}
