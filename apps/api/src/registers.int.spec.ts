import {
  deadLetterList,
  exerciseList,
  intakeStatus,
  ledgerView,
  meView,
  policyList,
  replayed,
  sourceList,
  templateList,
} from '@varde/contracts';
import { incidentFeature } from '@varde/incident-feature';
import { Outbox } from '@varde/platform-outbox';
import { systemClock } from '@varde/platform-time';
import { ApiWorld } from './api-world.fixture';

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.start();
  await world.person('operator', ['operations-centre']);
  await world.person('admin', ['administrator']);
  await world.person('crisis', ['crisis-manager']);
  await world.person('author', ['communications-author', 'approver']);
  await world.person('approver', ['approver']);
  await world.person('other approver', ['approver']);
  await world.person('norwegian approver', ['approver'], { countries: ['NO'] });
  await world.person('approver by country', ['approver'], { countries: ['NO', 'SE', 'DK'] });
  await world.person('approver of two roles', ['approver', 'crisis-manager'], {
    countries: ['NO', 'SE'],
  });
});
afterAll(() => world.close());

describe('a source', () => {
  const source = {
    id: 'ems-west',
    topic: 'network.west',
    dialect: 'ves-7',
    country: 'NO',
    mode: 'ACTUAL',
    rights: ['alarms'],
  };

  it('is registered, and registering it again changes nothing', async () => {
    for (const _ of [1, 2])
      expect((await world.post('/v1/sources/register', 'admin', source)).status).toBe(200);
    const list = sourceList.parse((await world.get('/v1/sources', 'onlooker')).body).sources;
    expect(list).toEqual([{ ...source, active: true }]);
    const history = await world.looking.query('select by_who from incident.source_history');
    expect(history).toEqual([{ by_who: world.idOf('admin') }]);
  });

  it('keeps its cause numbers when it is changed without them, and loses them when told to', async () => {
    const numbered = {
      ...source,
      id: 'ems-numbered',
      topic: 'network.numbered',
      causeNumbers: { '7': 'powerProblem' },
    };
    const { causeNumbers: _, ...silent } = numbered;
    await world.post('/v1/sources/register', 'admin', numbered);
    await world.post('/v1/sources/register', 'admin', { ...silent, rights: ['alarms', 'reports'] });
    const seen = async (): Promise<unknown> =>
      sourceList
        .parse((await world.get('/v1/sources', 'onlooker')).body)
        .sources.find((one) => one.id === numbered.id);
    expect(await seen()).toMatchObject({
      rights: ['alarms', 'reports'],
      causeNumbers: { '7': 'powerProblem' },
    });
    await world.post('/v1/sources/register', 'admin', { ...silent, causeNumbers: {} });
    expect(await seen()).toMatchObject({ causeNumbers: {} });
  });

  it('without headers has a topic of its own', async () => {
    const refused = await world.refused('/v1/sources/register', 'admin', {
      ...source,
      id: 'ems-east',
    });
    expect(refused).toMatchObject({
      status: 422,
      code: 'topic-has-another-source',
      field: 'topic',
    });
  });
});

