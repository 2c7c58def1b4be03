import type { OpenAPIObject } from '@nestjs/swagger';
import { SpecimenController } from './testing/specimen.http.controller';
import { anApp, type SpecApp } from './testing/an-app';
import { openApiDocument } from './open-api';
import { routeTable } from './route-table';

let app: SpecApp;

beforeAll(async () => {
  app = await anApp([SpecimenController]);
});
afterAll(() => app.close());

const documented = async (): Promise<OpenAPIObject> =>
  (await (await app.ask('/docs/openapi.json')).json()) as OpenAPIObject;

describe('the documentation', () => {
  it('S-38: has exactly the routes of the program', async () => {
    const { paths } = await documented();
    const told = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    const real = routeTable(app.app).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(told.sort()).toEqual([...real].sort());
  });

  it('says who may, and what a refusal looks like', async () => {
    const { paths, components } = await documented();
    expect(paths['/specimens/{id}/approve']?.post).toMatchObject({
      'x-permission': 'message.approve',
      'x-roles': ['approver'],
      'x-fresh-sign-in': true,
      security: [{ bearer: [] }],
    });
    expect(paths['/health/live']?.get).toMatchObject({
      'x-public-because': expect.stringContaining('supervisor'),
    });
    expect(components?.schemas?.['Problem']).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });

  it('has the shape of a body as the contract says it, and the fields of a query', async () => {
    const { paths, components } = await documented();
    expect(JSON.stringify(paths['/specimens']?.post?.requestBody)).toContain(
      '#/components/schemas/RaiseDto',
    );
    expect(components?.schemas?.['RaiseDto']).toMatchObject({
      required: ['title', 'mode'],
      additionalProperties: false,
    });
    expect(paths['/specimens']?.get?.parameters).toMatchObject([{ name: 'limit', in: 'query' }]);
  });

  it('is the same each time', () => {
    const about = { title: 'Varde', version: '1', description: 'x' };
    const one = JSON.stringify(openApiDocument(app.app, about));
    expect(JSON.stringify(openApiDocument(app.app, about))).toBe(one);
  });

  it('S-17: is a page that prints what a title says and runs nothing', async () => {
    const answer = await app.ask('/docs');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('List incidents &lt;script&gt;');
    expect(text).not.toContain('<script');
    expect(text).toContain('message.approve: approver, with a fresh sign-in');
    expect((await app.ask('/docs/style.css')).headers.get('content-type')).toBe(
      'text/css; charset=utf-8',
    );
  });
});
