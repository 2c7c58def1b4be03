import { approvalResults, type ShownMessage } from '@varde/contracts';
import { permissionsOf, roles, type Role } from '@varde/platform-auth';
import { routeTable, type Problem, type Route } from '@varde/platform-http';
import { ApiWorld } from './api-world.fixture';
import { bodies } from './bodies.cases';

let world: ApiWorld;
let routes: readonly Route[];
beforeAll(async () => {
  world = await ApiWorld.start();
  routes = routeTable(world.http.app).filter(({ path }) => path.startsWith('/v1/'));
  for (const role of roles) await world.person(role, [role]);
  await world.person('nobody special', []);
  // Everything that there is to be allowed, in one country.
  await world.person('norwegian', roles, { countries: ['NO'] });
  await world.person('operator', ['operations-centre']);
  await world.person('author', ['communications-author']);
});
afterAll(() => world.close());

const unknownId = '5a4db0c5-0000-4000-8000-0000000000ff';
const addressOf = (path: string, id = unknownId): string =>
  path
    .replace(':id', id)
    .replace(':n', '999')
    .replace(':template', 'unknown')
    .replace(':version', '1');
const ask = (route: Route, as?: string): Promise<{ status: number; body: Problem }> =>
  world.ask<Problem>(route.method, addressOf(route.path), as, undefined, {});
const holds = (role: Role, route: Route): boolean =>
  (permissionsOf[role] as readonly string[]).includes(route.rule.permission ?? '');

/** A message of a new incident, in somebody's own words, submitted by one and approved by another. */
async function aDispatch(
  country: 'NO' | 'SE',
): Promise<{ incidentId: string; dispatchId: string | null }> {
  const raised = await world.post<{ incidentId: string }>(
    '/v1/incidents',
    'operator',
    world.aRaise({ country }),
  );
  const { incidentId } = raised.body;
  const [draft] = await world.audienceResolved(incidentId);
  if (!draft) throw new Error('Nothing was drafted.');
  const words = {
    NO: 'Mobilnettet er nede i Vestland. Neste melding senest kl. 14.',
    SE: 'Mobilnätet ligger nere i Västra Götaland. Nästa besked senast kl. 14.',
  };
  const path = `/v1/messages/${draft.messageId}`;
  await world.post(`${path}/edit`, 'author', {
    basedOnVersion: draft.version,
    texts: { [country === 'NO' ? 'nb' : 'sv']: { sms: words[country] } },
  });
  const submitted = await world.post<ShownMessage>(`${path}/submit`, 'author', {});
  const { messageId, version, contentSha256, reach } = submitted.body;
  const approved = await world.post('/v1/messages/approve', 'approver', {
    approvals: [{ messageId, version, contentSha256, reach }],
    reason: 'read aloud',
  });
  const [result] = approvalResults.parse(approved.body).results;
  return { incidentId, dispatchId: result?.dispatchId ?? null };
}

describe('every route', () => {
  it('S-6: declares a permission, and none of ours is public', () => {
    expect(routes.length).toBeGreaterThan(35);
    expect(routes.filter((route) => route.rule.permission === undefined)).toEqual([]);
  });

  it('S-1: asks for a fresh sign-in where it lets something go, and only there', () => {
    expect(routes.filter((route) => route.rule.fresh).map((route) => route.path)).toEqual([
      '/v1/gates/release',
      '/v1/messages/approve',
      '/v1/policies/:id/approve',
      '/v1/templates/:template/:version/approve',
    ]);
  });

  it('S-6: is closed to nobody’s sign-in, and to an account without a role', async () => {
    for (const route of routes) {
      expect([route.path, await ask(route)]).toMatchObject([
        route.path,
        { status: 401, body: { code: 'sign-in-missing' } },
      ]);
      expect([route.path, await ask(route, 'nobody special')]).toMatchObject([
        route.path,
        { status: 403, body: { code: 'right-missing' } },
      ]);
    }
  });

  it.each(roles)(
    'S-6: is open to the role %s exactly where its permissions say so',
    async (role) => {
      for (const route of routes) {
        const { body, status } = await ask(route, role);
        const isClosed = status === 403 && body.code === 'right-missing';
        expect([route.method, route.path, isClosed ? 'closed' : 'open']).toEqual([
          route.method,
          route.path,
          holds(role, route) ? 'open' : 'closed',
        ]);
        expect(status).toBeLessThan(500);
      }
    },
  );
});

