import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentList, ShownIncidentView } from '@varde/contracts';
import type { System } from '../system/system';
import { report } from './report';
import { minute, services, type Scene } from './scene';
import { until } from '../system/until';

/** The alarm that the story begins with, and the incident that it became. */
export interface Alarm {
  readonly id: string;
  readonly element: string;
  readonly number: string;
}

/** Step 1. */
export async function raise({ system, tell, network, noc }: Scene): Promise<Alarm> {
  tell.step('1. An alarm of a network element, then the operations centre’s own report');
  const element = siteIn(system, 'NO-4601');
  const open = new Set(
    (await noc.get<IncidentList>('/incidents?country=NO')).incidents.map((one) => one.incidentId),
  );
  const raisedAt = new Date(Date.now() - 3 * minute);
  const id = await network.raisesAlarm({ country: 'NO', element, services, raisedAt });
  tell.line(
    `Alarm ${id}: ${element} has lost its power (CloudEvents, TMF642 on topic network.incidents).`,
  );
  const declared = await until('the incident of the alarm', async () =>
    (await noc.get<IncidentList>('/incidents?country=NO')).incidents.find(
      (one) => !open.has(one.incidentId) && one.alarms.count > 0,
    ),
  );
  tell.good(`${declared.number} declared by the alarm, severity ${declared.severity.inForce}.`);
  await network.reports(report(id, ['NO-4601', 'NO-4631'], 1, 'raise', raisedAt));
  const joined = await until('the report to join', async () => {
    const { incident } = await noc.get<ShownIncidentView>(`/incidents/${declared.number}`);
    return incident.areas.length > 0 && incident.hit !== null && incident;
  });
  const all = (await noc.get<IncidentList>('/incidents?country=NO')).incidents.filter(
    (one) => !open.has(one.incidentId) && one.mergedInto === null,
  );
  tell.good(
    `The report joined it: ${all.length} incident, not two. Areas ${joined.areas.join(', ')}; services ${joined.services.join(', ')}.`,
  );
  return { id, element, number: declared.number };
}

/** A site of the sample world, from the very file that was imported. */
function siteIn(system: System, area: string): string {
  const lines = readFileSync(join(system.stack.folder, 'sample/elements.csv'), 'utf8').split('\n');
  const found = lines
    .map((line) => line.split(','))
    .find(([id, kind, , place]) => kind === 'site' && place === area && id);
  if (!found?.[0]) throw new Error(`The sample world has no site in ${area}.`);
  return found[0];
}
