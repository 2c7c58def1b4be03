import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

story(
  'DL-14: whoever has no way around the fault is listed by number, and told once when it is over',
  async (scene) => {
    const [cutOff, reached] = [aPhone(), aPhone()];
    const mailbox = `reached.${reached.slice(1)}@kunde.example`;
    const town = await scene.town([
      { id: 'cut-off', phone: cutOff },
      { id: 'reached', phone: reached, email: mailbox },
    ]);
    // SMS and calls are down, mobile data is not: a mail gets through, an SMS to a number of ours does not.
    const incident = await scene.reports({
      reference: 'RECOVERY-1',
      areas: town.areas,
      more: { services: ['mobile-voice', 'sms'] },
    });
    const [start] = await scene.drafts(incident.incidentId);
    expect(start).toMatchObject({ stage: 'a1', reach: 1, channels: ['email'] });
    const { audience } = await scene.incident(incident.incidentId);
    expect(audience).toMatchObject({
      reachableCount: 1,
      unreachableCount: 1,
      unreachable: [{ group: 'newly-hit', class: 3, reason: 'through-the-fault', count: 1 }],
    });
    await scene.approved([start ?? never()]);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    expect(await scene.phones.of(cutOff)).toEqual([]);

    await scene.noc.post(`/incidents/${incident.number}/resolve`, { reason: 'Measured on site.' });
    const end = await until('the text of the end', async () =>
      (await scene.drafts(incident.incidentId)).find((draft) => draft.stage === 'a5'),
    );
    expect(end).toMatchObject({ reach: 2, groups: ['restored'] });
    expect(Date.parse(end.sendBefore)).toBeGreaterThan(scene.clock.now().getTime());
    await scene.approved([end]);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);

    // True for somebody who was never told of the start: what was down, from when to when; no word of an earlier message.
    expect((await scene.phones.of(cutOff)).map((sms) => sms.body)).toEqual([
      expect.stringMatching(/virker igjen i Varby .*\. Nede fra kl\. .* til kl\. /),
    ]);
    expect(await scene.phones.of(reached)).toEqual([]);
    // Nothing is left to be told when the incident is closed.
    await scene.clock.forward({ minutes: 31 });
    expect(await scene.phones.of(cutOff)).toHaveLength(1);
  },
);

const never = (): never => {
  throw new Error('There is no such message.');
};
