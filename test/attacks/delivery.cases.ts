import { allowed, answers, later, refused, type Step } from './attack';
import {
  all,
  approval,
  claim,
  delivery,
  deliveries,
  dispatch,
  id,
  look,
  message,
  person,
  putBack,
  reissue,
  settle,
  version,
} from './sql';

const exercise = { mode: 'EXERCISE' } as const;

/** DL-1: exercise or live, the audience, rows. */
export const exerciseAndRows: readonly Step[] = [
  allowed('attack_app', 'exercise message', message(30, { ...exercise, incident: 930 })),
  refused('attack_app', 'an ACTUAL version of an exercise', '23503', version(30, 1, 'a')),
  allowed('attack_app', 'v1', version(30, 1, 'a', exercise)),
  refused(
    'attack_app',
    'approve EXERCISE as ACTUAL',
    '23503',
    approval(30, 1, 'b', { mode: 'ACTUAL' }),
  ),
  allowed('attack_app', 'approve', approval(30, 1, 'b')),
  refused(
    'attack_app',
    'dispatch EXERCISE as ACTUAL',
    '23503',
    dispatch(130, 30, 1, { incident: 930 }),
  ),
  refused(
    'attack_app',
    'dispatch EXERCISE as TEST',
    '23503',
    dispatch(130, 30, 1, { incident: 930, mode: 'TEST' }),
  ),
  allowed(
    'attack_app',
    'dispatch the exercise',
    dispatch(130, 30, 1, { ...exercise, incident: 930 }),
  ),
  refused(
    'attack_app',
    'exercise to a real person',
    '23514 new row for relation "delivery"',
    delivery(130, 1, exercise),
  ),
  refused(
    'attack_app',
    '… lying about the person',
    '23503',
    delivery(130, 1, { ...exercise, exercise: true }),
  ),
  refused('attack_app', '… lying about the mode', '23503', delivery(130, 1, { mode: 'ACTUAL' })),
  refused(
    'attack_app',
    '… turning the person into an exercise recipient',
    '42501',
    'update delivery.recipient set is_exercise = true where id = 1',
  ),
  refused(
    'attack_app',
    '… entering the person as one',
    '42501',
    'insert into delivery.recipient values (9001, 3, true)',
  ),
  refused(
    'attack_app',
    '… changing the mode of the dispatch',
    '42501',
    `update communication.dispatch set mode = 'ACTUAL'`,
  ),
  refused(
    'varde_courier',
    '… changing the mode of a row',
    '42501',
    `update delivery.delivery set mode = 'ACTUAL'`,
  ),
  refused(
    'varde_migrate',
    '… changing the mode of the dispatch as the owner',
    '42501 append-only',
    `update communication.dispatch set mode = 'ACTUAL'`,
  ),
  allowed(
    'attack_app',
    'exercise to an exercise recipient',
    delivery(130, 2001, { ...exercise, exercise: true }),
  ),
  answers(
    'varde_courier',
    'the intent of an exercise says so',
    'EXERCISE',
    `select (select count(*) from delivery.claim('${id(130)}', 'sms', 3, 'sink', 20, 1)); select mode from delivery.attempt where dispatch_id = '${id(130)}'`,
  ),
  allowed(
    'attack_app',
    'a real message may reach an exercise recipient',
    delivery(101, 2002, { exercise: true }),
  ),
  allowed('attack_app', 'eight rows', deliveries(101, 'id between 1 and 8')),
  refused('attack_app', 'the same person twice', '23505', delivery(101, 1)),
  refused('attack_app', 'the same address twice', '23505', delivery(101, 9, { address: '1' })),
  refused(
    'attack_app',
    'insert a row as accepted',
    '42501',
    `insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac, state)
     values ('${id(101)}', 'ACTUAL', 9, false, 3, 'sms', '9', 'accepted')`,
  ),
  refused(
    'attack_app',
    'insert a row as tried before',
    '42501',
    `insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac, attempt)
     values ('${id(101)}', 'ACTUAL', 9, false, 3, 'sms', '9', 1)`,
  ),
  refused(
    'attack_app',
    'a private customer in the critical lane',
    '23503',
    delivery(101, 9, { class: 0 }),
  ),
  refused('attack_app', 'a hospital in the bulk lane', '23503', delivery(101, 3000, { class: 3 })),
  refused('attack_app', 'no lane', '23502', delivery(101, 9, { class: null })),
  refused(
    'attack_app',
    'far above the approved reach',
    '23514 audience larger',
    deliveries(101, 'id between 10 and 900'),
  ),
  refused(
    'attack_app',
    'lower the number of rows',
    '42501',
    'update delivery.dispatch_count set n = 0',
  ),
  refused('attack_app', 'delete a row', '42501', 'delete from delivery.delivery'),
];

