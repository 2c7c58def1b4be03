import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A regular expression as it stands in a program. */
export interface FoundExpression {
  /** `libs/…/file.ts:12` */
  readonly place: string;
  readonly expression: RegExp;
}

/** What a search through the sources found. */
export interface FoundExpressions {
  readonly written: readonly FoundExpression[];
  /** Places where one is put together at run time; the parser cannot see what it becomes. */
  readonly built: readonly string[];
}

const notAProgram = /\.(?:spec|cases|fixture|contract|arbitrary|d)\.ts$|\/testing(?:\.ts|\/)/;

/** Every regular expression in the product's own code: programs and libraries, without what only tests use. */
export function findExpressions(project: string): FoundExpressions {
  const files = ['apps', 'libs']
    .flatMap((root) => filesIn(join(project, root)))
    .filter((file) => file.endsWith('.ts') && !notAProgram.test(file))
    .filter((file) => !file.startsWith(join(project, 'libs/testing')));
  const written: FoundExpression[] = [];
  const built: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    const placeOf = (node: ts.Node): string => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      return `${relative(project, file)}:${line + 1}`;
    };
    const look = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node))
        written.push({ place: placeOf(node), expression: parsed(node.text) });
      const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
      if (isCall && node.expression.getText(source) === 'RegExp') built.push(placeOf(node));
      ts.forEachChild(node, look);
    };
    look(source);
  }
  return { written, built };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function parsed(literal: string): RegExp {
  const end = literal.lastIndexOf('/');
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
}
