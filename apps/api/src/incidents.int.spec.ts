import { incidentList, incidentView, shownIncident, type IncidentView } from '@varde/contracts';
import { ApiWorld } from './api-world.fixture';

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.start();
  await world.person('operator', ['operations-centre']);
  await world.person('colleague', ['operations-centre']);
});
afterAll(() => world.close());

async function raised(given: Record<string, unknown> = {}): Promise<IncidentView> {
  const answer = await world.post('/v1/incidents', 'operator', world.aRaise(given));
  expect(answer.status).toBe(201);
  return incidentView.parse(answer.body);
}
const act = (one: IncidentView, verb: string, body?: unknown) =>
  world.post(`/v1/incidents/${one.incidentId}/${verb}`, 'operator', body);
const refusedAct = (one: IncidentView, verb: string, body?: unknown) =>
  world.refused(`/v1/incidents/${one.incidentId}/${verb}`, 'operator', body);

describe('a raise', () => {
  it('UX-01: has no mode by default', async () => {
    const { mode: _, ...body } = world.aRaise();
    expect(await world.refused('/v1/incidents', 'operator', body)).toMatchObject({
      status: 400,
      field: 'mode',
    });
  });

  it('is written in the name of whoever is signed in', async () => {
    expect(await raised()).toMatchObject({
      phase: 'acknowledged',
      origin: 'reported',
      mode: 'ACTUAL',
      country: 'NO',
      areas: ['NO-46'],
      reference: null,
      changedBy: { kind: 'person', personId: world.idOf('operator') },
      severity: { inForce: 'minor', reasons: ['nothing-more'], stated: null },
      alarms: { count: 0, activeCount: 0, lastClearedAt: null },
    });
  });

  it('under the same reference answers the same incident, whoever repeats it', async () => {
    const body = world.aRaise({ reference: 'ticket-1' });
    const first = await world.post('/v1/incidents', 'operator', body);
    const again = await world.post('/v1/incidents', 'colleague', body);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(incidentView.parse(again.body).reference).toBe('ticket-1');
  });

  it('under the same reference five times at once makes one incident', async () => {
    const body = world.aRaise({ reference: 'ticket-2' });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => world.post<IncidentView>('/v1/incidents', 'operator', body)),
    );
    expect(new Set(answers.map((one) => one.body.incidentId)).size).toBe(1);
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1);
  });

  it('A-8: of an exercise under a real one’s reference is an incident of its own', async () => {
    const real = await raised({ reference: 'ticket-3' });
    const exercise = await raised({ reference: 'ticket-3', mode: 'EXERCISE' });
    expect(exercise.incidentId).not.toBe(real.incidentId);
    expect(exercise.mode).toBe('EXERCISE');
  });

  it('is refused with one sentence and the field where its facts contradict each other', async () => {
    const refuse = (given: Record<string, unknown>) =>
      world.refused('/v1/incidents', 'operator', world.aRaise(given));
    expect(await refuse({ areas: [] })).toMatchObject({
      status: 422,
      code: 'scope-empty',
      field: 'areas',
    });
    expect(await refuse({ estimate: { status: 'estimated' } })).toMatchObject({
      code: 'estimate-needs-time',
      field: 'estimate.restoreBy',
    });
    expect(
      await refuse({ estimate: { status: 'estimated', restoreBy: '2020-01-01T00:00:00Z' } }),
    ).toMatchObject({ code: 'estimate-is-past' });
    expect(await refuse({ cause: { status: 'confirmed' } })).toMatchObject({
      code: 'cause-needs-code',
      field: 'cause.code',
    });
    expect(await refuse({ kind: 'planned' })).toMatchObject({
      code: 'planned-needs-window',
      field: 'window',
    });
    const backwards = { from: '2036-01-01T04:00:00Z', to: '2036-01-01T00:00:00Z' };
    expect(await refuse({ kind: 'planned', window: backwards })).toMatchObject({
      status: 422,
      code: 'window-not-in-order',
      field: 'window',
    });
  });

  it.each([
    ['area-unknown', 'areas', { areas: ['NO-46', 'NO-9999'] }],
    ['area-unknown', 'areas', { areas: ['Bergen'] }],
    ['area-of-another-country', 'areas', { areas: ['NO-46', 'SE-14'] }],
    ['area-of-another-country', 'areas', { areas: ['DK'] }],
    ['element-unknown', 'elements', { elements: ['site/NO/404'] }],
    ['element-of-another-country', 'elements', { elements: ['site/NO/1', 'site/SE/1'] }],
  ])('A-9: is refused as %s, with the field %s', async (code, field, given) => {
    const refused = await world.refused('/v1/incidents', 'operator', world.aRaise(given));
    expect(refused).toMatchObject({ status: 422, code, field });
  });

  it('is taken for a whole country, and for an element that we know', async () => {
    expect(await raised({ areas: ['NO'], elements: ['site/NO/1'] })).toMatchObject({
      areas: ['NO'],
      elements: ['site/NO/1'],
    });
  });

  it('is refused where it names an alarm of another country', async () => {
    await world.heardAlarm('SE-CORE-1', 'SE');
    const refuse = world.refused(
      '/v1/incidents',
      'operator',
      world.aRaise({ alarms: ['SE-CORE-1'] }),
    );
    expect(await refuse).toMatchObject({
      status: 422,
      code: 'alarm-of-another-country',
      field: 'alarms',
    });
    expect(await raised({ alarms: ['not-heard-of-yet'] })).toMatchObject({ country: 'NO' });
  });

  it('is refused where a time has no offset', async () => {
    const refused = await world.refused(
      '/v1/incidents',
      'operator',
      world.aRaise({ startedAt: '2026-01-01T01:00:00' }),
    );
    expect(refused).toMatchObject({ status: 400, field: 'startedAt' });
    expect(refused.detail).toContain('with its offset');
  });
});

