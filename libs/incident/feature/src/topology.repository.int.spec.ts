import { aDatabase, type TestDatabase } from '@varde/testing';
import { IncidentWorld, elements } from './incident-world.fixture';
import type { ElementRow } from './topology.repository';

describe('the network’s shape', () => {
  let looking: TestDatabase;
  let world: IncidentWorld;

  beforeAll(async () => {
    looking = await aDatabase();
    world = await IncidentWorld.on(looking, await looking.database('varde_import'));
  });
  afterAll(() => looking.drop());

  it('tells of an element what is above it, nearest first, in which areas it stands and what it carries', async () => {
    const placed = await world.work((tx) =>
      world.feature.topology.place(tx, ['cell/NO/1-1', 'cell/NO/none']),
    );
    expect([...placed.values()]).toEqual([
      {
        elementId: 'cell/NO/1-1',
        parentId: 'site/NO/1',
        ancestors: ['site/NO/1', 'region/NO/west', 'core/NO/1'],
        areaPath: ['NO', 'NO-46', 'NO-4601'],
        services: ['mobile-voice', 'mobile-data', 'sms', 'emergency-call'],
      },
    ]);
  });

  it('knows which areas it does not know; a country’s own code it always knows', async () => {
    expect(
      await world.work((tx) =>
        world.feature.topology.unknownAreas(tx, ['NO', 'SE', 'NO-46', 'NO-9999']),
      ),
    ).toEqual(['NO-9999']);
  });

  it('the same rows again change nothing', async () => {
    expect(await world.work((tx) => world.feature.topology.upsertElements(tx, elements))).toBe(0);
    const [first] = elements;
    expect(
      await world.work((tx) =>
        world.feature.topology.upsertElements(tx, first ? [{ ...first, services: 1 }] : []),
      ),
    ).toBe(1);
  });

  it('takes a hundred thousand rows, in pieces', async () => {
    const piece = (n: number): ElementRow[] =>
      Array.from({ length: 10_000 }, (_, i) => ({
        elementId: `cell/SE/${n}-${i}`,
        parentId: `site/SE/${i % 100}`,
        kind: 'cell',
        area: 'SE-1280',
        services: 15,
      }));
    await world.work((tx) =>
      world.feature.topology.replaceAll(
        tx,
        Array.from({ length: 10 }, (_, n) => piece(n)),
      ),
    );
    expect(await looking.query('select count(*)::int as n from incident.element')).toEqual([
      { n: 100_000 },
    ]);
  });
});
