import { until } from '../../tools/system/until';
import type { NetworkRecord } from '../../tools/system/network';
import { story, type Scene } from './world/story';
import { aPhone } from './world/town';

interface DeadLetters {
  readonly deadLetters: readonly { readonly reason: string; readonly eventId: string | null }[];
}

story(
  'a poison event among a hundred: put aside with its reason, and nothing else stops',
  async (scene) => {
    const town = await scene.town([{ id: 'one', phone: aPhone() }]);
    const before = (await scene.person('tuva.admin').get<DeadLetters>('/intake/dead-letters'))
      .deadLetters.length;
    const good = Array.from(
      { length: 99 },
      (_, i) => lifeOf(scene, `POISON-${scene.clock.now().getTime()}-${i}`, town.sites[0] ?? '')[0],
    ).filter((record) => record !== undefined);
    const key = good[0]?.key ?? '';
    const poison: NetworkRecord = {
      topic: 'network.incidents',
      key,
      headers: { ...good[0]?.headers, ce_id: `poison-${key}` },
      value: Buffer.from('{"event": {'),
    };
    await scene.network.publishes([...good.slice(0, 50), poison, ...good.slice(50)]);
    const incident = await scene.reports({
      reference: `AFTER-POISON-${before}`,
      areas: town.areas,
    });
    expect(incident.areas).toEqual(town.areas);
    const { deadLetters } = await until('the dead letter', async () => {
      const found = await scene.person('tuva.admin').get<DeadLetters>('/intake/dead-letters');
      return found.deadLetters.length === before + 1 && found;
    });
    expect(deadLetters[0]?.reason).toBe('encoding-invalid');
  },
);

story('the same events shuffled and repeated give the same state', async (scene) => {
  const [inOrder, shuffled] = [
    await scene.town([{ id: 'a', phone: aPhone() }]),
    await scene.town([{ id: 'b', phone: aPhone() }]),
  ];
  const eventsFor = (site: string, name: string): NetworkRecord[] =>
    [0, 1, 2].flatMap((i) => lifeOf(scene, `${name}-${i}`, site, i === 0));
  const straight = eventsFor(inOrder.sites[0] ?? '', `STRAIGHT-${scene.clock.now().getTime()}`);
  const mixed = eventsFor(shuffled.sites[0] ?? '', `MIXED-${scene.clock.now().getTime()}`);
  await scene.network.publishes(straight);
  await scene.network.publishes(
    [...[...mixed].reverse(), ...mixed, mixed[3] ?? mixed[0]].filter(
      (record) => record !== undefined,
    ),
  );
  const states = await until('both to come to rest', async () => {
    const found = await Promise.all(
      [inOrder, shuffled].map((town) => stateOf(scene, town.sites[0] ?? '')),
    );
    return found.every((state) => state?.activeCount === 2) && found;
  });
  expect(states[1]).toEqual(states[0]);
  expect(states[0]).toMatchObject({ alarmCount: 3, activeCount: 2, incidents: 1 });
});

/** Raise and change of an alarm, and its clear where it ends. */
function lifeOf(scene: Scene, id: string, element: string, ends = false): NetworkRecord[] {
  const raisedAt = new Date(scene.clock.now().getTime() - 5 * 60_000);
  const alarm = {
    id,
    country: 'NO',
    element,
    services: ['mobile-voice'],
    raisedAt,
    severity: 'major',
  } as const;
  const at = (seconds: number): Date => new Date(raisedAt.getTime() + seconds * 1_000);
  return [
    scene.network.alarmRecord(alarm, 'raised', 1, at(0)),
    scene.network.alarmRecord(alarm, 'updated', 2, at(10)),
    ...(ends ? [scene.network.alarmRecord(alarm, 'cleared', 3, at(20))] : []),
  ];
}

async function stateOf(
  scene: Scene,
  element: string,
): Promise<
  { alarmCount: number; activeCount: number; incidents: number; phase: string } | undefined
> {
  const { incidents } = await scene.noc.get<{
    incidents: {
      elements: string[];
      mergedInto: string | null;
      phase: string;
      alarms: { count: number; activeCount: number };
    }[];
  }>('/incidents?country=NO&limit=100');
  const open = incidents.filter((one) => one.elements.includes(element) && one.mergedInto === null);
  const [incident] = open;
  return (
    incident && {
      alarmCount: incident.alarms.count,
      activeCount: incident.alarms.activeCount,
      incidents: open.length,
      phase: incident.phase,
    }
  );
}