describe('a right in one country', () => {
  it('S-4: shows nothing of another: its ids answer 404 to every verb', async () => {
    const raised = await world.post<{ incidentId: string }>(
      '/v1/incidents',
      'operator',
      world.aRaise({ country: 'SE' }),
    );
    const { incidentId } = raised.body;
    const [draft] = await world.audienceResolved(incidentId);
    const idOf: Readonly<Record<string, string | undefined>> = {
      incidents: incidentId,
      messages: draft?.messageId,
    };
    const guarded = routes.filter(({ path }) => /^\/v1\/(incidents|messages)\/:id/.test(path));
    expect(guarded).toHaveLength(12);
    for (const { method, path } of guarded) {
      const address = addressOf(path, idOf[path.split('/')[2] ?? '']);
      const body = method === 'POST' ? { ...bodies[`${method} ${path}`] } : undefined;
      const answer = await world.ask<Problem>(method, address, 'norwegian', body, {});
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
  });

  it('S-4: approves nothing of another', async () => {
    const raised = await world.post<{ incidentId: string }>(
      '/v1/incidents',
      'operator',
      world.aRaise({ country: 'SE' }),
    );
    const [draft] = await world.audienceResolved(raised.body.incidentId);
    if (!draft) throw new Error('Nothing was drafted.');
    const { messageId, version, contentSha256, reach } = draft;
    const refused = await world.refused('/v1/messages/approve', 'norwegian', {
      approvals: [{ messageId, version, contentSha256, reach }],
      reason: 'far away',
    });
    expect(refused).toMatchObject({ status: 404, code: 'message-unknown' });
  });

  it('S-4: lists nothing of another', async () => {
    await world.post('/v1/incidents', 'operator', world.aRaise({ country: 'SE' }));
    await world.post('/v1/incidents', 'operator', world.aRaise({ country: 'NO' }));
    const incidents = await world.get<{ incidents: { country: string }[] }>(
      '/v1/incidents',
      'norwegian',
    );
    expect(new Set(incidents.body.incidents.map((one) => one.country))).toEqual(new Set(['NO']));
    const messages = await world.get<{ messages: { incidentNumber: string }[] }>(
      '/v1/messages',
      'norwegian',
    );
    expect(messages.body.messages.every((one) => one.incidentNumber.startsWith('NO'))).toBe(true);
    expect(await world.get('/v1/ledger', 'norwegian')).toMatchObject({ status: 403 });
  });

  it('S-4: shows no dispatch of another, lists none, and opens none', async () => {
    const theirs = await aDispatch('SE');
    const ours = await aDispatch('NO');
    const list = await world.get<{ dispatches: { dispatchId: string }[] }>(
      '/v1/dispatches',
      'norwegian',
    );
    expect(list.body.dispatches.map((one) => one.dispatchId)).toEqual([ours.dispatchId]);
    for (const path of [
      `/v1/dispatches/${theirs.dispatchId}`,
      `/v1/dispatches?incident=${theirs.incidentId}`,
    ])
      expect([path, await world.get(path, 'norwegian')]).toMatchObject([path, { status: 404 }]);
    expect(await world.get(`/v1/dispatches/${ours.dispatchId}`, 'norwegian')).toMatchObject({
      status: 200,
    });
    // Whoever sees something wrong may stop it anywhere; to open it again takes the right in that country.
    const gate = { scope: 'dispatch', id: theirs.dispatchId, reason: 'far away' };
    for (const verb of ['halt', 'ask-release'])
      expect([verb, (await world.post(`/v1/gates/${verb}`, 'operator', gate)).status]).toEqual([
        verb,
        200,
      ]);
    expect(await world.refused('/v1/gates/release', 'norwegian', gate)).toMatchObject({
      status: 403,
      code: 'right-missing',
    });
  });

  it('S-4: does not act there: raise, exercise, source, release of everything', async () => {
    const acts: [string, unknown][] = [
      ['/v1/incidents', world.aRaise({ country: 'SE' })],
      ['/v1/exercises/start', { country: 'SE' }],
      ['/v1/sources/register', { ...bodies['POST /v1/sources/register'], country: 'SE' }],
      ['/v1/gates/release', bodies['POST /v1/gates/release']],
    ];
    for (const [path, body] of acts) {
      expect([path, await world.refused(path, 'norwegian', body)]).toMatchObject([
        path,
        { status: 403, code: 'right-missing' },
      ]);
    }
  });
});
