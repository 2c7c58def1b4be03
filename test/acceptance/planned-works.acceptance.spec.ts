import { Client } from 'pg';
import { formatWindow, type Language } from '@varde/communication-domain';
import { instant } from '@varde/kernel';
import { anOutageReport } from '../../tools/system/outage-report';
import { until } from '../../tools/system/until';
import { story, type Scene } from './world/story';
import { aPhone } from './world/town';

story(
  'D-05: planned works are announced with their window, told again when it moves, and explain the alarms beneath them',
  async (scene) => {
    const [family, cabin, noWorks, noOutage] = [aPhone(), aPhone(), aPhone(), aPhone()];
    const town = await scene.town([
      { id: 'family', phone: family, language: 'nn' },
      { id: 'cabin', phone: cabin, language: 'sv' },
      { id: 'no-works', phone: noWorks, optOuts: 'planned-work' },
      { id: 'no-outage', phone: noOutage, optOuts: 'outage' },
    ]);

    const window = windowIn(scene, 30 * 60);
    const incident = await scene.reports({
      reference: 'WORKS-1',
      areas: town.areas,
      more: works(window),
    });
    const [draft] = await scene.drafts(incident.incidentId);
    expect(draft).toMatchObject({ stage: 'd1', reach: 3, sendBefore: window.from });
    const { incident: shown, audience } = await scene.incident(incident.number);
    expect(shown).toMatchObject({ window, severity: { inForce: 'minor' } });
    expect(audience?.unreachable).toEqual([
      { group: 'newly-hit', class: 3, reason: 'opted-out', count: 1 },
    ]);
    expect(await read(scene, family)).toEqual([]);

    await scene.approved(draft ? [draft] : []);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    const [inNynorsk] = await read(scene, family);
    expect(inNynorsk).toMatch(
      /^Planlagt arbeid på mobilnettet i Varby \d+\. Tenesta kan vere nede /,
    );
    expect(inNynorsk).toContain(`nede ${said(window, 'nn')}. Du treng ikkje gjere noko.`);
    expect((await read(scene, cabin))[0]).toContain(`ligga nere den ${said(window, 'sv')}.`);
    expect((await read(scene, noOutage))[0]).toContain(`nede ${said(window, 'nb')}.`);

    const moved = windowIn(scene, 20);
    await scene.network.reports(
      anOutageReport(
        {
          reference: 'WORKS-1',
          sequence: 2,
          action: 'update',
          areas: town.areas,
          ...works(moved),
        },
        scene.clock.now(),
      ),
    );
    const again = await scene.drafts(incident.incidentId);
    expect(again).toMatchObject([{ stage: 'd1', groups: ['still-hit'], reach: 3 }]);
    await scene.approved(again);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    expect((await read(scene, family)).map((text) => text.includes(said(moved, 'nn')))).toEqual([
      true,
      false,
    ]);

    await scene.clock.forward({ minutes: 25 });
    await scene.network.raisesAlarm({
      id: 'WORKS-ALARM',
      country: 'NO',
      element: town.sites[0] ?? '',
      services: ['mobile-data'],
      raisedAt: scene.clock.now(),
    });
    expect(await whatBecameOf(scene, 'WORKS-ALARM')).toEqual({
      waits: 'planned-work',
      incident_id: null,
    });

    await scene.noc.post(`/incidents/${incident.number}/resolve`, { reason: 'Done as planned.' });
    await until('communication to hear of the end', async () => {
      const heard = (await scene.incident(incident.number)).audience;
      return heard?.occasion === 'end';
    });
    const { messages } = await scene.author.get<{ messages: { stage: string; state: string }[] }>(
      `/messages?incident=${incident.incidentId}`,
    );
    expect(messages.map(({ stage, state }) => [stage, state])).toEqual([
      ['d1', 'dispatched'],
      ['d1', 'dispatched'],
    ]);
    expect(await read(scene, noOutage)).toHaveLength(2);
    expect(await read(scene, noWorks)).toEqual([]);
  },
);

interface Window {
  readonly from: string;
  readonly to: string;
}

/** Two hours that begin so many minutes from now, to the minute. */
function windowIn(scene: Scene, minutes: number): Window {
  const from = Math.ceil(scene.clock.now().getTime() / 60_000 + minutes) * 60_000;
  return { from: new Date(from).toISOString(), to: new Date(from + 120 * 60_000).toISOString() };
}

/** What a report of planned works says of them: nothing is down yet, and no next update is promised. */
const works = (window: Window): object => ({
  kind: 'planned',
  severity: 'minor',
  services: ['mobile-voice', 'mobile-data', 'sms'], // the way to them is not closed before the works begin
  startedAt: window.from,
  window,
  nextUpdateBy: undefined,
});

/** The window as an SMS in this language names it. */
const said = ({ from, to }: Window, language: Language): string =>
  formatWindow(instant(Date.parse(from)), instant(Date.parse(to)), {
    language,
    channel: 'sms',
    country: 'NO',
    now: instant(Date.parse(from)),
  });

const read = async (scene: Scene, phone: string): Promise<readonly string[]> =>
  (await scene.phones.of(phone)).map((sms) => sms.body);

/** Why an alarm waits and which incident it is in, once it has been heard. */
async function whatBecameOf(scene: Scene, alarmId: string): Promise<unknown> {
  const looking = new Client({ connectionString: scene.facts.urls.superuser });
  await looking.connect();
  try {
    return await until(`alarm ${alarmId} to be heard`, async () => {
      const { rows } = await looking.query<object>(
        'select waits, incident_id from incident.alarm where alarm_id = $1',
        [alarmId],
      );
      return rows[0];
    });
  } finally {
    await looking.end();
  }
}