describe('the intake', () => {
  it('I-4: shows what it could not take, and plays it again once the source is known', async () => {
    const record = {
      topic: 'network.new',
      partition: 0,
      offset: '7',
      key: null,
      headers: {},
      receivedAt: systemClock.now(),
      value: Buffer.from(JSON.stringify({ event: { commonEventHeader: heartbeat } })),
    };
    const engine = await world.looking.database('varde_engine');
    const { intake } = incidentFeature({
      outbox: new Outbox('notify'),
      onHandlerError: (cause) => {
        throw cause;
      },
    });
    await engine.unitOfWork('varde_incident', (tx) => intake.take(tx, record));
    expect(
      intakeStatus.parse((await world.get('/v1/intake/status', 'onlooker')).body).deadLettersOpen,
    ).toBe(1);
    const [letter] = deadLetterList.parse(
      (await world.get('/v1/intake/dead-letters', 'onlooker')).body,
    ).deadLetters;
    expect(letter).toMatchObject({ topic: 'network.new', offset: '7', reason: 'envelope-invalid' });
    const path = `/v1/intake/dead-letters/${letter?.n}/replay`;
    expect(await world.refused(path, 'operator')).toMatchObject({
      status: 409,
      code: 'still-refused',
    });
    await world.post('/v1/sources/register', 'admin', {
      id: 'ems-new',
      topic: 'network.new',
      dialect: 'ves-7',
      country: 'NO',
      mode: 'ACTUAL',
      rights: ['alarms'],
    });
    expect(replayed.parse((await world.post(path, 'operator')).body)).toEqual({
      n: letter?.n,
      outcome: 'counted',
    });
    expect(await world.refused(path, 'operator')).toMatchObject({
      status: 409,
      code: 'replayed-already',
    });
    expect(await world.refused('/v1/intake/dead-letters/999/replay', 'operator')).toMatchObject({
      status: 404,
      code: 'no-such-dead-letter',
    });
  });

  it('says how far it has come, and that it does not know how far behind that is', async () => {
    await world.looking.query(
      `insert into platform.consumer_offset (consumer, topic, partition, next_offset) values ('intake', 'network.new', 0, 8)`,
    );
    await world.looking.query(
      `insert into platform.gap (consumer, topic, partition, expected_offset, low_water_mark) values ('intake', 'network.new', 1, 3, 5)`,
    );
    const status = intakeStatus.parse((await world.get('/v1/intake/status', 'onlooker')).body);
    expect(status.offsets).toMatchObject([
      { consumer: 'intake', topic: 'network.new', partition: 0, nextOffset: '8', lag: null },
    ]);
    expect(status.gaps).toMatchObject([{ partition: 1, expectedOffset: '3', lowWaterMark: '5' }]);
    expect(status.counted).toMatchObject([{ source: 'ems-new', count: 1 }]);
    expect(status).toMatchObject({ deadLettersOpen: 0, reportsWaiting: 0, factsFailed: 0 });
  });
});

describe('an exercise', () => {
  it('runs once in a country, and ends', async () => {
    expect(await world.post('/v1/exercises/start', 'crisis', { country: 'SE' })).toMatchObject({
      status: 201,
      body: { country: 'SE', endedAt: null },
    });
    expect(await world.refused('/v1/exercises/start', 'crisis', { country: 'SE' })).toMatchObject({
      status: 409,
      code: 'exercise-runs-already',
    });
    expect(await world.post('/v1/exercises/end', 'crisis', { country: 'SE' })).toMatchObject({
      status: 200,
      body: { endedBy: world.idOf('crisis') },
    });
    expect(await world.refused('/v1/exercises/end', 'crisis', { country: 'SE' })).toMatchObject({
      status: 409,
      code: 'no-exercise-runs',
    });
    const { exercises } = exerciseList.parse((await world.get('/v1/exercises', 'onlooker')).body);
    expect(exercises).toMatchObject([{ country: 'SE', startedBy: world.idOf('crisis') }]);
  });
});

