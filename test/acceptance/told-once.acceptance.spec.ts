import type { IncidentView } from '@varde/contracts';
import { until } from '../../tools/system/until';
import { story, type Scene } from './world/story';
import { aPhone, type Town } from './world/town';

const down = /er nede|ventes tilbake/;
const back = /virker igjen/;

/** What a phone was told, oldest first. */
async function heard(scene: Scene, phone: string): Promise<readonly string[]> {
  const got = await scene.phones.of(phone);
  return got
    .map(({ body }) => (back.test(body) ? 'back' : down.test(body) ? 'down' : body))
    .reverse();
}

/** A town in which each phone is the only one of its quarter. */
const oneInEach = (scene: Scene, phones: readonly string[]): Promise<Town> =>
  scene.town(
    phones.map((phone, quarter) => ({ id: `p${quarter}`, phone, quarter })),
    phones.length,
  );

/** A change of the facts by the operations centre. */
const spreads = (scene: Scene, { number }: IncidentView, areas: readonly string[]) =>
  scene.noc.post(`/incidents/${number}/update`, { areas });

/** Lets everything go that waits, and waits until it is over. */
async function letGo(scene: Scene, { incidentId }: IncidentView): Promise<void> {
  await scene.approved(await scene.drafts(incidentId));
  await scene.clock.forward({ seconds: 31 });
  await scene.settled(incidentId);
}

async function ends(scene: Scene, incident: IncidentView): Promise<void> {
  await scene.noc.post(`/incidents/${incident.number}/resolve`, { reason: 'Measured on site.' });
  await until('the words of the end', async () =>
    (await scene.drafts(incident.incidentId)).some((draft) => draft.groups.includes('restored')),
  );
  await letGo(scene, incident);
}

story(
  'DL-2: an incident that widens twice before anybody approves loses nobody, and tells nobody twice',
  async (scene) => {
    const [first, middle, last] = [aPhone(), aPhone(), aPhone()];
    const town = await oneInEach(scene, [first, middle, last]);
    const incident = await scene.reports({ reference: 'WIDENS-1', areas: town.areas.slice(0, 1) });
    await letGo(scene, incident);
    await spreads(scene, incident, town.areas.slice(0, 2));
    const [waits] = await scene.drafts(incident.incidentId);
    await spreads(scene, incident, town.areas);
    await until('the draft before to be withdrawn', async () =>
      (await scene.drafts(incident.incidentId)).every(
        ({ messageId }) => messageId !== waits?.messageId,
      ),
    );
    await letGo(scene, incident);
    await ends(scene, incident);
    for (const phone of [first, middle, last])
      expect(await heard(scene, phone)).toEqual(['down', 'back']);
  },
);

story(
  '§2.1: whoever was told of the start hears it no second time when two incidents become one',
  async (scene) => {
    const [hospital, family, neighbour] = [aPhone(), aPhone(), aPhone()];
    const town = await scene.town(
      [
        { id: 'neighbour', phone: neighbour, quarter: 0 },
        { id: 'hospital', kind: 'business', society: 'hospital', phone: hospital, quarter: 1 },
        { id: 'family', phone: family, quarter: 1 },
      ],
      2,
    );
    const [here = '', there = ''] = town.areas;
    const goesOn = await scene.reports({ reference: 'MERGE-A', areas: [here] });
    const isTaken = await scene.reports({ reference: 'MERGE-B', areas: [there] });
    await letGo(scene, goesOn);
    await letGo(scene, isTaken);
    await scene.noc.post(`/incidents/${isTaken.number}/merge`, {
      into: goesOn.number,
      reason: 'The same cable.',
    });
    await until('the other one to cover both', async () => {
      const { incident, audience } = await scene.incident(goesOn.number);
      return incident.areas.length === 2 && (audience?.reachableCount ?? 0) >= 3;
    });
    // Whatever the merge asks for is let go: none of it may tell anybody the start again.
    const { messages } = await scene.author.get<{ messages: { messageId: string }[] }>(
      `/messages?incident=${goesOn.incidentId}&state=drafted`,
    );
    if (messages.length > 0) await letGo(scene, goesOn);
    await ends(scene, goesOn);
    for (const phone of [hospital, family, neighbour])
      expect(await heard(scene, phone)).toEqual(['down', 'back']);
  },
);

story(
  'DL-5: whoever is restored before the first word has left does not hear it afterwards',
  async (scene) => {
    const [stays, leaves] = [aPhone(), aPhone()];
    const town = await oneInEach(scene, [stays, leaves]);
    await scene.sandbox.put('/control/moods/sms', {
      rules: [stays, leaves].map((to) => ({ to, answer: '429' })),
    });
    const incident = await scene.reports({ reference: 'PENDING-1', areas: town.areas });
    await scene.approved(await scene.drafts(incident.incidentId));
    await scene.clock.forward({ seconds: 31 });
    await spreads(scene, incident, town.areas.slice(0, 1));
    const restored = await until('the words for whoever has it back', async () =>
      (await scene.drafts(incident.incidentId)).find((one) => one.groups.includes('restored')),
    );
    await scene.approved([restored]);
    await until('the rows of the end to be made', async () =>
      (await scene.dispatches(incident.incidentId)).every(({ isPlanned }) => isPlanned),
    );
    await scene.sandbox.put('/control/moods/sms', {});
    await scene.clock.forward({ seconds: 61 });
    await scene.settled(incident.incidentId);
    await ends(scene, incident);
    expect(await heard(scene, stays)).toEqual(['down', 'back']);
    expect(await heard(scene, leaves)).toEqual([]);
  },
);

story(
  '§2.5: two customers on one phone hear of the start once and of the end once, whoever’s name the row bears',
  async (scene) => {
    const shared = aPhone();
    const town = await scene.town(
      [
        { id: 'home', phone: shared, quarter: 0 },
        { id: 'shop', kind: 'business', phone: shared, quarter: 1 },
      ],
      2,
    );
    const incident = await scene.reports({ reference: 'SHARED-1', areas: town.areas.slice(0, 1) });
    await letGo(scene, incident);
    await spreads(scene, incident, town.areas);
    await until('the wider audience', async () => {
      const { incident: shown, audience } = await scene.incident(incident.number);
      return shown.areas.length === 2 && audience?.reachableCount === 1;
    });
    await ends(scene, incident);
    expect(await heard(scene, shared)).toEqual(['down', 'back']);
  },
);
