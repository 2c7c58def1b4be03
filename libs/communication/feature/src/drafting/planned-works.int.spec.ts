import type { IncidentFacts } from '@varde/contracts';
import { hours, plus, toIso } from '@varde/kernel';
import type { MessageView } from '../messages/message-view';
import { NightWatch } from '../night-watch.fixture';
import { PolicyService } from '../templates/policy.service';

let night: NightWatch;
beforeAll(async () => {
  night = await NightWatch.start();
});
afterAll(() => night.close());
beforeEach(() => night.begins());

/** Works on mobile data that begin so many minutes into the night and take two hours. */
const works = (begin: number, more: Partial<IncidentFacts> = {}): IncidentFacts =>
  night.incident({
    kind: 'planned',
    services: ['mobile-data'],
    nextUpdateBy: null,
    window: { from: toIso(night.minute(begin)), to: toIso(night.minute(begin + 120)) },
    ...more,
  });
const only = (messages: readonly MessageView[]): MessageView => {
  const [one, ...others] = messages;
  if (!one || others.length > 0) throw new Error(`${messages.length} messages, not one.`);
  return one;
};
const announcement = async (): Promise<MessageView> =>
  only((await night.ofStage('d1')).filter((message) => message.state === 'drafted'));
const asDrafted = ({ state, groups, reach }: MessageView): unknown => ({ state, groups, reach });

