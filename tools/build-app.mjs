// Builds one program: esbuild bundles our own sources, swc emits the decorator metadata that Nest needs, packages stay outside.
// usage: node tools/build-app.mjs apps/api [apps/engine …]
import { build } from 'esbuild';
import { transform } from '@swc/core';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');

const swc = {
  name: 'swc',
  setup(plugin) {
    plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        filename: path,
        sourceMaps: 'inline',
        swcrc: false,
        configFile: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** Bundles `entry` (a path from the project's root) into `outfile`; returns the file's path. */
export async function bundle(entry, outfile) {
  const base = JSON.parse(await readFile(join(project, 'tsconfig.base.json'), 'utf8'));
  const alias = Object.fromEntries(
    Object.entries(base.compilerOptions.paths).map(([name, [file]]) => [name, join(project, file)]),
  );
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: [join(project, entry)],
    outfile: join(project, outfile),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    alias,
    sourcemap: true,
    keepNames: true,
    logLevel: 'warning',
    plugins: [swc],
    write: false,
  });
  // Under another name first: a program that starts meanwhile reads the old file or the new one, never half of it.
  for (const { path, contents } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.${process.pid}`, contents);
    await rename(`${path}.${process.pid}`, path);
  }
  return join(project, outfile);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const root of process.argv.slice(2))
    await bundle(`${root}/src/main.ts`, `dist/${root}/main.cjs`);
}
