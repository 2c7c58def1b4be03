import { dispatchView, gateList, movedGate, type MovedGate } from '@varde/contracts';
import { minutes } from '@varde/kernel';
import { ApiWorld } from './api-world.fixture';

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.start();
  await world.person('operator', ['operations-centre']);
  await world.person('crisis', ['crisis-manager']);
  await world.person('approver', ['approver']);
  await world.person('two accounts', ['crisis-manager', 'approver'], {
    accounts: ['two-accounts-1', 'two-accounts-2'],
  });
});
afterAll(() => world.close());

const reason = 'the wrong map';
const gate = (scope: string, id: string) => ({ scope, id, reason });
const post = async (verb: string, as: string, body: unknown): Promise<MovedGate> => {
  const answer = await world.post(`/v1/gates/${verb}`, as, body);
  expect(answer).toMatchObject({ status: 200 });
  return movedGate.parse(answer.body);
};
const halted = async () => gateList.parse((await world.get('/v1/gates', 'onlooker')).body).gates;

describe('a gate', () => {
  it('DL-7: is shut by one person at once, and opened by two', async () => {
    const sms = gate('channel', 'sms');
    expect(await post('halt', 'operator', sms)).toEqual({
      scope: 'channel',
      id: 'sms',
      isHalted: true,
      isReleaseAsked: false,
      counts: {},
    });
    expect(await halted()).toEqual([
      { scope: 'channel', id: 'sms', releaseAskedBy: null, releaseAskedAt: null },
    ]);
    expect(await world.refused('/v1/gates/release', 'crisis', sms)).toMatchObject({
      status: 409,
      code: 'no-release-request',
    });
    await post('ask-release', 'crisis', sms);
    expect((await halted())[0]).toMatchObject({ releaseAskedBy: world.idOf('crisis') });
    expect(await world.refused('/v1/gates/release', 'crisis', sms)).toMatchObject({
      status: 403,
      code: 'release-by-same-person',
    });
    expect(await post('release', 'approver', sms)).toMatchObject({ isHalted: false });
    expect(await halted()).toEqual([]);
    const events = await world.looking.query(
      `select what, by_person, asked_by, reason from delivery.gate_event where (scope, id) = ('channel', 'sms') order by n`,
    );
    expect(events).toEqual([
      { what: 'halted', by_person: world.idOf('operator'), asked_by: null, reason },
      { what: 'release asked', by_person: world.idOf('crisis'), asked_by: null, reason },
      {
        what: 'released',
        by_person: world.idOf('approver'),
        asked_by: world.idOf('crisis'),
        reason,
      },
    ]);
  });

  it('DL-7: stays shut where the request to release is older than 15 minutes, or a new halt came', async () => {
    const mail = gate('channel', 'email');
    await post('halt', 'operator', mail);
    await post('ask-release', 'crisis', mail);
    await world.looking.clock.forward(minutes(16));
    expect(await world.refused('/v1/gates/release', 'approver', mail)).toMatchObject({
      code: 'no-release-request',
    });
    await post('ask-release', 'crisis', mail);
    await post('halt', 'operator', mail);
    expect(await world.refused('/v1/gates/release', 'approver', mail)).toMatchObject({
      code: 'no-release-request',
    });
    await world.looking.clock.release();
  });

  it('DL-7: of nothing that is halted cannot be released', async () => {
    expect(
      await world.refused('/v1/gates/ask-release', 'crisis', gate('provider', 'nobody')),
    ).toMatchObject({ status: 409, code: 'not-halted' });
  });

  it('S-1: is released with a fresh sign-in only, and halted with any', async () => {
    const all = gate('all', '*');
    expect((await world.post('/v1/gates/halt', 'operator', all, { isFresh: false })).status).toBe(
      200,
    );
    expect(
      (await world.post('/v1/gates/ask-release', 'operator', all, { isFresh: false })).status,
    ).toBe(200);
    expect(
      await world.refused('/v1/gates/release', 'approver', all, { isFresh: false }),
    ).toMatchObject({ status: 401, code: 'fresh-sign-in-needed' });
    await post('release', 'approver', all);
  });

  it('S-3: is not released by the other account of whoever asked for it', async () => {
    const mail = gate('channel', 'email');
    await post('halt', 'operator', mail);
    await post('ask-release', 'two accounts', mail);
    expect(
      await world.refused('/v1/gates/release', 'two accounts', mail, { account: 'two-accounts-2' }),
    ).toMatchObject({ status: 403, code: 'release-by-same-person' });
    await post('release', 'approver', mail);
  });

  it('S-7: is not released by whoever lost the right a moment ago', async () => {
    const { personId } = await world.person('leaver', ['approver']);
    const all = gate('all', '*');
    await post('halt', 'operator', all);
    await post('ask-release', 'operator', all);
    expect((await world.get('/v1/gates', 'leaver')).status).toBe(200);
    await world.looking.query(`delete from identity.person_role where person_id = $1`, [personId]);
    expect(await world.refused('/v1/gates/release', 'leaver', all)).toMatchObject({
      status: 403,
      code: 'right-missing',
    });
    await post('release', 'approver', all);
  });

  it('is refused where its id is of another kind, or of nothing: nobody is to think that it is shut', async () => {
    const refuse = (scope: string, id: string) =>
      world.refused('/v1/gates/halt', 'operator', gate(scope, id));
    expect(await refuse('all', 'sms')).toMatchObject({ status: 400, field: 'id' });
    expect(await refuse('channel', 'pigeon')).toMatchObject({ status: 400, field: 'id' });
    expect(await refuse('incident', 'NO-2026-0001')).toMatchObject({ status: 400, field: 'id' });
    const unknown = '5a4db0c5-0000-4000-8000-0000000000ff';
    expect(await refuse('incident', unknown)).toMatchObject({
      status: 404,
      code: 'no-such-incident',
    });
    expect(await refuse('dispatch', unknown)).toMatchObject({
      status: 404,
      code: 'no-such-dispatch',
    });
  });
});

