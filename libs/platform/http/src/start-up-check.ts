import 'reflect-metadata';
import { z } from 'zod';
import { ParsedPipe, schemaOfDto } from './parsed.pipe';
import { keyOf, type Route } from './route-table';

/** A program whose routes do not say what they must. It does not start. */
export class RoutesUnfit extends Error {
  override readonly name = 'RoutesUnfit';
}

/** One route as the router knows it. */
export interface RouterEntry {
  readonly method: string;
  readonly path: string;
}

interface Facts {
  readonly routes: readonly Route[];
  readonly router: readonly RouterEntry[];
  readonly canAuthenticate: boolean;
}

/**
 * Looks at every route before the first request.
 *
 * @throws RoutesUnfit naming all of them: without a rule, with two, in need of a sign-in that the program cannot check, unknown to
 *         any controller, or taking what nobody parses
 * @source S-5, S-6, S-38
 */
export function checkRoutes({ routes, router, canAuthenticate }: Facts): void {
  const declared = new Set(routes.map(keyOf));
  const problems = [
    ...routes.flatMap((route) =>
      ruleProblems(route, canAuthenticate).map((problem) => told(route, problem)),
    ),
    ...routes.flatMap((route) => inputProblems(route).map((problem) => told(route, problem))),
    ...router
      .filter(
        (entry) => !declared.has(keyOf(entry)) && !declared.has(keyOf({ ...entry, method: 'GET' })),
      )
      .map(
        (entry) => `${entry.method} ${entry.path} belongs to no controller, so nobody guards it`,
      ),
  ];
  if (problems.length > 0) {
    throw new RoutesUnfit(
      `The program does not start:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
}

const told = (route: Route, problem: string): string =>
  `${route.method} ${route.path} (${route.controller.name}.${route.handler}) ${problem}`;

function ruleProblems({ rule }: Route, canAuthenticate: boolean): string[] {
  const { permission, publicReason, fresh } = rule;
  if (permission === undefined && publicReason === undefined)
    return ['declares neither @Permission nor @Public'];
  if (permission !== undefined && publicReason !== undefined)
    return ['declares both @Permission and @Public'];
  if (publicReason !== undefined && publicReason.trim() === '')
    return ['is public without a reason'];
  if (permission === undefined && fresh) return ['asks for a fresh sign-in, but is public'];
  if (permission !== undefined && !canAuthenticate)
    return ['needs a sign-in, but this program cannot check one'];
  return [];
}

// As Nest numbers what a parameter decorator takes: @Body, @Query, @Param.
const taken: Readonly<Record<string, string>> = {
  '3': '@Body()',
  '4': '@Query()',
  '5': '@Param()',
};

interface Argument {
  readonly index: number;
  readonly pipes: readonly unknown[];
}

function inputProblems({ controller, handler }: Route): string[] {
  const args = (Reflect.getMetadata('__routeArguments__', controller, handler) ?? {}) as Record<
    string,
    Argument
  >;
  const types = (Reflect.getMetadata(
    'design:paramtypes',
    controller.prototype as object,
    handler,
  ) ?? []) as unknown[];
  return Object.entries(args).flatMap(([key, { index, pipes }]) => {
    const what = taken[key.split(':')[0] ?? ''];
    if (what === undefined) return [];
    const own = pipes.find((pipe) => pipe instanceof ParsedPipe);
    const schema = own?.schema ?? schemaOfDto(types[index]);
    if (!schema) return [`takes ${what} without a schema`];
    return looseObjects(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).map(
      (where) =>
        `takes ${what} with an object${where} that drops unknown keys: say strictObject, or looseObject on purpose`,
    );
  });
}

/** Objects of a schema that neither refuse unknown keys nor say that they take them, by their place. */
function looseObjects(node: unknown, place = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const isLoose = 'properties' in node && !('additionalProperties' in node);
  const inside = Object.entries(node).flatMap(([name, one]) =>
    looseObjects(one, name === 'properties' ? place : `${place}${place === '' ? ' ' : '.'}${name}`),
  );
  return isLoose ? [place, ...inside] : inside;
}
