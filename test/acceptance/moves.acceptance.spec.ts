import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

story(
  'the incident moves: newly hit, still hit and restored people get different words, and each one end',
  async (scene) => {
    const [stays, leaves, joins] = [aPhone(), aPhone(), aPhone()];
    const town = await scene.town(
      [
        { id: 'stays', phone: stays, quarter: 0 },
        { id: 'leaves', phone: leaves, quarter: 1 },
        { id: 'joins', phone: joins, quarter: 2 },
      ],
      3,
    );
    const [first, second, third] = town.areas;
    if (!first || !second || !third) throw new Error('three quarters');
    const incident = await scene.reports({ reference: 'MOVES-1', areas: [first, second] });
    await scene.approved(await scene.drafts(incident.incidentId));
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);

    const restoreBy = new Date(scene.clock.now().getTime() + 3 * 3_600_000).toISOString();
    await scene.network.reports({
      ...reportAgain(scene.clock.now()),
      reference: 'MOVES-1',
      country: 'NO',
      sequence: 2,
      action: 'update',
      areas: [first, third],
      estimate: { status: 'estimated', restoreBy },
    });
    const drafts = await until('a draft for each group', async () => {
      const found = await scene.drafts(incident.incidentId, 3);
      return new Set(found.flatMap((draft) => draft.groups)).size === 3 && found;
    });
    const stageOf = (group: string): string | undefined =>
      drafts.find((draft) => draft.groups.includes(group as 'restored'))?.stage;
    expect({
      newlyHit: stageOf('newly-hit'),
      stillHit: stageOf('still-hit'),
      restored: stageOf('restored'),
    }).toEqual({ newlyHit: 'a2', stillHit: 'a2', restored: 'a5' });
    await scene.approved(drafts);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    expect((await scene.phones.of(leaves)).map((sms) => sms.body)).toEqual([
      expect.stringMatching(/virker igjen/),
      expect.stringMatching(/er nede/),
    ]);
    expect((await scene.phones.of(joins)).map((sms) => sms.body)).toEqual([
      expect.stringMatching(/ventes tilbake/),
    ]);

    await scene.noc.post(`/incidents/${incident.number}/resolve`, { reason: 'Measured on site.' });
    await scene.approved(await scene.drafts(incident.incidentId));
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    for (const phone of [stays, leaves, joins]) {
      const ends = (await scene.phones.of(phone)).filter((sms) => /virker igjen/.test(sms.body));
      expect(ends).toHaveLength(1);
    }
  },
);

function reportAgain(now: Date): object {
  const startedAt = new Date(now.getTime() - 10 * 60_000);
  return {
    reportedBy: { system: 'noc-desk', operator: 'op-117' },
    kind: 'outage',
    severity: 'major',
    services: ['mobile-voice', 'mobile-data'],
    startedAt: startedAt.toISOString(),
    awareAt: new Date(startedAt.getTime() + 60_000).toISOString(),
    elements: [],
    alarms: [],
    cause: { status: 'unknown' },
    nextUpdateBy: new Date(now.getTime() + 90 * 60_000).toISOString(),
    emergencyCalls: 'notAffected',
    malicious: 'no',
    crossBorder: 'no',
  };
}
