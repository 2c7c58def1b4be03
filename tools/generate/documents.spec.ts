import 'reflect-metadata';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventCatalog, jobCatalog } from '@varde/contracts';
import { routeTable } from '@varde/platform-http';
import { asyncApiDocument } from './asyncapi';
import { generatedFiles } from './files';
import type { GeneratedFile } from './generated-file';
import { preparedApi } from './openapi';

const project = join(__dirname, '../..');

let files: readonly GeneratedFile[];
beforeAll(async () => {
  files = await generatedFiles();
});

describe('what is generated', () => {
  it('is checked in as it is: run "npm run generate" after a change of the contracts', async () => {
    for (const { path, text } of files) {
      expect([
        path,
        await readFile(join(project, path), 'utf8').catch(() => 'is not there'),
      ]).toEqual([path, text]);
    }
  });

  it('leaves no schema of a fact or job that is gone', async () => {
    const there = await readdir(join(project, 'libs/contracts/schemas'));
    const made = [
      ...Object.keys(eventCatalog),
      ...Object.keys(jobCatalog).map((name) => `job.${name}`),
    ];
    expect(there.sort()).toEqual(made.map((name) => `${name}.json`).sort());
  });

  it('is the same, byte for byte, a second time', async () => {
    expect(await generatedFiles()).toEqual(files);
  });
});

describe('the OpenAPI document', () => {
  it('S-38: names every route of the router, and no other', async () => {
    const app = await preparedApi();
    try {
      const routes = routeTable(app).map(
        ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
      );
      const documented = Object.entries(openApi().paths).flatMap(([path, item]) =>
        Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
      );
      expect(documented.sort()).toEqual(routes.sort());
      const fastify = app.getHttpAdapter().getInstance();
      for (const { method, path } of routeTable(app))
        expect([path, fastify.hasRoute({ method: method, url: path })]).toEqual([path, true]);
    } finally {
      await app.close();
    }
  });

  it('says of each route what it does, and who may', () => {
    for (const [path, item] of Object.entries(openApi().paths)) {
      for (const operation of Object.values(item)) {
        expect([path, operation.summary]).toEqual([path, expect.stringMatching(/^[A-Z].{5,}/)]);
        expect([path, 'x-permission' in operation || 'x-public-because' in operation]).toEqual([
          path,
          true,
        ]);
      }
    }
  });

  function openApi(): { paths: Record<string, Record<string, { summary?: string }>> } {
    return JSON.parse(
      files.find(({ path }) => path.endsWith('openapi.json'))?.text ?? '{}',
    ) as ReturnType<typeof openApi>;
  }
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument();

  it('has one sender and the declared receivers for every fact', () => {
    const operations = Object.entries(
      document.operations as Record<string, { action: string }>,
    ).map(([name, { action }]) => `${action} ${name}`);
    const expected = Object.entries(eventCatalog).flatMap(([name, { owner, consumers }]) => [
      `send ${owner}.sends.${name}`,
      ...consumers.map((context) => `receive ${context}.receives.${name}`),
    ]);
    expect(operations.sort()).toEqual(expected.sort());
  });

  it('points at nothing that is not in it', () => {
    const pointers = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(pointers.length).toBeGreaterThan(20);
    for (const pointer of new Set(pointers)) {
      const [, path = ''] = /"#\/([^"]+)"/.exec(pointer) ?? [];
      const found = path
        .split('/')
        .reduce<unknown>(
          (node, key) => (node as Record<string, unknown> | undefined)?.[key],
          document,
        );
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });
});
