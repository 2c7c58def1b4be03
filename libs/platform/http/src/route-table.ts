import 'reflect-metadata';
import { RequestMethod, type INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { accessRuleOf, type AccessRule } from './access';

// Where Nest's decorators put their words. Public in effect, though not exported from the package's front door.
const pathKey = 'path';
const methodKey = 'method';

/** One route of a program, with its rule. */
export interface Route {
  readonly method: string;
  /** As the router knows it: `/messages/:id/approve`. */
  readonly path: string;
  readonly controller: new (...given: never[]) => object;
  /** Name of the handler in the controller. */
  readonly handler: string;
  readonly rule: AccessRule;
}

/** Every route that a controller of the program declares, by path and method. */
export function routeTable(app: INestApplication): readonly Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(
    modules.flatMap((module) =>
      [...module.controllers.values()].flatMap(({ metatype }) =>
        typeof metatype === 'function' ? [metatype as Route['controller']] : [],
      ),
    ),
  );
  return [...controllers].flatMap(routesOf).sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** `GET /messages/:id`. */
export const keyOf = (route: Pick<Route, 'method' | 'path'>): string =>
  `${route.path} ${route.method}`;

function routesOf(controller: Route['controller']): Route[] {
  return handlersOf(controller).flatMap(([handler, method]) => {
    const said = Reflect.getMetadata(methodKey, method) as RequestMethod | undefined;
    if (said === undefined) return [];
    const rule = accessRuleOf(method, controller);
    return pathsOf(controller).flatMap((outer) =>
      pathsOf(method).map((inner) => ({
        method: RequestMethod[said],
        path: joined(outer, inner),
        controller,
        handler,
        rule,
      })),
    );
  });
}

/** Methods of a controller, inherited ones included. */
function handlersOf(controller: Route['controller']): [string, object][] {
  const found = new Map<string, object>();
  let prototype = controller.prototype as object | null;
  while (prototype !== null && prototype !== Object.prototype) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function' && name !== 'constructor' && !found.has(name))
        found.set(name, value as object);
    }
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return [...found];
}

const pathsOf = (target: object): string[] =>
  [(Reflect.getMetadata(pathKey, target) ?? '') as string | string[]].flat();

const joined = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
