import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

story('Twilio hangs after accepting: unknown, looked up, not sent again', async (scene) => {
  const phone = aPhone();
  const town = await scene.town([{ id: 'one', phone }]);
  await scene.sandbox.put('/control/moods/sms', {
    rules: [{ to: phone, times: 1, answer: 'hang-after', receipts: 'never' }],
  });
  const incident = await scene.reports({ reference: 'HANG-1', areas: town.areas });
  await scene.approved(await scene.drafts(incident.incidentId));
  await scene.clock.forward({ seconds: 31 });

  await until('the outcome to be unknown', async () =>
    (await scene.ledger(incident.incidentId)).lines.some((line) => line.unknown === 1),
  );
  await scene.clock.forward({ seconds: 60 }); // longer than the provider's own lag
  await until('the look-up to find it', async () =>
    (await scene.ledger(incident.incidentId)).lines.every(
      (line) => line.unknown === 0 && line.open === 0,
    ),
  );
  const { lines } = await scene.ledger(incident.incidentId);
  expect(lines.map((line) => line.sentWithoutReceipt + line.delivered)).toEqual([1]);
  expect(await scene.phones.of(phone)).toHaveLength(1);
});

story(
  'a relay hangs after the last dot of one mail: the others do not wait for it',
  async (scene) => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      id,
      email: `hang-${id}@post.example`,
    }));
    const town = await scene.town(people);
    await scene.sandbox.put('/control/moods/email', {
      rules: [{ to: 'hang-c@post.example', times: 1, hangAt: 'dot' }],
    });
    const incident = await scene.reports({
      reference: 'HANG-2',
      areas: town.areas,
      more: { services: ['mobile-voice'] },
    });
    await scene.approved(await scene.drafts(incident.incidentId));

    await until('the other four to be settled', async () =>
      (await scene.ledger(incident.incidentId)).lines.some(
        (line) => line.sentWithoutReceipt === 4 && line.open === 1,
      ),
    );
    await scene.clock.forward({ seconds: 31 });
    await until('the one to be unknown', async () =>
      (await scene.ledger(incident.incidentId)).lines.some(
        (line) => line.sentWithoutReceipt === 4 && line.unknown === 1,
      ),
    );
  },
);
