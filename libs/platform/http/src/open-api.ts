import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { z } from 'zod';
import { rolesWith } from '@varde/platform-auth';
import type { AccessRule } from './access';
import { problem } from './problem';
import { routeTable } from './route-table';

/** What an API calls itself. */
export interface ApiTitle {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/**
 * The API's document, made from the routes and the contracts. The same routes give the same document, byte for byte.
 *
 * @source S-38
 */
export function openApiDocument(app: INestApplication, about: ApiTitle): OpenAPIObject {
  const { title, version, description } = about;
  const settings = new DocumentBuilder()
    .setTitle(title)
    .setVersion(version)
    .setDescription(description)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const made = cleanupOpenApiDoc(SwaggerModule.createDocument(app, settings));
  const rules = new Map(
    routeTable(app).map(
      ({ method, path, rule }) => [`${method} ${documentedPath(path)}`, rule] as const,
    ),
  );
  const paths = Object.keys(made.paths)
    .sort()
    .map((path) => [path, withRules(path, made.paths[path] ?? {}, rules)] as const);
  return { ...made, paths: Object.fromEntries(paths), components: withProblem(made.components) };
}

/** `/messages/:id` as OpenAPI writes it. */
const documentedPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function withRules(path: string, item: PathItem, rules: ReadonlyMap<string, AccessRule>): PathItem {
  const operations = verbs.flatMap((verb) => {
    const operation = item[verb];
    return operation
      ? [[verb, withRule(operation, rules.get(`${verb.toUpperCase()} ${path}`))] as const]
      : [];
  });
  return { ...item, ...Object.fromEntries(operations) };
}

const problemAnswer = {
  description: 'not granted, with the reason',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function withRule(operation: Operation, rule: AccessRule | undefined): Operation {
  const who = {
    ...(rule?.permission === undefined
      ? { 'x-public-because': rule?.publicReason }
      : {
          security: [{ bearer: [] }],
          'x-permission': rule.permission,
          'x-roles': rolesWith(rule.permission),
        }),
    ...(rule?.fresh === true ? { 'x-fresh-sign-in': true } : {}),
  };
  return { ...operation, ...who, responses: { ...operation.responses, default: problemAnswer } };
}

function withProblem(
  components: OpenAPIObject['components'],
): NonNullable<OpenAPIObject['components']> {
  const { $schema: _, ...schema } = z.toJSONSchema(problem);
  const schemas = { ...components?.schemas, Problem: schema as object };
  return { ...components, schemas: Object.fromEntries(Object.entries(schemas).sort(byName)) };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** One route as the documentation tells it. */
export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Who may use it, in words. */
  readonly who: string;
}

/** Every route of a document, by path. */
export function documentedOperations(document: OpenAPIObject): readonly DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const operation = item[verb];
      return operation
        ? [
            {
              method: verb.toUpperCase(),
              path,
              summary: operation.summary ?? '',
              who: whoMay(operation),
            },
          ]
        : [];
    }),
  );
}

function whoMay(operation: Operation): string {
  const said = operation as Operation & {
    readonly 'x-permission'?: string;
    readonly 'x-roles'?: readonly string[];
    readonly 'x-fresh-sign-in'?: boolean;
  };
  if (said['x-permission'] === undefined) return 'everybody';
  const fresh = said['x-fresh-sign-in'] === true ? ', with a fresh sign-in' : '';
  return `${said['x-permission']}: ${(said['x-roles'] ?? []).join(', ')}${fresh}`;
}
