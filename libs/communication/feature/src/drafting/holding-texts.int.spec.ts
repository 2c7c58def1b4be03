import { Refusal } from '@varde/kernel';
import { NightWatch } from '../night-watch.fixture';

let night: NightWatch;
beforeAll(async () => {
  night = await NightWatch.start();
});
afterAll(() => night.close());
beforeEach(() => night.begins());

const everybody = ['approver', 'author', 'crisis', 'noc', 'second approver'];
const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

describe('without a public statement at 15 minutes', () => {
  it('§2.4: the holding text is ready in every language needed, and everybody on duty is told its number', async () => {
    await night.resolved(night.incident(), [{}, { language: 'en', channel: 'email', count: 3 }]);
    await night.at(14);
    expect(await night.ofStage('a0')).toEqual([]);
    await night.at(15);
    const [holding, ...others] = await night.ofStage('a0');
    expect(others).toEqual([]);
    expect(holding).toMatchObject({
      state: 'drafted',
      template: 'outage-holding',
      classes: [3],
      reach: 23,
      approversNeeded: 1,
      problems: [],
    });
    expect(holding?.texts.map(({ language, channel }) => `${language} ${channel}`)).toEqual([
      'en email',
      'nb sms',
    ]);
    expect(holding?.texts.find((text) => text.language === 'nb')?.sms).toMatch(
      /^Vi undersøker en feil på mobilsamtaler i hele Vestland\./,
    );
    const offers = (await night.notices()).filter((one) => one.kind === 'holding-text-offered');
    expect(sorted(offers.map((one) => one.to))).toEqual(everybody);
    expect(offers[0]?.facts).toEqual({
      incidentNumber: 'NO-2026-0042',
      messageIds: holding?.messageId,
    });
  });

  it('A-1: it goes like any other message: its author’s word and that of whoever submitted it do not count', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    const [holding] = await night.ofStage('a0');
    if (!holding) throw new Error('No holding text.');
    await night.submits(holding);
    for (const by of ['author', 'noc'])
      await expect(
        night.messages.approve(night.idOf(by), [holding], async () => {}),
      ).rejects.toBeInstanceOf(Refusal);
    await night.messages.approve(night.idOf('second approver'), [holding], async () => {});
    expect((await night.messages.show(holding.messageId)).state).toBe('dispatched');
  });

  it('§2.1: over 100,000 readers it needs two approvers, as everything does', async () => {
    await night.resolved(night.incident(), [{ count: 100_001 }]);
    await night.at(15);
    expect((await night.ofStage('a0')).map((one) => one.approversNeeded)).toEqual([2]);
  });

  it('§2.4: is not made when the public has been told meanwhile', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.goes(...(await night.ofStage('a1')));
    await night.at(20);
    expect(await night.ofStage('a0')).toEqual([]);
    expect(await night.told('holding-text-offered')).toEqual([]);
  });

  it('voice.md §3: where emergency calls are hit, those on duty are pointed at the emergency text instead', async () => {
    await night.resolved(night.incident({ emergencyCalls: 'affected' }), [{}]);
    await night.at(15);
    const [emergency] = await night.ofStage('b1');
    expect(await night.ofStage('a0')).toEqual([]);
    const [notice] = (await night.notices()).filter((one) => one.kind === 'nobody-answers');
    expect(notice?.facts.messageIds).toBe(emergency?.messageId);
  });
});

describe('a submitted message without an answer', () => {
  it('§2.4: asks the next approver of its country, then offers the holding text, once', async () => {
    await night.resolved(night.incident({ severity: 'minor' }), [{}]);
    await night.submits((await night.ofStage('a1'))[0] ?? never());
    expect(await night.told('approval-wanted')).toEqual(['approver']);
    await night.at(15);
    expect(await night.told('approval-wanted')).toEqual(['approver', 'second approver']);
    expect(await night.ofStage('a0')).toEqual([]);
    await night.at(30);
    expect(await night.ofStage('a0')).toHaveLength(1);
    expect(sorted(await night.told('holding-text-offered'))).toEqual(everybody);
    expect(await night.told('approval-wanted')).not.toContain('swedish approver');
  });

  it('§2.4: two alarms of one incident make one holding text', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.submits((await night.ofStage('a1'))[0] ?? never());
    await night.at(40);
    expect(await night.ofStage('a0')).toHaveLength(1);
    const offers = (await night.notices()).filter((one) => one.kind === 'holding-text-offered');
    expect(new Set(offers.map((one) => one.facts.messageIds)).size).toBe(1);
    expect(offers).toHaveLength(2 * everybody.length);
  });

  it('§2.4: an update to people who were told makes no holding text: those on duty are pointed at the update', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.goes(...(await night.ofStage('a1')));
    await night.resolved(night.incident({ version: 2 }), [{ group: 'still-hit' }], {
      changed: ['cause'],
    });
    const [update] = await night.ofStage('a4');
    await night.submits(update ?? never());
    await night.at(60);
    expect(await night.ofStage('a0')).toEqual([]);
    const [notice] = (await night.notices()).filter((one) => one.kind === 'nobody-answers');
    expect(notice?.facts.messageIds).toBe(update?.messageId);
  });
});

