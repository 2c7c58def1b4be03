import { people } from '../../apps/sandbox/src/oidc/people';
import { until } from '../../tools/system/until';
import { story } from './world/story';
import { aPhone } from './world/town';

const phoneOf = (accountName: string): string =>
  people.find((one) => one.accountName === accountName)?.phone ?? '';

story(
  '§2.4: nobody answers for 15 minutes: the holding text is offered, one submits it, another approves it, and the real text still goes',
  async (scene) => {
    const [family, bakery] = [aPhone(), aPhone()];
    const town = await scene.town([
      { id: 'family', phone: family },
      { id: 'bakery', kind: 'business', phone: bakery, agreement: 'bronze' },
    ]);
    // The desk calls it minor; who is hit makes it more a moment later, and that starts the clock.
    const incident = await scene.reports({
      reference: 'HOLDING-1',
      areas: town.areas,
      more: { severity: 'minor' },
    });
    await until(
      'the bakery to be told by policy, and the incident to be more than minor',
      async () => {
        const shown = (await scene.incident(incident.incidentId)).incident;
        return shown.severity.inForce !== 'minor' && (await scene.phones.of(bakery)).length === 1;
      },
    );
    const [real] = await scene.drafts(incident.incidentId);
    expect(real?.stage).toBe('a1');

    await scene.clock.forward({ minutes: 16 });
    const holding = await until('the holding text', async () =>
      (await scene.drafts(incident.incidentId)).find((draft) => draft.stage === 'a0'),
    );
    expect(holding).toMatchObject({ template: 'outage-holding', classes: [3], reach: 1 });
    for (const onDuty of ['ingrid.noc', 'maja.author', 'aksel.approver'])
      await until(`${onDuty} to be told its number`, async () =>
        (await scene.phones.of(phoneOf(onDuty))).some(
          ({ body }) =>
            body.includes(`holding text offered, ${incident.number}`) &&
            body.includes(`varde message show ${holding.messageId}`),
        ),
      );

    await scene.approved([holding]);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    expect((await scene.phones.of(family)).map((sms) => sms.body)).toEqual([
      expect.stringMatching(/^Vi undersøker en feil på .* i Varby/),
    ]);

    if (!real) throw new Error('The real text waits.');
    await scene.approved([real]);
    await scene.clock.forward({ seconds: 31 });
    await scene.settled(incident.incidentId);
    expect((await scene.phones.of(family)).map((sms) => sms.body)).toEqual([
      expect.stringMatching(/er nede i Varby/),
      expect.stringMatching(/^Vi undersøker/),
    ]);
    expect(await scene.phones.of(bakery)).toHaveLength(1);
  },
);