describe('an incident', () => {
  it('is changed: what is left out stays, null withdraws', async () => {
    const one = await raised({
      nextUpdateBy: '2036-01-01T00:00:00Z',
      note: 'the fibre at the bridge',
    });
    const changed = incidentView.parse((await act(one, 'update', { nextUpdateBy: null })).body);
    expect(changed).toMatchObject({
      nextUpdateBy: null,
      note: 'the fibre at the bridge',
      phase: 'inProgress',
      version: 2,
    });
  });

  it('A-9: is not moved to a place that is not there, or that lies in another country', async () => {
    const one = await raised({ elements: ['site/NO/1'] });
    const refuse = (change: object) => refusedAct(one, 'update', change);
    expect(await refuse({ areas: ['NO-9999'] })).toMatchObject({
      status: 422,
      code: 'area-unknown',
      field: 'areas',
    });
    expect(await refuse({ areas: ['SE-14'] })).toMatchObject({ code: 'area-of-another-country' });
    expect(await refuse({ elements: ['site/SE/1'] })).toMatchObject({
      code: 'element-of-another-country',
      field: 'elements',
    });
  });

  it('keeps an element that has left the inventory since, and takes no other unknown one', async () => {
    const one = await raised({ elements: ['site/NO/1'] });
    await world.looking.query(`delete from incident.element where element_id = 'site/NO/1'`);
    expect((await act(one, 'update', { elements: ['site/NO/1'], areas: ['NO-03'] })).status).toBe(
      200,
    );
    expect(await refusedAct(one, 'update', { elements: ['site/NO/1', 'site/NO/2'] })).toMatchObject(
      { code: 'element-unknown' },
    );
    await world.looking.query(
      `insert into incident.element (element_id, parent_id, kind, area, services) values ('site/NO/1', null, 'site', 'NO-46', 7)`,
    );
  });

  it('is as bad as a person says with a reason, and not without one', async () => {
    const one = await raised();
    expect(await refusedAct(one, 'update', { severity: { severity: 'critical' } })).toMatchObject({
      status: 400,
      field: 'severity.reason',
    });
    const changed = incidentView.parse(
      (await act(one, 'update', { severity: { severity: 'critical', reason: 'the mayor called' } }))
        .body,
    );
    expect(changed.severity).toMatchObject({
      inForce: 'critical',
      derived: 'minor',
      stated: { reason: 'the mayor called', by: world.idOf('operator') },
    });
  });

  it('is resolved and reopened, each step in its timeline', async () => {
    const one = await raised();
    expect(incidentView.parse((await act(one, 'resolve', {})).body)).toMatchObject({
      phase: 'resolved',
      restoredAt: expect.any(String),
    });
    expect(await refusedAct(one, 'update', { note: 'late' })).toMatchObject({
      status: 409,
      code: 'incident-is-over',
    });
    expect(await refusedAct(one, 'reopen', {})).toMatchObject({ status: 400, field: 'reason' });
    await act(one, 'reopen', { reason: 'it went down again' });
    const { timeline, audience } = shownIncident.parse(
      (await world.get(`/v1/incidents/${one.number}`, 'onlooker')).body,
    );
    expect(timeline.map((line) => line.type)).toEqual(['declared', 'resolved', 'reopened']);
    expect(timeline.at(-1)).toMatchObject({
      by: { kind: 'person', personId: world.idOf('operator'), name: 'operator' },
      data: { reason: 'it went down again' },
    });
    expect(audience).toBeNull();
  });

  it('is confirmed at its end, and cancelled with a reason', async () => {
    expect((await act(await raised(), 'confirm')).body).toMatchObject({ phase: 'resolved' });
    const one = await raised();
    expect((await act(one, 'cancel', { reason: 'a test cabinet' })).body).toMatchObject({
      phase: 'cancelled',
    });
    expect(await refusedAct(one, 'cancel', { reason: 'a test cabinet' })).toMatchObject({
      status: 409,
      code: 'incident-is-over',
    });
  });

  it('is merged into another of its country and mode, by number too', async () => {
    const child = await raised();
    const parent = await raised({ areas: ['NO-03'] });
    const goesOn = incidentView.parse(
      (await act(child, 'merge', { into: parent.number, reason: 'one cut fibre' })).body,
    );
    expect(goesOn).toMatchObject({ incidentId: parent.incidentId, areas: ['NO-03', 'NO-46'] });
    const shown = shownIncident.parse(
      (await world.get(`/v1/incidents/${child.incidentId}`, 'onlooker')).body,
    );
    expect(shown.incident.mergedInto).toBe(parent.incidentId);
    expect(
      await refusedAct(parent, 'merge', { into: parent.number, reason: 'one cut fibre' }),
    ).toMatchObject({ code: 'merge-into-itself' });
    const swedish = await raised({ country: 'SE' });
    expect(
      await refusedAct(parent, 'merge', { into: swedish.number, reason: 'one cut fibre' }),
    ).toMatchObject({ code: 'merge-across-countries' });
    expect(
      await refusedAct(parent, 'merge', { into: 'NO-2026-9999', reason: 'one cut fibre' }),
    ).toMatchObject({ status: 404, code: 'no-such-incident' });
  });

  it('is listed by phase, country and mode, newest first', async () => {
    const exercise = await raised({ country: 'DK', mode: 'EXERCISE' });
    const cancelled = await raised({ country: 'DK', mode: 'EXERCISE' });
    await act(cancelled, 'cancel', { reason: 'the drill ended' });
    const list = async (query: string) =>
      incidentList
        .parse((await world.get(`/v1/incidents?${query}`, 'onlooker')).body)
        .incidents.map((one) => one.incidentId);
    expect(await list('country=DK&mode=EXERCISE')).toEqual([
      cancelled.incidentId,
      exercise.incidentId,
    ]);
    expect(await list('country=DK&phase=acknowledged&phase=held')).toEqual([exercise.incidentId]);
    expect(await list('country=DK&limit=1')).toEqual([cancelled.incidentId]);
    expect(await list('country=DK&mode=ACTUAL')).toEqual([]);
    expect(await world.get('/v1/incidents?limit=many', 'onlooker')).toMatchObject({
      status: 400,
      body: { field: 'limit' },
    });
  });

  it('answers 404 where there is none, 400 where there can be none', async () => {
    expect(await world.get('/v1/incidents/NO-2026-9999', 'onlooker')).toMatchObject({
      status: 404,
      body: { code: 'no-such-incident', instance: '/v1/incidents/NO-2026-9999' },
    });
    expect(await world.get('/v1/incidents/the-big-one', 'onlooker')).toMatchObject({
      status: 400,
      body: { code: 'request-invalid', field: 'id' },
    });
  });
});
