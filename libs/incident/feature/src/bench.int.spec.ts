import { aDatabase } from '@varde/testing';
import { alarmRecord, at, IncidentWorld } from './incident-world.fixture';
import type { ElementRow } from './topology.repository';
it('bench', async () => {
  const looking = await aDatabase();
  const database = await looking.database('varde_engine');
  const world = await IncidentWorld.on(looking, database);
  const piece = (n: number): ElementRow[] => Array.from({ length: 10_000 }, (_, i) => ({ elementId: `cell/SE/${n}-${i}`, parentId: `site/SE/${i % 100}`, kind: 'cell', area: 'SE-1280', services: 15 }));
  await looking.query(`insert into incident.element select 'site/NO/x'||g, 'region/NO/r'||(g%50), 'site', 'NO-4601', 15 from generate_series(1,5000) g; insert into incident.element select 'cell/NO/x'||g, 'site/NO/x'||(g%5000+1), 'cell', 'NO-4601', 15 from generate_series(1,30000) g; insert into incident.element select 'region/NO/r'||g, 'core/NO/1', 'region', 'NO-46', 15 from generate_series(0,49) g; analyze`);
  let off = 0;
  for (const [name, count, el, minute] of [
    ['region first, then its cells', 1500, (n: number) => n === 0 ? 'region/NO/r7' : `cell/NO/x${(n * 50 + 6) % 30000 + 1}`, (n: number) => n % 10],
  ] as const) {
    const times: number[] = []; const by = new Map<string, number>();
    const start = performance.now();
    for (let n = 0; n < count; n += 50) {
      const s = performance.now();
      await world.work(async (tx) => { for (let k = n; k < n + 50; k++) await world.feature.intake.take({ ...tx, manager: tx.manager, query: async (q: string, p?: readonly unknown[]) => { const s0 = performance.now(); const r = await tx.query(q, p); const k = q.trim().replace(/\s+/g, ' ').slice(0, 60) + (q.includes('candidate') ? q.slice(-120).replace(/\s+/g, ' ') : ''); by.set(k, (by.get(k) ?? 0) + performance.now() - s0); return r as never; } } as typeof tx, { ...alarmRecord({ id: `${name}${k}`, says: 'raised', minute: minute(k), sequence: 1, element: el(k), severity: k % 3 ? 'critical' : 'minor' }, String(++off)), receivedAt: at(30) }); });
      times.push((performance.now() - s) / 50);
    }
    console.log([...by].sort((x, y) => y[1] - x[1]).slice(0, 14).map(([k, v]) => `${(v / count).toFixed(2)} ms  ${k}`).join('\n'));
    console.log(name, Math.round(count / ((performance.now() - start) / 1000)), 'events/s; per event ms first', times[0]?.toFixed(1), 'last', times.at(-1)?.toFixed(1), 'incidents', (await world.incidents()).length, 'open', (await world.openIncidents()).length);
  }
  const s2 = performance.now();
  for (let n = 0; n < 1500; n += 50) await world.work(async (tx) => { for (let k = n; k < n + 50; k++) await world.feature.intake.take(tx, { ...alarmRecord({ id: `region first, then its cells${k}`, says: 'changed', minute: k % 10 + 1, began: k % 10, sequence: 2, element: k === 0 ? 'region/NO/r7' : `cell/NO/x${(k * 50 + 6) % 30000 + 1}`, severity: k % 3 ? 'critical' : 'minor' }, String(++off)), receivedAt: at(30) }); });
  console.log('changes', Math.round(1500 / ((performance.now() - s2) / 1000)), 'events/s');
  await looking.drop();
}, 300000);
