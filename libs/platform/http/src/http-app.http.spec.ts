import { faults, SpecimenController } from './testing/specimen.http.controller';
import { anApp, type SpecApp } from './testing/an-app';
import { securityHeaders } from './security-headers';
import type { Problem } from './problem';

let app: SpecApp;

beforeAll(async () => {
  app = await anApp([SpecimenController], {
    rawBody: true,
    bodyLimitBytes: 2_000,
    isUnavailable: (cause) => (cause as { code?: string }).code === 'ECONNRESET',
  });
});
afterAll(() => app.close());

const good = { title: 'Fibre cut', mode: 'live' };

async function problemOf(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body = (await answer.json()) as Problem;
  expect(body.status).toBe(answer.status);
  expect(body.type).toBe(`urn:varde:refusal:${body.code}`);
  expect(body.correlationId).toBe(answer.headers.get('x-correlation-id'));
  return body;
}

describe('a request', () => {
  it('is parsed, and knows who made it and its correlation id', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await app.ask('/specimens', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer operations-centre',
        traceparent: `00-${id}-00f067aa0ba902b7-01`,
      },
      body: JSON.stringify(good),
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-correlation-id')).toBe(id);
    await expect(answer.json()).resolves.toEqual({
      body: good,
      by: '5a4db0c5-0000-4000-8000-000000000001',
      correlationId: id,
    });
  });

  it('S-27: leaves one line that names the route, not the address, and who', async () => {
    app.lines.length = 0;
    await app.post('/specimens?x=+4790000902', good);
    const answered = app.lines.find((line) => line['event'] === 'http.answered');
    expect(answered).toMatchObject({ method: 'POST', route: '/specimens', status: 201 });
    expect(JSON.stringify(app.lines)).not.toContain('90000902');
  });

  it('keeps the bytes of a body where asked to', async () => {
    const answer = await app.post('/specimens/bytes', '{ "a":1}');
    await expect(answer.json()).resolves.toEqual({ bytes: '{ "a":1}' });
  });

  it.each(['', '?limit=5'])('reads the query %p', async (query) => {
    const answer = await app.ask(`/specimens${query}`, {
      headers: { authorization: 'Bearer viewer' },
    });
    await expect(answer.json()).resolves.toEqual({ limit: query === '' ? 20 : 5 });
  });
});

const badRequests: readonly {
  what: string;
  body: unknown;
  status: number;
  code: string;
  field?: string;
  detail: RegExp;
}[] = [
  {
    what: 'an unknown key',
    body: { ...good, approver: 'x' },
    status: 400,
    code: 'request-invalid',
    field: 'approver',
    detail: /no field "approver"/,
  },
  {
    what: 'an unknown key deep inside',
    body: { ...good, place: { area: 'NO-46', mode: 'x' } },
    status: 400,
    code: 'request-invalid',
    field: 'place.mode',
    detail: /no field "place.mode"/,
  },
  {
    what: 'a missing field',
    body: { mode: 'live' },
    status: 400,
    code: 'request-invalid',
    field: 'title',
    detail: /"title" is missing/,
  },
  {
    what: 'a wrong word',
    body: { ...good, mode: 'real' },
    status: 400,
    code: 'request-invalid',
    field: 'mode',
    detail: /"mode" is wrong/,
  },
  {
    what: 'a list for an object',
    body: [],
    status: 400,
    code: 'request-invalid',
    detail: /no usable content/,
  },
  {
    what: 'broken JSON',
    body: '{"title":',
    status: 400,
    code: 'body-unreadable',
    detail: /not valid JSON/,
  },
  {
    what: 'a poisoned prototype',
    body: '{"__proto__":{"x":1},"title":"abc","mode":"live"}',
    status: 400,
    code: 'body-unreadable',
    detail: /not valid JSON/,
  },
  {
    what: 'too much',
    body: { ...good, title: 'x'.repeat(3_000) },
    status: 413,
    code: 'body-too-large',
    detail: /larger than accepted/,
  },
];

describe('a bad request', () => {
  it.each(badRequests)(
    'S-5: with $what is told what is wrong',
    async ({ body, status, code, field, detail }) => {
      const problem = await problemOf(await app.post('/specimens', body));
      expect(problem).toMatchObject({
        status,
        code,
        instance: '/specimens',
        ...(field === undefined ? {} : { field }),
      });
      expect(problem.detail).toMatch(detail);
    },
  );

  it('in another media type is told which one is accepted', async () => {
    const answer = await app.ask('/specimens', {
      method: 'POST',
      headers: { 'content-type': 'application/xml', authorization: 'Bearer operations-centre' },
      body: '<x/>',
    });
    await expect(problemOf(answer)).resolves.toMatchObject({
      status: 415,
      code: 'media-type-refused',
    });
  });

  it('names the parameter of the path', async () => {
    const answer = await app.ask('/specimens/seven', {
      headers: { authorization: 'Bearer viewer' },
    });
    await expect(problemOf(answer)).resolves.toMatchObject({ status: 400, field: 'id' });
  });

  it.each(['/nowhere', '/specimens/x/y/z', '/%zz'])(
    'to %s is told that nothing is there',
    async (path) => {
      const { status } = await problemOf(await app.ask(path));
      expect([400, 404]).toContain(status);
    },
  );
});

