import { join } from 'node:path';
import { cleanFiles, plantedFiles } from './fences-of-files.cases';
import { projects, root, runNode } from './repository';
import { aSmallCopy } from './small-copy';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

interface Rule {
  readonly name: string;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is CommonJS, as dependency-cruiser reads it
const { forbidden } = require(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: readonly Rule[];
};

const doors = forbidden
  .map(({ name }) => name)
  .filter((name) => name.endsWith('-is-entered-by-its-door'));

// One file for each library, which reaches past its door.
const folderOf = (door: string): string => {
  const name = door.replace('-is-entered-by-its-door', '');
  if (name === 'infra-local') return 'infra/local';
  return `libs/${/^(kernel|contracts|migrations|testing)$/.test(name) ? name : name.replace('-', '/')}`;
};
const doorPlants = doors.map((rule) => ({
  rule,
  tried: `somebody reaches into ${folderOf(rule)}`,
  file: `apps/engine/src/planted-${folderOf(rule).replaceAll('/', '-')}.ts`,
  inside: `${folderOf(rule)}/src/inside.ts`,
}));

const importsOf = (names: readonly string[]): string =>
  names.map((name, n) => `export * as n${n} from '${name}';\n`).join('');

describe('fences of files', () => {
  let violations: readonly Violation[];

  beforeAll(() => {
    const copy = aSmallCopy();
    try {
      for (const { file, imports } of [...plantedFiles, ...cleanFiles])
        copy.write(file, importsOf(imports));
      copy.write('libs/kernel/src/cycle-b.ts', importsOf(['./cycle-a']));
      copy.write('libs/incident/feature/src/some.cases.ts', 'export {};\n');
      for (const { file, inside } of doorPlants) {
        copy.write(inside, 'export {};\n');
        copy.write(file, importsOf([`../../../${inside.replace(/\.ts$/, '')}`]));
      }
      // The same rules; links stay links, so that a package lies in node_modules here too.
      copy.write(
        'planted.cjs',
        `const real = require('./.dependency-cruiser.cjs');\nmodule.exports = { ...real, options: { ...real.options, preserveSymlinks: true } };\n`,
      );
      const answer = runNode(
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        [
          '--config',
          'planted.cjs',
          '--output-type',
          'json',
          'apps',
          'libs',
          'infra',
          'test',
          'tools',
        ],
        { cwd: copy.folder },
      );
      violations = (JSON.parse(answer) as { summary: { violations: readonly Violation[] } }).summary
        .violations;
    } finally {
      copy.remove();
    }
  }, 120_000);

  const rulesAt = (file: string): string[] =>
    violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

  it.each([...plantedFiles, ...doorPlants])('refuses that $tried', ({ file, rule }) => {
    expect(rulesAt(file)).toContain(rule);
  });

  it.each(cleanFiles)('lets a clean $file pass', ({ file }) => {
    expect(rulesAt(file)).toEqual([]);
  });

  it('guards the door of every library', () => {
    const libraries = projects().filter(({ folder }) => /^(libs|infra)\//.test(folder));
    expect(doorPlants.map(({ inside }) => inside.replace('/src/inside.ts', '')).sort()).toEqual(
      libraries.map(({ folder }) => folder).sort(),
    );
  });

  it('has a planted violation for every rule', () => {
    const proven = new Set([...plantedFiles, ...doorPlants].map(({ rule }) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});
