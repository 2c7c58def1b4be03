import { until } from '../../tools/system/until';
import { approvalOf, refusalOf, story } from './world/story';
import { aPhone } from './world/town';

story('a night outage: the hospital first, nobody twice', async (scene) => {
  const [hospital, family, bakery] = [aPhone(), aPhone(), aPhone()];
  const town = await scene.town([
    { id: 'hospital', kind: 'business', society: 'hospital', phone: hospital },
    { id: 'bakery', kind: 'business', phone: bakery, agreement: 'bronze' },
    { id: 'family', phone: family },
  ]);
  const incident = await scene.reports({ reference: 'NIGHT-1', areas: town.areas });

  await until(
    'hospital and bakery to be told',
    async () =>
      (await scene.phones.of(hospital)).length === 1 &&
      (await scene.phones.of(bakery)).length === 1,
  );
  expect((await scene.phones.of(bakery)).map((sms) => sms.body)).toEqual([
    expect.stringMatching(/er nede i Varby/),
  ]);
  expect(await scene.phones.of(family)).toEqual([]);

  const drafts = await scene.drafts(incident.incidentId);
  for (const draft of drafts) await scene.author.post(`/messages/${draft.messageId}/submit`, {});
  const refused = await refusalOf(scene.author.post('/messages/approve', approvalOf(drafts), true));
  expect(refused.code).toBe('approver-is-author');
  await scene.colleague.post('/messages/approve', approvalOf(drafts), true);

  expect(await scene.phones.of(family)).toEqual([]); // the hold of the lanes that are not critical
  await scene.clock.forward({ seconds: 31 });
  await until('the family to be told', async () => (await scene.phones.of(family)).length === 1);

  await scene.noc.post(`/incidents/${incident.number}/resolve`, {
    reason: 'Service measured on site.',
  });
  await scene.approved(await scene.drafts(incident.incidentId));
  await scene.clock.forward({ seconds: 31 });
  await scene.settled(incident.incidentId);
  for (const phone of [hospital, bakery, family]) {
    const got = await scene.phones.of(phone);
    expect(got).toHaveLength(2);
    expect(got[0]?.body).toMatch(/virker igjen i Varby/);
  }
});

story('two people have one phone: one SMS', async (scene) => {
  const shared = aPhone();
  const town = await scene.town([
    { id: 'mother', phone: shared, language: 'nb' },
    { id: 'son', phone: shared, language: 'en' },
  ]);
  const incident = await scene.reports({ reference: 'ONE-PHONE-1', areas: town.areas });
  const drafts = await scene.drafts(incident.incidentId);
  expect(drafts.map((draft) => draft.reach)).toEqual([1]);
  await scene.approved(drafts);
  await scene.clock.forward({ seconds: 31 });
  await scene.settled(incident.incidentId);
  expect(await scene.phones.of(shared)).toHaveLength(1);
});

story('an edit after approval never leaves', async (scene) => {
  const phone = aPhone();
  const town = await scene.town([{ id: 'one', phone }]);
  const incident = await scene.reports({ reference: 'EDIT-1', areas: town.areas });
  const [draft] = await scene.drafts(incident.incidentId);
  if (!draft) throw new Error('no draft');
  await scene.author.post(`/messages/${draft.messageId}/submit`, {});
  const edited = {
    basedOnVersion: draft.version,
    texts: { nb: { sms: 'Mobilnettet er nede i Varby. Vi vet ikke mer. https://v.example/EDIT' } },
  };
  await scene.person('jonas.author').post(`/messages/${draft.messageId}/edit`, edited);

  const stale = await refusalOf(
    scene.colleague.post('/messages/approve', approvalOf([draft]), true),
  );
  expect(['another-version-was-read', 'draft-drafted']).toContain(stale.code);
  await scene.clock.forward({ seconds: 31 });
  expect(await scene.phones.of(phone)).toEqual([]);

  await scene.approved(await scene.drafts(incident.incidentId));
  await scene.clock.forward({ seconds: 31 });
  await scene.settled(incident.incidentId);
  expect((await scene.phones.of(phone)).map((sms) => sms.body)).toEqual([edited.texts.nb.sms]);
});