describe('a template and a policy', () => {
  it('A-6: are approved by two people, neither of them an author of either', async () => {
    const template = 'outage-declared';
    await world.post('/v1/templates/submit', 'author', { template });
    const approve = `/v1/templates/${template}/1/approve`;
    expect(await world.refused(approve, 'author')).toMatchObject({
      status: 403,
      code: 'template-approver-is-author',
    });
    for (const who of ['approver', 'approver']) await world.post(approve, who);
    expect(
      templateList.parse((await world.get('/v1/templates', 'onlooker')).body).templates,
    ).toMatchObject([{ template, version: 1, isPreApproved: false }]);
    expect((await world.post(approve, 'other approver')).body).toMatchObject({
      isPreApproved: true,
    });
    expect(await world.refused(`/v1/templates/${template}/9/approve`, 'approver')).toMatchObject({
      status: 404,
      code: 'template-unknown',
    });

    const policy = {
      template,
      templateVersion: 1,
      classes: [0],
      channels: ['sms'],
      maxReach: 100,
      expiresAt: '2036-01-01T00:00:00Z',
    };
    const { policyId } = (
      await world.post<{ policyId: string }>('/v1/policies/submit', 'author', policy)
    ).body;
    expect(await world.refused(`/v1/policies/${policyId}/approve`, 'author')).toMatchObject({
      status: 403,
      code: 'policy-approver-is-author',
    });
    for (const who of ['approver', 'other approver'])
      await world.post(`/v1/policies/${policyId}/approve`, who);
    expect(
      policyList.parse((await world.get('/v1/policies', 'onlooker')).body).policies,
    ).toMatchObject([{ policyId, isLive: true, author: world.idOf('author') }]);
    expect(
      await world.refused('/v1/policies/5a4db0c5-0000-4000-8000-0000000000ff/approve', 'approver'),
    ).toMatchObject({ status: 404, code: 'policy-unknown' });
    expect(
      await world.refused('/v1/policies/submit', 'author', { ...policy, maxReach: 100_001 }),
    ).toMatchObject({ status: 400, field: 'maxReach' });
  });

  it('S-6: hold in every country, and so ask for the right in every country', async () => {
    const template = 'outage-restored';
    await world.post('/v1/templates/submit', 'author', { template });
    const { policyId } = (
      await world.post<{ policyId: string }>('/v1/policies/submit', 'author', {
        template,
        templateVersion: 1,
        classes: [0],
        channels: ['sms'],
        maxReach: 100,
        expiresAt: '2036-01-01T00:00:00Z',
      })
    ).body;
    for (const [path, permission] of [
      [`/v1/templates/${template}/1/approve`, 'template.approve'],
      [`/v1/policies/${policyId}/approve`, 'policy.approve'],
    ] as const) {
      for (const [who, country] of [
        ['norwegian approver', 'SE'],
        ['approver of two roles', 'DK'],
      ])
        expect(await world.refused(path, who)).toMatchObject({
          status: 403,
          code: 'right-missing',
          facts: { permission, country },
        });
      expect((await world.post(path, 'approver by country')).body).toMatchObject({
        approvers: [world.idOf('approver by country')],
      });
    }
  });
});

describe('the ledger', () => {
  it('balances where nothing was sent, and knows no unknown incident', async () => {
    expect(ledgerView.parse((await world.get('/v1/ledger', 'onlooker')).body)).toEqual({
      lines: [],
      faults: [],
      balances: true,
    });
    expect(
      await world.get('/v1/ledger?incident=5a4db0c5-0000-4000-8000-0000000000ff', 'onlooker'),
    ).toMatchObject({ status: 404, body: { code: 'no-such-incident' } });
  });
});

describe('the caller', () => {
  it('is told who they are and what they may do, as our own records say', async () => {
    const me = meView.parse((await world.get('/v1/me', 'approver')).body);
    expect(me).toMatchObject({
      personId: world.idOf('approver'),
      name: 'approver',
      held: [{ role: 'approver' }],
      isFresh: true,
    });
    expect(me.permissions).toContain('message.approve');
    expect(me.permissions).not.toContain('message.edit');
    expect(
      meView.parse((await world.get('/v1/me', 'approver', { isFresh: false })).body).isFresh,
    ).toBe(false);
  });
});

const heartbeat = {
  domain: 'heartbeat',
  eventId: 'hb-1',
  eventName: 'heartbeat_West',
  eventType: 'west',
  priority: 'Normal',
  reportingEntityName: 'west-1',
  sequence: 0,
  sourceName: 'west-1',
  startEpochMicrosec: 1767229200000000,
  lastEpochMicrosec: 1767229200000000,
  version: '4.1',
  vesEventListenerVersion: '7.2.1',
};
