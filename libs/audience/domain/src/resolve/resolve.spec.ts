import { resolve, type ResolveRequest } from './resolve';
import { serviceMask } from './service-mask';
import type { Snapshot } from './snapshot';
import type { Contact, World } from './world';

const sms = serviceMask(['sms']);
const mobile = serviceMask(['mobile-voice', 'mobile-data', 'sms']);

/** Two neighbours with a phone each, on a cell each; the first has mail, too. */
const world = (first: Partial<Contact> = {}): World => ({
  areas: [{ code: 'NO', level: 'country', country: 'NO' }],
  elements: ['a', 'b'].map((id) => ({ id, area: 'NO', services: mobile })),
  customers: ['A', 'B'].map((id) => ({
    id,
    kind: 'private',
    country: 'NO',
    language: 'nb',
    isExercise: false,
  })),
  subscriptions: [
    { id: 'sa', customer: 'A', services: mobile, elements: ['a'], identifier: '+4790000001' },
    { id: 'sb', customer: 'B', services: mobile, elements: ['b'], identifier: '+4790000002' },
  ],
  contacts: [
    {
      n: 1,
      customer: 'A',
      role: 'subscriber',
      channels: ['sms'],
      sms: '+4790000001',
      smsElsewhere: false,
      optOuts: [],
      ...first,
    },
    {
      n: 2,
      customer: 'B',
      role: 'subscriber',
      channels: ['sms'],
      sms: '+4790000002',
      smsElsewhere: false,
      optOuts: [],
    },
  ],
  agreements: [],
});

const voice = serviceMask(['mobile-voice']);

/** Plays versions of an incident: each names its elements; `undefined` is the end. */
function play(
  of: World,
  versions: readonly (readonly string[] | undefined)[],
  step: Partial<ResolveRequest> = {},
  services = voice,
): Snapshot[] {
  return versions.reduce<Snapshot[]>((so, elements) => {
    const last = so.at(-1);
    const snapshot = resolve(of, {
      scope: { mode: 'ACTUAL', services, elements: elements ?? [], areas: [] },
      occasion: elements ? 'hit' : 'end',
      topic: 'outage',
      isSafety: false,
      previous: last ? [last] : [],
      days: { NO: '2026-11-26' },
      ...step,
    });
    return [...so, snapshot];
  }, []);
}

const groups = (snapshot: Snapshot | undefined): object =>
  Object.fromEntries((snapshot?.members ?? []).map((member) => [member.contact, member.group]));

describe('resolve, when an incident moves', () => {
  it('says newly hit, still hit and restored as it spreads and shrinks', () => {
    expect(play(world(), [['a'], ['a', 'b'], ['b'], undefined]).map(groups)).toEqual([
      { 1: 'newly-hit' },
      { 1: 'still-hit', 2: 'newly-hit' },
      { 1: 'restored', 2: 'still-hit' },
      { 2: 'restored' },
    ]);
  });

  it('tells somebody who was restored and is hit again as newly hit', () => {
    expect(
      play(world(), [['a'], ['b'], ['a', 'b']])
        .map(groups)
        .at(-1),
    ).toEqual({ 1: 'newly-hit', 2: 'still-hit' });
  });

  it('tells everybody of the end once', () => {
    expect(play(world(), [['a', 'b'], undefined, undefined]).map(groups)).toEqual([
      { 1: 'newly-hit', 2: 'newly-hit' },
      { 1: 'restored', 2: 'restored' },
      {},
    ]);
  });

  it('tells the end on the channel of the start, though another one comes first by then', () => {
    const before = play(world({ channels: ['email', 'sms'], email: 'a@mail.example' }), [['a']]);
    const [, after] = [...before, ...play(world(), [undefined], { previous: before })];
    expect(after?.members).toMatchObject([{ contact: 1, channel: 'email', group: 'restored' }]);
  });
});

describe('resolve, through the fault', () => {
  it('DL-14: lists whoever has no other way, and tells them on recovery', () => {
    const [start, end] = play(world(), [['a'], undefined], {}, sms);
    expect(start?.members).toEqual([]);
    expect(start?.unreachable).toMatchObject([
      { contact: 1, group: 'newly-hit', reason: 'through-the-fault' },
    ]);
    expect(end?.members).toMatchObject([{ contact: 1, group: 'restored', onRecovery: true }]);
  });

  it('DL-14: takes the other way where there is one', () => {
    const [start] = play(
      world({ channels: ['sms', 'email'], email: 'a@mail.example' }),
      [['a']],
      {},
      sms,
    );
    expect(start?.members).toMatchObject([{ contact: 1, channel: 'email' }]);
  });

  it('does not tell the end of an incident that was none to people who never heard of it', () => {
    const start = play(world(), [['a']], {}, sms);
    expect(
      play(world(), [undefined], { occasion: 'cancelled', previous: start })[0]?.members,
    ).toEqual([]);
  });

  it('carries whoever was told and has no way left, and tells them of the end', () => {
    const start = play(world(), [['a']], {}, voice);
    const [worse] = play(world(), [['a']], { previous: start }, mobile);
    expect(worse).toMatchObject({
      members: [],
      carried: [{ contact: 1, channel: 'sms' }],
      unreachable: [{ group: 'still-hit' }],
    });
    const [end] = play(world(), [undefined], { previous: worse ? [worse] : [] });
    expect(end?.members).toMatchObject([{ contact: 1, group: 'restored', onRecovery: false }]);
  });

  it('tells them of the start, once a way is open while they are hit', () => {
    const start = play(world(), [['a']], {}, sms);
    expect(groups(play(world(), [['a']], { previous: start }, voice)[0])).toEqual({
      1: 'newly-hit',
    });
  });
});

describe('resolve, incidents that become one', () => {
  it('keeps the people of the merged incident as still hit', () => {
    const mine = play(world(), [['a']]);
    const merged = play(world(), [['b']]);
    const [both] = play(world(), [['a', 'b']], { previous: [...mine, ...merged] });
    expect(groups(both)).toEqual({ 1: 'still-hit', 2: 'still-hit' });
  });
});
