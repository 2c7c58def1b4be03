import * as ts from 'typescript';
import { filesBelow, nodesOf, readText } from './repository';

const production = /^(?!.*[.](spec|cases|fixture)[.]ts$)(?!.*\/testing(\/|[.]ts$)).*[.]ts$/;

/** Source files below a folder that run in a program. */
export const productionFiles = (folder: string): string[] => filesBelow(folder, production);

const isInType = (node: ts.Node): boolean => ts.isLiteralTypeNode(node.parent);
const isName = (node: ts.Node): boolean =>
  (ts.isPropertyAssignment(node.parent) || ts.isMethodDeclaration(node.parent)) &&
  node.parent.name === node;
const isAccess = (node: ts.Node): boolean =>
  ts.isElementAccessExpression(node.parent) || ts.isExternalModuleReference(node.parent);

/** Words that a file says as values: texts that are no type, no key and no import; and what stands in quotes inside SQL. */
export function wordsSaid(file: string): Set<string> {
  const said = new Set<string>();
  for (const node of nodesOf(file)) {
    if (ts.isStringLiteral(node) && !isInType(node) && !isName(node) && !isAccess(node))
      said.add(node.text);
    if (
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node)
    ) {
      for (const [, quoted] of node.text.matchAll(/'([^']+)'/g))
        if (quoted !== undefined) said.add(quoted);
    }
  }
  return said;
}

/** Names of properties and methods that a file writes as texts: `'incident.declared.v1': handler`. */
export function keysWritten(file: string): Set<string> {
  const keys = new Set<string>();
  for (const node of nodesOf(file))
    if (ts.isStringLiteral(node) && isName(node)) keys.add(node.text);
  return keys;
}

/** What stands as `queue:` in the calls of `startWorker`, as source text. */
export function queuesWorked(file: string): string[] {
  if (!readText(file).includes('startWorker(')) return [];
  return nodesOf(file)
    .filter(
      (node): node is ts.CallExpression =>
        ts.isCallExpression(node) && node.expression.getText() === 'startWorker',
    )
    .flatMap(({ arguments: [options] }) =>
      options && ts.isObjectLiteralExpression(options) ? options.properties : [],
    )
    .filter(
      (property): property is ts.PropertyAssignment =>
        ts.isPropertyAssignment(property) && property.name.getText() === 'queue',
    )
    .map(({ initializer }) => initializer.getText());
}

/** A refusal as a file throws it: the code, where it is written as a text. */
export interface WrittenRefusal {
  readonly code: string;
  readonly file: string;
}

/** Every `new Refusal('code', …)` of a file. */
export const refusalsIn = (file: string): WrittenRefusal[] =>
  nodesOf(file)
    .filter(
      (node): node is ts.NewExpression =>
        ts.isNewExpression(node) && node.expression.getText() === 'Refusal',
    )
    .flatMap(({ arguments: [code] = ts.factory.createNodeArray<ts.Expression>() }) =>
      code && ts.isStringLiteral(code) ? [{ code: code.text, file }] : [],
    );
