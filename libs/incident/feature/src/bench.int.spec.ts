import { aDatabase } from '@varde/testing';
import { alarmRecord, at, IncidentWorld } from './incident-world.fixture';
import type { ElementRow } from './topology.repository';
it('bench', async () => {
  const looking = await aDatabase();
  const database = await looking.database('varde_engine');
  const world = await IncidentWorld.on(looking, database);
  const piece = (n: number): ElementRow[] => Array.from({ length: 10_000 }, (_, i) => ({ elementId: `cell/SE/${n}-${i}`, parentId: `site/SE/${i % 100}`, kind: 'cell', area: 'SE-1280', services: 15 }));
  let t0 = performance.now();
  await world.work((tx) => world.feature.topology.replaceAll(tx, Array.from({ length: 10 }, (_, n) => piece(n))));
  console.log('100k elements ms', Math.round(performance.now() - t0));
  t0 = performance.now();
  await world.work((tx) => world.feature.topology.replaceAll(tx, Array.from({ length: 10 }, (_, n) => piece(n))));
  console.log('100k replace again ms', Math.round(performance.now() - t0));
  t0 = performance.now();
  for (let n = 0; n < 10; n++) await world.work((tx) => world.feature.topology.upsertElements(tx, piece(n)));
  console.log('100k upsert same ms', Math.round(performance.now() - t0));
  await looking.query(`insert into incident.element select 'site/NO/x'||g, 'region/NO/r'||(g%50), 'site', 'NO-4601', 15 from generate_series(1,5000) g; insert into incident.element select 'cell/NO/x'||g, 'site/NO/x'||(g%5000+1), 'cell', 'NO-4601', 15 from generate_series(1,30000) g; insert into incident.element select 'region/NO/r'||g, 'core/NO/1', 'region', 'NO-46', 15 from generate_series(0,49) g; analyze`);
  let off = 0;
  for (const [name, count, el, minute] of [
    ['storm one core: cells', 2000, (n: number) => `cell/NO/x${n * 7 % 30000 + 1}`, (n: number) => n % 10],
    ['more', 2000, (n: number) => `cell/NO/x${(n * 11 + 3) % 30000 + 1}`, (n: number) => 10 + n / 200],
  ] as const) {
    const times: number[] = [];
    const start = performance.now();
    for (let n = 0; n < count; n += 50) {
      const s = performance.now();
      await world.work(async (tx) => { for (let k = n; k < n + 50; k++) await world.feature.intake.take(tx, { ...alarmRecord({ id: `${name}${k}`, says: 'raised', minute: minute(k), sequence: 1, element: el(k), severity: k % 3 ? 'critical' : 'minor' }, String(++off)), receivedAt: at(30) }); });
      times.push((performance.now() - s) / 50);
    }
    console.log(name, Math.round(count / ((performance.now() - start) / 1000)), 'events/s; per event ms first', times[0]?.toFixed(1), 'last', times.at(-1)?.toFixed(1), 'incidents', (await world.incidents()).length, 'open', (await world.openIncidents()).length);
  }
  await looking.drop();
}, 300000);