/** DL-1, DL-3, §2.2: claim, settle, hand back, look up. */
export const courier: readonly Step[] = [
  refused('attack_app', 'the application claims', '42501', claim(101)),
  refused('attack_app', 'the application settles', '42501', settle(101, 1, 'delivered')),
  refused(
    'attack_app',
    'the application sets sending',
    '42501',
    `update delivery.delivery set state = 'sending'`,
  ),
  refused(
    'attack_app',
    'the application writes an intent',
    '42501',
    `insert into delivery.attempt (dispatch_id, recipient_id, channel, attempt, provider, mode, site_epoch, claimed_at, lease_until)
     values ('${id(101)}', 1, 'sms', 1, 'twilio', 'ACTUAL', 1, platform.clock(), platform.clock())`,
  ),
  refused(
    'attack_app',
    'the application moves a counter',
    '42501',
    'update delivery.lane_count set n = 0',
  ),
  refused(
    'attack_app',
    'the application counts by the door of the triggers',
    '42501',
    `select delivery.add_counts('{}')`,
  ),
  refused(
    'varde_courier',
    'the courier sets sending',
    '42501',
    `update delivery.delivery set state = 'sending'`,
  ),
  refused(
    'varde_courier',
    'the courier writes an intent',
    '42501',
    `insert into delivery.attempt (dispatch_id, recipient_id, channel, attempt, provider, mode, site_epoch, claimed_at, lease_until)
     values ('${id(101)}', 1, 'sms', 1, 'twilio', 'ACTUAL', 1, platform.clock(), platform.clock())`,
  ),
  refused('varde_courier', 'the courier adds a dispatch', '42501', dispatch(140, 1, 2)),
  refused('varde_courier', 'the courier approves', '42501', approval(11, 2, 'c')),
  refused(
    'varde_courier',
    'the courier suppresses',
    '42501',
    `select delivery.suppress('${id(101)}', 5, 'sms', 'x')`,
  ),
  refused(
    'varde_courier',
    'the courier opens the gate',
    '42501',
    'update delivery.gate set halted = false',
  ),
  refused(
    'varde_courier',
    'the courier calls release',
    '42501',
    `select delivery.release('all', '*', '${person('a')}', 'x')`,
  ),
  refused(
    'varde_courier',
    'the courier shortens the hold',
    '42501',
    'update delivery.setting set hold_seconds = 0',
  ),
  refused(
    'varde_courier',
    'the courier raises the epoch',
    '42501',
    'update delivery.site set epoch = 2',
  ),
  refused(
    'varde_migrate',
    'the owner rewrites an intent',
    '42501 append-only',
    `update delivery.attempt set provider = 'x'`,
  ),
  refused('varde_courier', 'wrong site epoch', '55000', claim(101, { epoch: 0 })),
  refused('varde_courier', 'no such dispatch', '23503 no such dispatch', claim(199)),
  answers(
    'varde_courier',
    'settle a row that was never claimed',
    'false',
    settle(101, 1, 'delivered'),
  ),
  answers('varde_courier', 'claim from a lane that is empty', '0', claim(101, { class: 0 })),
  answers('varde_courier', 'claim nothing', '0', claim(101, { n: 0 })),
  answers('varde_courier', 'claim two', '2', claim(101, { n: 2 })),
  answers('varde_courier', 'accepted', 'true', settle(101, 1, 'accepted', 'ref-1')),
  answers('varde_courier', 'delivered', 'true', settle(101, 1, 'delivered')),
  answers('varde_courier', 'a late receipt lowers the state', 'false', settle(101, 1, 'accepted')),
  answers('varde_courier', 'the provider’s reference stays', 'ref-1', look(101, 1, 'provider_ref')),
  refused('varde_courier', 'settle to pending', '22023', settle(101, 1, 'pending')),
  refused('varde_courier', 'settle to suppressed', '22023', settle(101, 1, 'suppressed')),
  refused('varde_courier', 'settle to nothing', '22023', settle(101, 1, null)),
  answers(
    'varde_courier',
    'put back with an old attempt number',
    'false',
    putBack(101, 2, 0, true),
  ),
  answers('varde_courier', 'put back: certainly not taken', 'true', putBack(101, 2, 1, true)),
  answers('varde_courier', 'put back twice', 'false', putBack(101, 2, 1, true)),
  answers('varde_courier', 'claim it again', '1', claim(101, { n: 1 })),
  answers('varde_courier', 'unknown: ambiguous', 'true', settle(101, 2, 'ambiguous')),
  answers('varde_courier', 'an ordinary message is not resent', 'false', reissue(101, 2, 2, false)),
  answers(
    'varde_courier',
    'look-up that says nothing is no proof',
    'false',
    reissue(101, 2, 2, null),
  ),
  answers('varde_courier', 'look-up of an older attempt', 'false', reissue(101, 2, 1, true)),
  answers(
    'varde_courier',
    'look-up proves that the provider has it not',
    'true',
    reissue(101, 2, 2, true),
  ),
  answers('varde_courier', '… no flag', 'false', look(101, 2, 'possible_duplicate')),
  answers('varde_courier', '… not twice', 'false', reissue(101, 2, 2, true)),
  answers('varde_courier', 'claim what was missing', '1', claim(101, { n: 1 })),
  answers('varde_courier', 'accepted at last', 'true', settle(101, 2, 'accepted')),
  answers(
    'attack_app',
    'suppress what is already out',
    'false',
    `select delivery.suppress('${id(101)}', 1, 'sms', 'opted out')`,
  ),
  answers(
    'attack_app',
    'suppress',
    'true',
    `select delivery.suppress('${id(101)}', 5, 'sms', 'opted out')`,
  ),
  answers('varde_courier', 'settle a suppressed row', 'false', settle(101, 5, 'delivered')),
  answers('varde_courier', 'claim class 0', '1', claim(120, { class: 0 })),
  answers(
    'varde_courier',
    'claim a push',
    '1',
    claim(120, { class: 1, channel: 'push', provider: 'fcm' }),
  ),
  later('31 seconds'),
  answers('varde_courier', 'put back after the lease', 'false', putBack(120, 3000, 1, true)),
  answers(
    'varde_courier',
    'dead process: this one’s two, and the exercise’s',
    '3',
    'select delivery.expire_leases(100)',
  ),
  answers('varde_courier', '… an SMS is ambiguous', 'ambiguous', look(120, 3000)),
  answers('varde_courier', '… a push may go again', 'pending', look(120, 3001)),
  later('0'),
  answers('varde_courier', 'safety-critical: once more', 'true', reissue(120, 3000, 1, false)),
  answers('varde_courier', 'it is flagged', 'true', look(120, 3000, 'possible_duplicate')),
  answers('varde_courier', 'claim the resend', '1', claim(120, { class: 0 })),
  answers('varde_courier', 'unknown again', 'true', settle(120, 3000, 'ambiguous')),
  answers('varde_courier', 'not a third time', 'false', reissue(120, 3000, 2, false)),
];

