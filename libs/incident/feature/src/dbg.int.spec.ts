import { aDatabase } from '@varde/testing';
import { alarmRecord, at, IncidentWorld, reportRecord } from './incident-world.fixture';
it('dbg', async () => {
  const looking = await aDatabase();
  const database = await looking.database('varde_engine');
  const world = await IncidentWorld.on(looking, database);
  let n = 0;
  const a = async (id: string, says: 'raised' | 'cleared', sequence: number, minute: number, element: string) => {
    console.log(id, says, await world.take({ ...alarmRecord({ id, says, sequence, minute, began: 0, element }, String(++n)), receivedAt: at(60) }));
  };
  const r = async (sequence: number, action: string) => { console.log(action, await world.take({ ...reportRecord({ reference: 'NOC-1', sequence, action, elements: ['site/NO/1'] }, 0, String(++n)), receivedAt: at(60) })); };
  await a('a0', 'cleared', 2, 1, 'core/NO/1'); await r(2, 'cancel'); await a('a0', 'raised', 1, 0, 'core/NO/1');
  await a('a2', 'cleared', 2, 1, 'core/NO/1'); await a('a2', 'raised', 1, 0, 'core/NO/1'); await r(1, 'raise');
  await a('a3', 'raised', 1, 0, 'site/NO/4'); await a('a1', 'raised', 1, 0, 'core/NO/1');
  console.log(JSON.stringify(await looking.query(`select i.number, i.phase, i.reference, (select array_agg(element_id) from incident.incident_element e where e.incident_id = i.id) els, (select array_agg(alarm_id) from incident.alarm e where e.incident_id = i.id) als from incident.incident i`), null, 1));
  await looking.drop();
});
