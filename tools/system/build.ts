import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programNames } from './programs';

/** Builds the programs and the command line from their sources: less than two seconds, so it is done every time. */
export function buildPrograms(projectFolder: string): Promise<void> {
  const roots = [...programNames, 'cli']
    .map((name) => `apps/${name}`)
    .filter((root) => existsSync(join(projectFolder, root, 'src/main.ts')));
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(projectFolder, 'tools/build-app.mjs'), ...roots], {
      cwd: projectFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0
        ? done()
        : fail(new Error('The programs could not be built; the lines above say why.')),
    );
  });
}
