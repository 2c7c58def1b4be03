import { roles } from '@varde/platform-auth';
import { routeTable, type Problem, type Route } from '@varde/platform-http';
import { ApiWorld } from './api-world.fixture';
import { bodies } from './bodies.cases';

let world: ApiWorld;
let routes: readonly Route[];
let names: readonly string[];
beforeAll(async () => {
  world = await ApiWorld.start();
  await world.person('everything', roles);
  routes = routeTable(world.http.app).filter(({ path }) => path.startsWith('/v1/'));
  names = await columnNames();
});
afterAll(() => world.close());

// What S-5 names, and every column of every table, in our spelling and in the database's.
async function columnNames(): Promise<string[]> {
  const rows = await world.looking.query<{ name: string }>(
    `select distinct column_name as name from information_schema.columns
      where table_schema in ('platform', 'identity', 'incident', 'audience', 'communication', 'delivery')`,
  );
  const all = rows.flatMap(({ name }) => [
    name,
    name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ]);
  return [
    ...new Set([...all, 'approver', 'author', 'class', 'safety', 'priority', '__proto__x']),
  ].sort();
}

// As many as a problem document names.
const atOnce = 20;
const piecesOf = (list: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(list.length / atOnce) }, (_, i) =>
    list.slice(i * atOnce, (i + 1) * atOnce),
  );

type Place = readonly (string | number)[];

/** Every object in a body, by its place. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? inside : [place, ...inside];
}

/** The body with more fields at a place. */
function withFields(value: unknown, [first, ...rest]: Place, fields: object): unknown {
  if (first === undefined) return { ...(value as object), ...fields };
  if (Array.isArray(value))
    return (value as unknown[]).map((one, i) =>
      i === first ? withFields(one, rest, fields) : one,
    );
  return {
    ...(value as object),
    [first]: withFields((value as Record<string, unknown>)[first], rest, fields),
  };
}

const addressOf = (path: string): string =>
  path
    .replace(':id', '5a4db0c5-0000-4000-8000-0000000000ff')
    .replace(':n', '999')
    .replace(':template', 'unknown')
    .replace(':version', '1');

const refusedFields = async (
  method: string,
  path: string,
  body: unknown,
): Promise<readonly string[]> => {
  const answer = await world.ask<Problem>(method, addressOf(path), 'everything', body, {});
  expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'request-invalid']);
  return (answer.body.problems ?? []).map((one) => one.field);
};

describe('a body', () => {
  it('S-5: is known here for every route that takes one', () => {
    const posts = routes
      .filter(({ method }) => method === 'POST')
      .map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(bodies).sort()).toEqual(posts.sort());
  });

  it.each(Object.keys(bodies))(
    'S-5: of %s refuses every column that it does not declare, at every place',
    async (key) => {
      const [method = '', path = ''] = key.split(' ');
      for (const place of placesIn(bodies[key])) {
        const declared = await declaredAt(method, path, place);
        const thrown = names.filter((name) => !declared.has(name));
        expect(thrown.length).toBeGreaterThan(200);
        for (const piece of piecesOf(thrown)) {
          const body = withFields(
            bodies[key],
            place,
            Object.fromEntries(piece.map((name) => [name, 'x'])),
          );
          const said = await refusedFields(method, path, body);
          expect([...said].sort()).toEqual(piece.map((name) => [...place, name].join('.')).sort());
        }
      }
    },
  );
});

describe('a query', () => {
  it('S-5: refuses what it does not declare', async () => {
    const lists = [
      '/v1/incidents',
      '/v1/messages',
      '/v1/dispatches',
      '/v1/intake/dead-letters',
      '/v1/ledger',
    ];
    for (const path of lists)
      expect(await refusedFields('GET', `${path}?author=x`, undefined)).toEqual(['author']);
  });
});

/** What the documentation says that a body may hold at a place. */
async function declaredAt(
  method: string,
  path: string,
  place: Place,
): Promise<ReadonlySet<string>> {
  const documented = path.replace(/:(\w+)/g, '{$1}');
  const { body } = await world.get<{
    paths: Record<string, Record<string, { requestBody?: unknown }>>;
    components: { schemas: Record<string, unknown> };
  }>('/docs/openapi.json');
  const json = JSON.stringify(body.paths[documented]?.[method.toLowerCase()]?.requestBody ?? {});
  const name = /#\/components\/schemas\/(\w+)/.exec(json)?.[1];
  const schema = name === undefined ? {} : body.components.schemas[name];
  return new Set(propertiesAt(schema, place));
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

function propertiesAt(schema: unknown, [first, ...rest]: Place): string[] {
  const node = schema as Schema | undefined;
  if (!node) return [];
  if (node.anyOf)
    return node.anyOf.flatMap((one) =>
      propertiesAt(one, first === undefined ? [] : [first, ...rest]),
    );
  if (first === undefined) return Object.keys(node.properties ?? {});
  const next =
    typeof first === 'number'
      ? node.items
      : (node.properties?.[first] ??
        (typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined));
  return propertiesAt(next, rest);
}
