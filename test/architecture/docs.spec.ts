import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, readJson, readText, root } from './repository';

const documents = filesBelow('.', /\.md$/);
const decisions = filesBelow('docs/adr', /\.md$/);

const linksOf = (file: string): string[] =>
  [...readText(file).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

// A path in code marks, with a file's ending and without a place-holder.
const filesNamed = (file: string): string[] =>
  [...readText(file).matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|cjs|json|md|yaml))`/g)].map(
    ([, path]) => path ?? '',
  );

describe('documents', () => {
  it.each(documents)('%s links to nothing that is not there', (file) => {
    const dead = linksOf(file).filter((target) => !existsSync(join(root, dirname(file), target)));
    expect(dead).toEqual([]);
  });

  it.each(documents)('%s names no file that is not there', (file) => {
    const dead = filesNamed(file).filter(
      (path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(file), path)),
    );
    expect(dead).toEqual([]);
  });

  it.each(documents.filter((file) => /^[A-Z]+\.md$/.test(file) || file.startsWith('docs/')))(
    '%s names no npm script that is not there',
    (file) => {
      const { scripts } = readJson<{ scripts: Readonly<Record<string, string>> }>('package.json');
      const named = [...readText(file).matchAll(/npm run ([a-z][a-z-]*)/g)].map(
        ([, name]) => name ?? '',
      );
      expect(named.filter((name) => !(name in scripts))).toEqual([]);
    },
  );
});

describe('decisions', () => {
  it('are numbered without a gap', () => {
    expect(decisions.map((file) => file.slice('docs/adr/'.length, 'docs/adr/'.length + 4))).toEqual(
      decisions.map((_, index) => String(index + 1).padStart(4, '0')),
    );
  });

  it.each(decisions)(
    '%s says context, options, decision, consequences, and how we would notice',
    (file) => {
      const headings = [...readText(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual([
        'Context',
        'Options',
        'Decision',
        'Consequences',
        'How we would notice that it was wrong',
      ]);
      expect(readText(file)).toMatch(/^Status: (accepted|superseded by \[?\d{4})/m);
    },
  );
});

describe('the licence', () => {
  it('is Apache 2.0, in package.json and in full', () => {
    expect(readJson<{ license: string }>('package.json').license).toBe('Apache-2.0');
    expect(readText('LICENSE')).toMatch(/Apache License\s+Version 2\.0, January 2004/);
    expect(readText('LICENSE')).toContain('END OF TERMS AND CONDITIONS');
    expect(readText('NOTICE')).toMatch(/^Varde$/m);
  });
});
