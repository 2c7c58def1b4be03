import { allowed, answers, later, refused, type Step } from './attack';
import {
  all,
  approval,
  askRelease,
  claim,
  delivery,
  dispatch,
  halt,
  id,
  look,
  message,
  release,
  sweep,
  version,
} from './sql';

const scopes = [
  ['all', '*'],
  ['channel', 'sms'],
  ['provider', 'twilio'],
  ['incident', id(900)],
  ['dispatch', id(101)],
] as const;

const inOneScope = ([scope, what]: (typeof scopes)[number]): readonly Step[] => [
  allowed('varde_gate', `halt ${scope}`, halt(scope, what)),
  answers('varde_courier', `claim while halted: ${scope}`, '0', claim(101, { n: 1 })),
  answers(
    'varde_courier',
    `the courier sees the halt: ${scope}`,
    'true',
    `select delivery.is_halted('sms', 'twilio', '${id(900)}', '${id(101)}')`,
  ),
  refused('varde_gate', `release without a request: ${scope}`, '55000', release(scope, what, 'b')),
  allowed('varde_gate', `ask ${scope}`, askRelease(scope, what, 'b')),
  refused('varde_gate', `release alone: ${scope}`, '23514', release(scope, what, 'b')),
  allowed('varde_gate', `release by two: ${scope}`, release(scope, what, 'c')),
  answers('varde_courier', `claim after release: ${scope}`, '1', claim(101, { n: 1 })),
];

/** DL-7: halt and release. */
export const haltAndRelease: readonly Step[] = [
  refused('attack_app', 'the application halts', '42501', halt('all', '*')),
  refused('varde_courier', 'the courier halts', '42501', halt('all', '*')),
  ...scopes.flatMap(inOneScope),
  allowed(
    'varde_gate',
    'halt a provider and a dispatch',
    all(halt('provider', 'twilio'), halt('dispatch', id(110))),
  ),
  allowed('attack_app', 'rows of the large dispatch', all(delivery(110, 1), delivery(110, 2))),
  answers('varde_courier', 'claim while provider and dispatch are halted', '0', claim(110)),
  allowed(
    'varde_gate',
    'open the provider',
    all(askRelease('provider', 'twilio', 'a'), release('provider', 'twilio', 'b')),
  ),
  answers('varde_courier', 'claim while the dispatch is halted', '0', claim(110)),
  allowed(
    'varde_gate',
    'ask, then halt again',
    all(askRelease('dispatch', id(110), 'a'), halt('dispatch', id(110))),
  ),
  refused(
    'varde_gate',
    'the new halt voids the request',
    '55000',
    release('dispatch', id(110), 'b'),
  ),
  refused(
    'varde_gate',
    'a halt without a reason',
    '23514',
    halt('dispatch', id(110)).replace('wrong text', '  '),
  ),
  refused('varde_gate', 'a halt in an unknown scope', '23514', halt('country', 'NO')),
  refused('varde_gate', 'a halt of a part of everything', '23514', halt('all', 'sms')),
  refused(
    'varde_gate',
    'ask for what is not halted',
    '55000 not halted',
    askRelease('channel', 'email', 'b'),
  ),
  refused('varde_gate', 'rewrite the gate log', '42501', 'delete from delivery.gate_event'),
  refused(
    'varde_migrate',
    'rewrite the gate log as the owner',
    '42501 append-only',
    'delete from delivery.gate_event',
  ),
  refused(
    'varde_gate',
    'open the gate by hand',
    '42501',
    'update delivery.gate set halted = false',
  ),
  refused('varde_gate', 'the gate claims', '42501', claim(110)),
  refused('varde_gate', 'the gate reads a message', '42501', 'select * from communication.message'),
  allowed('varde_gate', 'ask for release', askRelease('dispatch', id(110), 'b')),
  later('16 minutes'),
  refused('varde_gate', 'release after 15 minutes', '55000', release('dispatch', id(110), 'c')),
  later('0'),
];

/** DL-5, DL-6: what is older, what is late. */
export const supersededAndExpired: readonly Step[] = [
  allowed('attack_app', 'message with two versions', message(40, { incident: 940 })),
  allowed('attack_app', 'v1', version(40, 1, 'a')),
  allowed('attack_app', 'approve', approval(40, 1, 'c')),
  allowed('attack_app', 'dispatch v1', dispatch(141, 40, 1, { incident: 940 })),
  allowed('attack_app', 'two rows', all(delivery(141, 1), delivery(141, 2))),
  answers('varde_courier', 'one of them goes', '1', claim(141, { n: 1 })),
  allowed('attack_app', 'v2', version(40, 2, 'b')),
  allowed('attack_app', 'approve v2', approval(40, 2, 'c')),
  refused(
    'attack_app',
    'dispatch the older version again',
    '23514 a newer version',
    dispatch(143, 40, 1, { incident: 940 }),
  ),
  answers('varde_courier', 'a version that has not gone supersedes nothing', '0', sweep(141)),
  allowed('attack_app', 'dispatch v2', dispatch(142, 40, 2, { incident: 940 })),
  answers('varde_courier', 'claim of the older version', '0', claim(141)),
  answers('varde_courier', 'swept', '1', sweep(141)),
  answers('varde_courier', 'superseded', 'superseded', look(141, 2)),
  answers('varde_courier', 'what was out stays as it is', 'sending', look(141, 1)),
  allowed('attack_app', 'short-lived message', message(41, { incident: 941 })),
  allowed('attack_app', 'v1', version(41, 1, 'a', { life: '10 minutes' })),
  allowed('attack_app', 'approve', approval(41, 1, 'c')),
  allowed('attack_app', 'dispatch', dispatch(144, 41, 1, { incident: 941 })),
  allowed('attack_app', 'row', delivery(144, 1)),
  allowed(
    'attack_app',
    'a second short-lived message',
    all(
      message(42, { incident: 941 }),
      version(42, 1, 'a', { life: '10 minutes' }),
      approval(42, 1, 'c'),
    ),
  ),
  later('11 minutes'),
  refused(
    'attack_app',
    'dispatch after expiry',
    '23514 the message has expired',
    dispatch(145, 42, 1, { incident: 941 }),
  ),
  answers('varde_courier', 'claim after expiry', '0', claim(144)),
  answers('varde_courier', 'swept', '1', sweep(144)),
  answers('varde_courier', 'expired', 'expired', look(144, 1)),
  later('0'),
];

