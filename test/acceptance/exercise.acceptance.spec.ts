import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

story('an exercise runs beside it and no real provider hears of it', async (scene) => {
  const [real, invented] = [aPhone(), aPhone()];
  const town = await scene.town([
    { id: 'real', phone: real },
    { id: 'invented', phone: invented, isExercise: true },
  ]);
  await scene.crisis.post('/exercises/start', { country: 'NO' });
  try {
    const exercise = await scene.reports({
      reference: 'EXERCISE-1',
      areas: town.areas,
      mode: 'exercise',
    });
    expect(exercise.mode).toBe('EXERCISE');
    const drafts = await scene.drafts(exercise.incidentId);
    expect(drafts.map((draft) => draft.reach)).toEqual([1]);
    expect(drafts.flatMap((draft) => draft.texts.map((text) => text.sms ?? text.subject))).toEqual([
      expect.stringMatching(/^ØVELSE: /),
    ]);
    await scene.approved(drafts);

    const live = await scene.reports({ reference: 'EXERCISE-1-LIVE', areas: town.areas });
    expect(live.mode).toBe('ACTUAL');
    await scene.approved(await scene.drafts(live.incidentId));
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(live.incidentId);
    await until('the exercise to end', async () =>
      (await scene.ledger(exercise.incidentId)).lines.every((line) => line.open === 0),
    );

    expect((await scene.phones.of(real)).map((sms) => sms.body)).toEqual([
      expect.not.stringMatching(/ØVELSE/),
    ]);
    expect(await scene.phones.of(invented)).toEqual([]);
    const [line] = (await scene.ledger(exercise.incidentId)).lines;
    expect(line).toMatchObject({ planned: 1, sentWithoutReceipt: 1, mode: 'EXERCISE' });
  } finally {
    await scene.crisis.post('/exercises/end', { country: 'NO' });
  }
});