describe('planned works', () => {
  it('D-05: are announced with their window in the reader’s language, and wait for an approval until they begin', async () => {
    await night.resolved(works(22 * 60), [
      {},
      { language: 'sv', count: 5 },
      { language: 'en', channel: 'email', count: 3 },
    ]);
    expect((await night.all()).map((message) => message.stage)).toEqual(['d1']);
    const draft = await announcement();
    expect(draft).toMatchObject({
      template: 'planned-announced',
      reach: 28,
      approversNeeded: 1,
      problems: [],
      sendBefore: toIso(night.minute(22 * 60)),
    });
    const textIn = (language: string): string =>
      draft.texts
        .filter((text) => text.language === language)
        .map((text) => text.sms ?? text.text ?? '')
        .join();
    expect(textIn('nb')).toMatch(
      /^Planlagt arbeid på mobildata i hele Vestland\. Tjenesten kan være nede 12\. februar kl\. 01-03\. Du trenger ikke gjøre noe\. Mer: https:/,
    );
    expect(textIn('sv')).toMatch(/ligga nere den 12 februari kl\. 01-03\./);
    expect(textIn('en')).toContain('12 February, 01:00\u201303:00');
    await night.goes(draft);
    expect((await night.messages.show(draft.messageId)).state).toBe('dispatched');
  });

  it('D-05: are approved the next day too: what is said of a fault is old by then, a window is not', async () => {
    await night.resolved(works(22 * 60), [{}]);
    await night.at(7 * 60);
    await night.goes(await announcement());
    expect((await night.ofStage('d1')).map((one) => one.state)).toEqual(['dispatched']);
  });

  it('§2.4: owe no statement, get no holding text and promise no next update', async () => {
    await night.resolved(works(22 * 60, { nextUpdateBy: toIso(night.minute(30)) }), [
      { class: 0, count: 1 },
      {},
    ]);
    await night.at(45);
    expect(await night.notices()).toEqual([]);
    expect(await night.ofStage('a0')).toEqual([]);
  });

  it('D-05: with a new window are told again to whoever was told, apart from whoever is newly hit', async () => {
    await night.resolved(works(22 * 60), [{}]);
    const first = await announcement();
    await night.goes(first);
    await night.resolved(works(46 * 60, { version: 2 }), [{ count: 4 }, { group: 'still-hit' }], {
      changed: ['window'],
    });
    const drafts = (await night.ofStage('d1')).filter((message) => message.state === 'drafted');
    expect(drafts.map(asDrafted)).toEqual(
      expect.arrayContaining([
        { state: 'drafted', groups: ['newly-hit'], reach: 4 },
        { state: 'drafted', groups: ['still-hit'], reach: 20 },
      ]),
    );
    expect(drafts.map((draft) => draft.texts[0]?.sms)).toEqual([
      expect.stringContaining('13. februar kl. 01-03'),
      expect.stringContaining('13. februar kl. 01-03'),
    ]);
    const again = drafts.find((draft) => draft.groups.includes('still-hit'));
    expect(
      await night.test.query(
        `select replaces from communication.supersession where message_id = $1`,
        [again?.messageId],
      ),
    ).toEqual([{ replaces: first.messageId }]);
  });

  it('D-05: a change of anything else is no news to whoever was told', async () => {
    await night.resolved(works(22 * 60), [{}]);
    await night.goes(await announcement());
    await night.resolved(works(22 * 60, { version: 2 }), [{ group: 'still-hit' }], {
      changed: ['estimate', 'cause', 'next-update'],
    });
    expect(await night.all()).toHaveLength(1);
  });

  it('DL-6: once they have begun, their announcement can be submitted, approved and edited into going no more', async () => {
    await night.resolved(works(60), [{}]);
    const draft = await announcement();
    await night.at(59);
    await night.submits(draft);
    await night.at(60);
    const shown = await night.messages.show(draft.messageId);
    await expect(
      night.messages.approve(night.idOf('second approver'), [shown], async () => {}),
    ).rejects.toMatchObject({ code: 'message-expired' });
    await night.messages.return(night.idOf('approver'), draft.messageId, 'Too late.');
    await night.messages.edit(night.idOf('author'), {
      messageId: draft.messageId,
      basedOnVersion: 1,
      texts: { nb: { sms: 'Planlagt arbeid.' } },
    });
    await expect(night.submits(draft)).rejects.toMatchObject({ code: 'message-expired' });
  });

  it.each([
    ['have begun', 'hit', -1],
    ['are over', 'hit', -180],
    ['are done before anybody was told', 'end', 60],
    ['are cancelled before anybody was told', 'cancelled', 60],
  ] as const)('D-05: are announced to nobody when they %s', async (_says, occasion, begin) => {
    await night.resolved(works(60), [{}]);
    await night.resolved(works(begin, { version: 2 }), [{ group: 'restored' }, {}], {
      occasion,
      changed: ['window'],
    });
    expect((await night.all()).map(({ stage, state }) => [stage, state])).toEqual([
      ['d1', 'withdrawn'],
    ]);
  });

  it('D-05: whose end is told to nobody, since nobody was told that anything is down', async () => {
    await night.resolved(works(60), [{}]);
    await night.goes(await announcement());
    await night.resolved(works(60, { version: 2, phase: 'resolved' }), [{ group: 'restored' }], {
      occasion: 'end',
      changed: ['phase'],
    });
    expect(await night.all()).toHaveLength(1);
  });

  it('standards §2.3: cancelled after they were announced, are taken back from whoever was told', async () => {
    await night.resolved(works(60), [{ class: 0, count: 1 }, {}]);
    await night.goes(
      ...(await night.ofStage('d1')).filter((message) => message.classes.includes(3)),
    );
    await night.resolved(
      works(60, { version: 2, phase: 'cancelled' }),
      [{ group: 'restored', class: 0, count: 1 }, { group: 'restored' }],
      { occasion: 'cancelled', changed: ['phase'] },
    );
    const taken = only(await night.ofStage('e1'));
    expect(taken).toMatchObject({ state: 'drafted', classes: [3], reach: 20 });
    expect(taken.texts[0]?.sms).toMatch(/^Se bort fra meldingen vi sendte kl\. 03:00\./);
  });

  it('A-10: that hit emergency calls wait until somebody has written how to reach help', async () => {
    await night.resolved(works(60, { emergencyCalls: 'affected' }), [{ channel: 'email' }]);
    await expect(night.submits(await announcement())).rejects.toMatchObject({
      code: 'content-incomplete',
    });
  });

  it('§2.5: of which an earlier version said no window are announced to nobody', async () => {
    const { window: _none, ...before } = works(60);
    await night.resolved(before, [{}]);
    expect(await night.all()).toEqual([]);
  });

  it.each([
    ['outage-declared', ['drafted', 'drafted']],
    ['planned-announced', ['dispatched', 'drafted']],
  ] as const)('§2.1: a policy for %s leaves them %j', async (template, states) => {
    await letsGo(template);
    await night.resolved(works(60), [{ class: 0, count: 1 }, {}]);
    const drafts = await night.ofStage('d1');
    expect(
      [...drafts].sort((a, b) => (a.classes[0] ?? 0) - (b.classes[0] ?? 0)).map((d) => d.state),
    ).toEqual(states);
  });
});

/** A live policy for a ready text, for everybody by SMS. */
async function letsGo(template: string): Promise<void> {
  const policies = new PolicyService(night.engine);
  const { policyId } = await policies.submit(night.idOf('author'), {
    template,
    templateVersion: 1,
    classes: [0, 1, 2, 3],
    channels: ['sms', 'email'],
    maxReach: 1_000,
    expiresAt: plus(night.minute(0), hours(24)),
  });
  for (const by of ['approver', 'crisis']) await policies.approve(night.idOf(by), policyId);
}