const replaces = (newer: number, older: number): string =>
  `insert into communication.supersession (message_id, replaces) values ('${id(newer)}', '${id(older)}')`;
const ready = (k: number, incident = 970, mode = 'ACTUAL'): string =>
  all(message(k, { incident, mode }), version(k, 1, 'a', { mode }), approval(k, 1, 'b'));

/** DL-5 across the messages of one incident: the newer truth replaces the older message. */
export const replacedByAnotherMessage: readonly Step[] = [
  allowed('attack_app', 'an older message, and one that nobody sends', all(ready(70), ready(71))),
  allowed('attack_app', 'the older one goes', dispatch(170, 70, 1, { incident: 970 })),
  allowed('attack_app', 'two rows of it', all(delivery(170, 1), delivery(170, 2))),
  allowed('attack_app', 'a newer one', ready(72)),
  refused('attack_app', 'a message replaces itself', '23514', replaces(72, 72)),
  allowed('attack_app', 'it replaces both', all(replaces(72, 70), replaces(72, 71))),
  answers(
    'varde_courier',
    'a newer one that has not gone replaces nothing yet',
    '1',
    claim(170, { n: 1 }),
  ),
  answers('varde_courier', '… and nothing is swept', '0', sweep(170)),
  allowed('attack_app', 'the newer one goes', dispatch(172, 72, 1, { incident: 970 })),
  answers('varde_courier', 'claim of the replaced message', '0', claim(170)),
  answers('varde_courier', 'swept', '1', sweep(170)),
  answers('varde_courier', 'superseded', 'superseded', look(170, 2)),
  refused(
    'attack_app',
    'dispatch of a replaced message',
    '23514 a newer message replaces',
    dispatch(171, 71, 1, { incident: 970 }),
  ),
  allowed(
    'attack_app',
    'a new version of a replaced message',
    all(version(71, 2, 'a'), approval(71, 2, 'b')),
  ),
  refused(
    'attack_app',
    '… is replaced too',
    '23514 a newer message replaces',
    dispatch(171, 71, 2, { incident: 970 }),
  ),
  refused(
    'attack_app',
    'add a replacement after the dispatch',
    '23514 dispatched already',
    all(ready(73), replaces(72, 73)),
  ),
  refused(
    'attack_app',
    'take a replacement back',
    '42501',
    'delete from communication.supersession',
  ),
  refused(
    'varde_migrate',
    '… as the owner',
    '42501 append-only',
    'delete from communication.supersession',
  ),
  allowed('attack_app', 'an exercise in the same incident', ready(74, 970, 'EXERCISE')),
  refused(
    'attack_app',
    'an exercise silences a real message',
    '23514 a message replaces those',
    replaces(74, 72),
  ),
  allowed('attack_app', 'a message of another incident', ready(75, 971)),
  refused(
    'attack_app',
    'a message silences another incident',
    '23514 a message replaces those',
    replaces(75, 72),
  ),
];

/** UX-06: a lane that is not critical waits, with a visible stop. */
export const hold: readonly Step[] = [
  { kind: 'arranged', sql: 'update delivery.setting set hold_seconds = 30' },
  allowed('attack_app', 'a message for everybody', ready(80, 980)),
  allowed('attack_app', 'it goes', dispatch(180, 80, 1, { incident: 980 })),
  allowed(
    'attack_app',
    'one row of each class',
    all(delivery(180, 3000), delivery(180, 3001), delivery(180, 3002), delivery(180, 1)),
  ),
  answers('varde_courier', 'class 0 at once', '1', claim(180, { class: 0 })),
  answers('varde_courier', 'class 1 at once', '1', claim(180, { class: 1 })),
  answers('varde_courier', 'class 2 waits', '0', claim(180, { class: 2 })),
  answers('varde_courier', 'class 3 waits', '0', claim(180, { class: 3 })),
  refused(
    'attack_app',
    'the application shortens the hold',
    '42501',
    'update delivery.setting set hold_seconds = 0',
  ),
  refused(
    'varde_migrate',
    'a hold without end',
    '23514',
    'update delivery.setting set hold_seconds = 601',
  ),
  later('29 seconds'),
  answers('varde_courier', 'class 2 waits after 29 s', '0', claim(180, { class: 2 })),
  later('30 seconds'),
  answers('varde_courier', 'class 2 after the hold', '1', claim(180, { class: 2 })),
  answers('varde_courier', 'class 3 after the hold', '1', claim(180, { class: 3 })),
  later('0'),
  { kind: 'arranged', sql: 'update delivery.setting set hold_seconds = 0' },
];