describe('a dispatch by a policy', () => {
  it('A-6: goes at once under a policy that two approved, and shows what halts it and what had left', async () => {
    await world.person('author', ['communications-author']);
    await world.person('other approver', ['approver']);
    const submitted = await world.post<{ version: number; template: string }>(
      '/v1/templates/submit',
      'author',
      { template: 'outage-declared' },
    );
    expect(submitted.status).toBe(200);
    const { version } = submitted.body;
    for (const who of ['approver', 'other approver'])
      await world.post(`/v1/templates/${submitted.body.template}/${version}/approve`, who);
    const policy = await world.post<{ policyId: string }>('/v1/policies/submit', 'author', {
      template: submitted.body.template,
      templateVersion: version,
      classes: [0, 1],
      channels: ['sms'],
      maxReach: 1_000,
      expiresAt: '2036-01-01T00:00:00Z',
    });
    expect(policy.status).toBe(201);
    for (const who of ['approver', 'other approver'])
      await world.post(`/v1/policies/${policy.body.policyId}/approve`, who);

    const raised = await world.post<{ incidentId: string }>(
      '/v1/incidents',
      'operator',
      world.aRaise(),
    );
    const { incidentId } = raised.body;
    const waiting = await world.audienceResolved(incidentId);
    expect(waiting.map((one) => one.classes)).toEqual([[3]]);
    const list = await world.get<{ dispatches: unknown[] }>(
      `/v1/dispatches?incident=${incidentId}`,
      'onlooker',
    );
    const [dispatch] = list.body.dispatches.map((one) => dispatchView.parse(one));
    expect(dispatch).toMatchObject({ policyId: policy.body.policyId, reach: 10, halts: [] });
    await post('halt', 'operator', gate('incident', incidentId));
    const shown = await world.get(`/v1/dispatches/${dispatch?.dispatchId}`, 'onlooker');
    expect(dispatchView.parse(shown.body).halts).toEqual([{ scope: 'incident', id: incidentId }]);
  });
});
