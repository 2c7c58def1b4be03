import { dirname, relative } from 'node:path';
import { citations, type Citation } from './citations';
import type { GeneratedFile } from './generated-file';
import { promiseIds, promises, type PromiseId } from './promises';

const path = 'docs/generated/proofs.md';

/** The promises that no test cites. */
export const unproven = (cited: readonly Citation[]): readonly PromiseId[] =>
  promiseIds.filter((id) => !cited.some(({ ids }) => ids.includes(id)));

/** `docs/generated/proofs.md`: for each promise the tests that cite it, and where they run. */
export function proofsFile(cited: readonly Citation[] = citations()): GeneratedFile {
  const parts = promiseIds.map((id) => {
    const lines = cited.filter(({ ids }) => ids.includes(id)).map(lineOf);
    return [`## ${id}`, '', promises[id], '', ...(lines.length > 0 ? lines : ['No test yet.'])];
  });
  return { path, text: `${[...head, ...parts.flatMap((part) => ['', ...part])].join('\n')}\n` };
}

const head = [
  '# Proofs',
  '',
  'Which test proves which promise of the handbook. Made by "npm run generate" from the names of the tests: change it there.',
  '',
  '- **unit**, **repository**: part of `npm run check`, no servers',
  '- **integration**: real PostgreSQL, Redis and Kafka · **acceptance**: the programs and the sandbox, both by `npm run verify`',
  '- a name that ends in … is a group of tests, or has a word in it that is filled in when it runs',
  '- **fault**: in its CI size by `npm run verify`, larger by `npm run fault -- --nightly` and `npm run fault -- --weekly`',
];

function lineOf({ file, title, forms, sizes }: Citation): string {
  const link = `[${file.replace(/^.*\//, '')}](${relative(dirname(path), file)})`;
  return [`- **${forms.join(', ')}** · ${plain(title)} · ${link}`, ...sizes.map(sizeLine)].join(
    '\n',
  );
}

const sizeLine = (size: Citation['sizes'][number]): string =>
  `  - ${Object.entries(size)
    .map(([form, figures]) => `${form}: ${figuresOf(figures)}`)
    .join(' · ')}`;

const figuresOf = (figures: object): string =>
  Object.entries(figures)
    .map(([what, figure]) => `${what} ${Number(figure).toLocaleString('en-GB')}`)
    .join(', ');

/** A title as Markdown prints it, sign by sign. */
const plain = (title: string): string => title.replace(/[\\`*_<>|[\]]/g, '\\$&');