describe('a refusal', () => {
  it.each([
    ['approver-is-author', 403],
    ['incident-not-found', 404],
    ['dispatched-already', 409],
    ['edited-meanwhile', 412],
    ['fields-do-not-fit', 422],
  ])('%s answers %i with its sentence and facts', async (code, status) => {
    const problem = await problemOf(await app.ask(`/specimens/refuse/${code}`));
    // A field is at fault here, so what is unknown is wrong content, not a missing page.
    expect(problem).toMatchObject({
      status: status === 404 ? 422 : status,
      code,
      detail: 'This is refused. Do something else.',
      facts: { count: 3 },
      field: 'title',
    });
  });

  it('P-6: "not now" says when to try again', async () => {
    const answer = await app.ask('/specimens/refuse/later');
    expect(answer.headers.get('retry-after')).toBe('7');
    await expect(problemOf(answer)).resolves.toMatchObject({
      status: 429,
      code: 'too-many-requests',
    });
  });

  it('P-4: a lost database is 503 with a time to try again, and its cause is logged', async () => {
    app.lines.length = 0;
    const answer = await app.ask('/specimens/refuse/lost');
    expect(answer.headers.get('retry-after')).toBe('2');
    await expect(problemOf(answer)).resolves.toMatchObject({ status: 503, code: 'not-available' });
    expect(app.lines).toContainEqual(expect.objectContaining({ event: 'http.failed' }));
  });

  it('a fault answers 500 with the number to report and nothing else; the log has the cause, masked', async () => {
    app.lines.length = 0;
    const problem = await problemOf(await app.ask('/specimens/refuse/fault'));
    expect(problem.detail).toBe(
      `This is our mistake. Report it with the number ${problem.correlationId}.`,
    );
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|stack|at /);
    const failed = app.lines.find((line) => line['event'] === 'http.failed');
    expect(failed).toMatchObject({ correlationId: problem.correlationId, err: { name: 'Error' } });
    expect(JSON.stringify(failed)).not.toContain('90000902');
  });
});

describe('a route', () => {
  it.each([
    ['without a sign-in', undefined, 401, 'sign-in-missing'],
    ['with a role that may not', 'viewer', 403, 'right-missing'],
    ['with a stale sign-in', 'approver stale', 401, 'fresh-sign-in-needed'],
  ])('S-1: asked %s is refused', async (_, who, status, code) => {
    const answer = await app.ask('/specimens/1/approve', {
      method: 'POST',
      ...(who === undefined ? {} : { headers: { authorization: `Bearer ${who}` } }),
    });
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
    await expect(problemOf(answer)).resolves.toMatchObject({ status, code });
  });

  it('S-1: asked with the right and a fresh sign-in lets in', async () => {
    const answer = await app.post('/specimens/1/approve', {}, 'approver');
    expect(answer.status).toBe(200);
  });

  it.each([
    '/health/live',
    '/docs',
    '/docs/openapi.json',
    '/metrics',
    '/nowhere',
    '/%zz',
    '/specimens',
  ])('S-37: %s carries the security headers', async (path) => {
    const { headers } = await app.ask(path);
    const { 'content-security-policy': policy, ...others } = securityHeaders;
    for (const [name, value] of Object.entries(others)) expect(headers.get(name)).toBe(value);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.has('strict-transport-security')).toBe(false);
    if (path !== '/docs') expect(headers.get('content-security-policy')).toBe(policy);
  });

  it('S-37: sends browsers to https only where the outside reaches us by it', async () => {
    const behind = await anApp([], { behindHttps: true });
    const { headers } = await behind.ask('/health/live');
    await behind.close();
    expect(headers.get('strict-transport-security')).toContain('max-age=63072000');
  });
});

describe('health', () => {
  it('lives, is ready, and says "going" with 503 from the moment that it is told', async () => {
    const going = await anApp([]);
    expect((await going.ask('/health/live')).status).toBe(200);
    expect((await going.ask('/health/ready')).status).toBe(200);
    going.health.goes();
    const answer = await going.ask('/health/ready');
    expect(answer.status).toBe(503);
    await expect(answer.json()).resolves.toEqual({ state: 'going', checks: {} });
    await going.close();
  });

  it('counts requests by pattern of the route', async () => {
    await app.ask('/specimens/refuse/later');
    const answer = await app.ask('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const counted = (await answer.text())
      .split('\n')
      .find((line) => line.startsWith('varde_http_seconds_count') && line.includes('"429"'));
    expect(counted).toContain('method="GET",route="/specimens/refuse/:code",status="429"');
  });
});

describe('a port', () => {
  it('that is taken is named in one sentence', async () => {
    const port = Number(new URL(app.url).port);
    await expect(anApp([], { port } as object)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program. End that program, or choose another port.`,
    );
  });
});

it('has a fault of every kind in its specimen', () => {
  expect(Object.keys(faults)).toEqual(['fault', 'later', 'lost']);
});
