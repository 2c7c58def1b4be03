// Entry of every npm command. Plain JavaScript without packages: on a fresh machine it is what brings them.
// usage: node tools/run.mjs <command> [arguments]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...rest] = process.argv.slice(2);
const commands = ['quickstart', 'verify', 'local', 'dev', 'bench', 'fault', 'generate'];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Varde needs Node 20.19 or newer; this is ${process.versions.node}. Install it and try again.`,
  );
  process.exit(3);
}
if (!commands.includes(command)) {
  console.error(`usage: node tools/run.mjs ${commands.join('|')} [arguments]`);
  process.exit(2);
}

bringPackages();
process.chdir(project);
const { bundle } = await import('./build-app.mjs');
if (command === 'bench') await bundle('test/load/sink/main.ts', 'dist/load/sink.cjs');
const file = await bundle(`tools/${command}/main.ts`, `dist/tools/${command}/main.cjs`);
process.argv = [process.argv[0], file, ...rest];
createRequire(import.meta.url)(file);

/** Installs what the lock file says, once per lock file. */
function bringPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(project, 'package-lock.json')))
    .digest('hex');
  const stamp = join(project, 'node_modules/.varde-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing packages as the lock file says (about a minute) …');
  const { status, signal } = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: project,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    console.error(
      signal ? 'Interrupted.' : 'The packages could not be installed; the lines above say why.',
    );
    process.exit(signal ? 130 : 3);
  }
  writeFileSync(stamp, lock);
}
