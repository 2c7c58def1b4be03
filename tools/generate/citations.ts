import * as ts from 'typescript';
import { filesBelow, nodesOf, readText } from '../../test/architecture/repository';
import { faultSizes, type FaultSize } from '../../test/fault/sizes';
import { promisesIn, type PromiseId } from './promises';

/** Kinds of test, from the quickest to the slowest. */
export const forms = ['unit', 'repository', 'integration', 'acceptance', 'fault'] as const;
/** One of {@link forms}. */
export type Form = (typeof forms)[number];

/** A test, or a group of tests, whose name cites promises. */
export interface Citation {
  readonly file: string;
  readonly title: string;
  readonly ids: readonly PromiseId[];
  /** Where it runs; a suite that several specs run may have more than one. Never empty. */
  readonly forms: readonly Form[];
  /** Of a fault test: how large it is in each form of the run. */
  readonly sizes: readonly Readonly<Record<string, FaultSize>>[];
}

const specs = /[.]spec[.]ts$/;
// What a spec runs and does not hold itself: tables of cases, suites for several adapters.
const companions = /[.](cases|contract)[.]ts$/;

/** Every citation of the repository's tests, by file and then in the order of the file. */
export function citations(): readonly Citation[] {
  const files = ['apps', 'infra', 'libs', 'test', 'tools'].flatMap((folder) =>
    filesBelow(folder, /[.](spec|cases|contract)[.]ts$/),
  );
  const runs = files.filter((file) => specs.test(file));
  return files
    .filter((file) => promisesIn(readText(file)).length > 0)
    .flatMap((file) => {
      const where = companions.test(file) ? runs.filter((spec) => uses(spec, file)) : [file];
      const found = forms.filter((form) => where.some((spec) => formOf(spec) === form));
      return found.length === 0 ? [] : citationsIn(file, found);
    });
}

const uses = (spec: string, companion: string): boolean =>
  readText(spec).includes(`/${companion.replace(/^.*\//, '').replace(/[.]ts$/, '')}'`);

function formOf(spec: string): Form {
  if (spec.endsWith('.fault.spec.ts')) return 'fault';
  if (spec.endsWith('.acceptance.spec.ts')) return 'acceptance';
  if (spec.endsWith('.int.spec.ts')) return 'integration';
  return spec.startsWith('test/architecture/') ? 'repository' : 'unit';
}

function citationsIn(file: string, found: readonly Form[]): Citation[] {
  return nodesOf(file).flatMap((node) => {
    const title = titleOf(node) ?? caseOf(node);
    const ids = title === undefined ? [] : promisesIn(title);
    if (title === undefined || ids.length === 0) return [];
    const sizes = found.includes('fault') ? sizesIn(node) : [];
    return [{ file, title, ids, forms: found, sizes }];
  });
}

const words = new Set(['it', 'test', 'describe', 'story']);

/** The name of a test or of a group; undefined for anything else, and for a test that is skipped. */
function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !isTestWord(node.expression)) return undefined;
  const [title] = node.arguments;
  const text = title && textOf(title);
  return node.expression.getText() === 'describe' && text ? `${text} …` : text;
}

/** `it`, `it.each(table)`, a tagged `it.each`; not `it.skip`, not `it.todo`. */
function isTestWord(callee: ts.Node): boolean {
  if (ts.isIdentifier(callee)) return words.has(callee.text);
  if (ts.isCallExpression(callee)) return isTestWord(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return isTestWord(callee.tag);
  return (
    ts.isPropertyAccessExpression(callee) &&
    ['each', 'only', 'concurrent'].includes(callee.name.text) &&
    isTestWord(callee.expression)
  );
}

function textOf(title: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(title)) return title.text;
  if (!ts.isTemplateExpression(title)) return undefined;
  return [title.head.text, ...title.templateSpans.map((span) => span.literal.text)].join('…');
}

/** The law that a row of a table states: a text that begins with ids and a colon, and names a test by `%s`. */
function caseOf(node: ts.Node): string | undefined {
  if (!ts.isStringLiteralLike(node) || !ts.isArrayLiteralExpression(node.parent)) return undefined;
  return /^(?:[A-Z]+-\d+(?:, )?)+: /.test(node.text) ? node.text : undefined;
}

/** The rows of the table of sizes that a test names. */
function sizesIn(node: ts.Node): readonly Readonly<Record<string, FaultSize>>[] {
  const named: Readonly<Record<string, FaultSize>>[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isStringLiteralLike(at) && Object.hasOwn(faultSizes, at.text))
      named.push(faultSizes[at.text as keyof typeof faultSizes]);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return named;
}