describe('the holding text and the real one', () => {
  it('DL-5: when the real text has gone, a holding text that waits is withdrawn and cannot go any more', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    const [real] = await night.ofStage('a1');
    const [holding] = await night.ofStage('a0');
    if (!real || !holding) throw new Error('Two texts.');
    await night.goes(real);
    expect((await night.messages.show(holding.messageId)).state).toBe('withdrawn');
    await expect(night.submits(holding)).rejects.toMatchObject({ code: 'draft-withdrawn' });
  });

  it('DL-5: when the holding text has gone, the real text still may, and replaces what is left of it', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    const [holding] = await night.ofStage('a0');
    await night.goes(holding ?? never());
    const [real] = await night.ofStage('a1');
    expect(real?.state).toBe('drafted');
    await night.goes(real ?? never());
    const left = await night.test.query<{ superseded: boolean }>(
      `select delivery.is_superseded(message_id, version) as superseded from communication.dispatch order by dispatched_at, message_id = $1`,
      [real?.messageId],
    );
    expect(left).toEqual([{ superseded: true }, { superseded: false }]);
  });

  it('§2.4: the critical classes’ real text does not replace the public’s holding text', async () => {
    await night.resolved(night.incident(), [{ class: 0, count: 2 }, {}]);
    await night.at(15);
    const [critical] = (await night.ofStage('a1')).filter((one) => one.classes.includes(0));
    await night.goes(critical ?? never());
    const states = (await night.ofStage('a0')).map(({ classes, state }) => [classes, state]);
    expect(states).toEqual([
      [[0], 'withdrawn'],
      [[3], 'drafted'],
    ]);
  });

  it('§2.4: when more people are hit, a holding text that waits is made anew for all of them, without a second call', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    await night.resolved(night.incident({ version: 2 }), [
      { group: 'still-hit' },
      { language: 'sv', count: 5 },
    ]);
    const states = (await night.ofStage('a0')).map(({ reach, state }) => [reach, state]);
    expect(states).toEqual([
      [20, 'withdrawn'],
      [25, 'drafted'],
    ]);
    expect(await night.told('holding-text-offered')).toHaveLength(everybody.length);
    await night.goes(...(await night.ofStage('a1')).filter((one) => one.state === 'drafted'));
    expect((await night.ofStage('a0')).map((one) => one.state)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('§2.4: a holding text that people refused is not made again', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    const [holding] = await night.ofStage('a0');
    await night.messages.reject(
      night.idOf('crisis'),
      holding?.messageId ?? '',
      'We know more now.',
    );
    await night.resolved(night.incident({ version: 2 }), [{ group: 'still-hit' }]);
    await night.submits((await night.ofStage('a1')).at(-1) ?? never());
    await night.at(60);
    expect((await night.ofStage('a0')).map((one) => one.state)).toEqual(['rejected']);
  });

  it('D-13: whoever got the holding text alone reads the real first words with the next change', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    await night.goes(...(await night.ofStage('a0')));
    await night.resolved(night.incident({ version: 2 }), [{ group: 'still-hit' }], {
      changed: ['scope'],
    });
    const waiting = (await night.all()).filter((one) => one.state === 'drafted');
    expect(waiting.map(({ stage, groups }) => [stage, groups])).toEqual([['a1', ['still-hit']]]);
  });

  it('§2.5: the end withdraws it', async () => {
    await night.resolved(night.incident(), [{}]);
    await night.at(15);
    await night.resolved(
      night.incident({ version: 2, phase: 'resolved', restoredAt: '2026-02-11T02:16:00Z' }),
      [{ group: 'restored' }],
      { occasion: 'end', changed: ['phase'] },
    );
    expect((await night.ofStage('a0')).map((one) => one.state)).toEqual(['withdrawn']);
  });
});

const never = (): never => {
  throw new Error('There is no such message.');
};
