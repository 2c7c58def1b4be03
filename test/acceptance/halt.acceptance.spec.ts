import { Client } from 'pg';
import { until } from '../../tools/system/until';
import { refusalOf, story } from './world/story';
import { aPhone } from './world/town';

const familyCount = 150;

story('a halt in the middle, then release by two', async (scene) => {
  const phones = Array.from({ length: familyCount }, aPhone);
  const town = await scene.town(phones.map((phone, i) => ({ id: `family-${i}`, phone })));
  await scene.sandbox.put('/control/moods/sms', { rules: [{ answer: 'slow', slowMs: 400 }] });
  const incident = await scene.reports({ reference: 'HALT-1', areas: town.areas });
  const [dispatch] = await scene.approved(await scene.drafts(incident.incidentId));
  if (!dispatch) throw new Error('not dispatched');
  await scene.clock.forward({ seconds: 31 });
  const gate = { scope: 'dispatch', id: dispatch.dispatchId };
  await until(
    'some to have left',
    async () =>
      ((await scene.dispatches(incident.incidentId))[0]?.lanes[0]?.states.accepted ?? 0) +
        ((await scene.dispatches(incident.incidentId))[0]?.lanes[0]?.states.sending ?? 0) >
      0,
  );
  await scene.crisis.post('/gates/halt', { ...gate, reason: 'The text names the wrong town.' });
  const states = async (): Promise<{ pending: number; sending: number }> => {
    const lanes = (await scene.dispatches(incident.incidentId)).flatMap((one) => one.lanes);
    const sum = (name: 'pending' | 'sending'): number =>
      lanes.reduce((all, lane) => all + (lane.states[name] ?? 0), 0);
    return { pending: sum('pending'), sending: sum('sending') };
  };
  await until('what was under way to end', async () => (await states()).sending === 0);
  // In the middle: what was claimed and not called was handed back and waits.
  expect((await states()).pending).toBeGreaterThan(0);

  const database = new Client({ connectionString: scene.facts.urls.superuser });
  await database.connect();
  try {
    // DL-7: no intent after the halt's commit, by the database's own record.
    const { rows } = await database.query<{ late: number }>(
      `select count(*)::int as late from delivery.attempt a
        where a.dispatch_id = $1 and a.claimed_at > (select max(at) from delivery.gate_event where id = $1::text and what = 'halted')`,
      [dispatch.dispatchId],
    );
    expect(rows[0]?.late).toBe(0);
  } finally {
    await database.end();
  }

  await scene.crisis.post('/gates/ask-release', {
    ...gate,
    reason: 'The text is right after all.',
  });
  const alone = await refusalOf(
    scene.crisis.post('/gates/release', { ...gate, reason: 'Me again.' }, true),
  );
  expect(alone.code).toBe('release-by-same-person');
  await scene
    .person('erik.crisis')
    .post('/gates/release', { ...gate, reason: 'Read and agreed.' }, true);
  await scene.sandbox.put('/control/moods/sms', {});
  await scene.clock.forward({ seconds: 1 });
  await scene.settled(incident.incidentId);
  for (const phone of phones.slice(0, 5)) expect(await scene.phones.of(phone)).toHaveLength(1);
});