const claimed = { n: 1, class: 2 } as const;
const putBackAfter = (from: number, to: number, called: boolean | null): string =>
  all(
    ...Array.from({ length: to - from + 1 }, (_, n) =>
      all(claim(110, claimed), putBack(110, 3002, from + n, called)),
    ),
  );

/** §2.4: how much one claim takes; five tries. */
export const lanes: readonly Step[] = [
  allowed(
    'attack_app',
    '60 rows of class 1, 800 of class 3, one of class 2',
    all(deliveries(110, 'id between 4001 and 4060 or id between 101 and 900'), delivery(110, 3002)),
  ),
  answers(
    'varde_courier',
    'critical lane: 500 asked, 20 given',
    '20',
    claim(110, { n: 500, class: 1 }),
  ),
  answers('varde_courier', 'bulk lane: 1,000 asked, 500 given', '500', claim(110, { n: 1000 })),
  answers('varde_courier', 'the rest of it', '300', claim(110, { n: 1000 })),
  answers('varde_courier', 'nothing of class 0', '0', claim(110, { n: 1000, class: 0 })),
  allowed('varde_courier', 'six times handed back uncalled', putBackAfter(1, 6, false)),
  answers('varde_courier', '… it may still go', 'pending', look(110, 3002)),
  allowed('varde_courier', 'four times not taken', putBackAfter(7, 10, true)),
  answers('varde_courier', '… it may still go', 'pending', look(110, 3002)),
  allowed(
    'varde_courier',
    'a fifth time; who does not say counts as called',
    putBackAfter(11, 11, null),
  ),
  answers('varde_courier', '… it has failed', 'failed', look(110, 3002)),
  answers('varde_courier', '… and says why', 'five-tries', look(110, 3002, 'failed_because')),
];
