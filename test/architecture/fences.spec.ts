import { cleanTexts, importPlants, purityPlants, shellPlants, type Plant } from './fences.cases';
import { projectGraph, projects, readText, root, runNode, type ProjectFile } from './repository';

interface Linted {
  readonly file: string;
  readonly problems: readonly { readonly rule: string; readonly message: string }[];
}

const plants: readonly Plant[] = [...importPlants, ...purityPlants, ...shellPlants];

/** What the import law cannot place: no layer, no context, or two of one kind. */
const unplaced = (list: readonly ProjectFile[]): string[] =>
  list
    .filter(({ tags = [] }) =>
      ['layer:', 'context:'].some(
        (kind) => tags.filter((tag) => tag.startsWith(kind)).length !== 1,
      ),
    )
    .map(({ name }) => name);

describe('fences', () => {
  let graph: ReturnType<typeof projectGraph>;
  let linted: readonly Linted[];

  beforeAll(() => {
    graph = projectGraph(); // also the cache without which the boundary rule keeps silent
    linted = JSON.parse(
      runNode('test/architecture/lint-planted.mjs', [root], {
        input: JSON.stringify([...plants, ...cleanTexts]),
      }),
    ) as readonly Linted[];
  }, 240_000);

  describe.each([
    ['imports', importPlants],
    ['purity', purityPlants],
    ['the shell', shellPlants],
  ] as const)('%s', (_name, list) => {
    it.each(list)('refuses that $tried', (plant) => {
      const result = linted[plants.indexOf(plant)];
      expect(result?.problems.map(({ rule }) => rule)).toContain(plant.rule);
    });
  });

  it.each(cleanTexts.map(({ file }, index) => ({ file, index })))(
    'lets a clean $file pass',
    ({ index }) => {
      expect(linted[plants.length + index]?.problems).toEqual([]);
    },
  );

  it('lints through Nx, since the boundary rule keeps silent without a graph', () => {
    expect(readText('tools/check.mjs')).toMatch(/nx.+run.+varde:lint/);
  });

  describe('the project graph', () => {
    it.each([
      ['incident-feature', 'incident-domain'],
      ['incident-domain', 'kernel'],
      ['contracts', 'audience-domain'],
      ['platform-outbox', 'contracts'],
      ['engine', 'incident-feature'],
      ['courier', 'delivery-channels'],
    ])('knows that %s stands on %s', (from, to) => {
      expect(graph[from]?.map(({ target }) => target)).toContain(to);
    });

    it('places every project by one layer and one context', () => {
      expect(unplaced(projects())).toEqual([]);
    });

    it('notices a project without tags', () => {
      const kernel = {
        name: 'kernel',
        folder: 'libs/kernel',
        tags: ['layer:kernel', 'context:shared'],
      };
      expect(unplaced([kernel, { name: 'untagged', folder: 'libs/untagged' }])).toEqual([
        'untagged',
      ]);
      expect(
        unplaced([{ ...kernel, tags: ['layer:kernel', 'layer:domain', 'context:shared'] }]),
      ).toEqual(['kernel']);
    });

    it('gives every folder with sources a project', () => {
      const known = projects().map(({ folder }) => `${folder}/src/index.ts`);
      const aliases = (
        JSON.parse(readText('tsconfig.base.json')) as {
          compilerOptions: { paths: Record<string, string[]> };
        }
      ).compilerOptions.paths;
      const entries = Object.values(aliases).map(([file]) => file?.replace(/^\.\//, '') ?? '');
      const homeless = entries.filter(
        (file) => !known.includes(file.replace(/(vocabulary|testing)\.ts$/, 'index.ts')),
      );
      expect(homeless).toEqual([]);
    });
  });
});
