import { allowed, answers, arranged, later, refused, type Step } from './attack';
import {
  all,
  approval,
  claim,
  delivery,
  dispatch,
  id,
  look,
  message,
  person,
  settle,
  version,
} from './sql';

const ref = (recipient: number): string =>
  `(select ref from delivery.attempt where dispatch_id = '${id(190)}' and recipient_id = ${recipient})`;
const unknownRef = '20000000-0000-4000-8000-000000000001';
const otherUnknownRef = '20000000-0000-4000-8000-000000000002';
const receipt = (of: string, status: string, state: string | null, provider = 'twilio'): string =>
  `select delivery.record_receipt(${of}, '${provider}', 'SM-1', '${status}', null, ${state === null ? 'null' : `'${state}'`})`;
const map = '{"sent": "accepted", "delivered": "delivered", "undelivered": "failed"}';
const adopt = `select delivery.adopt_receipts(100, '${map}')`;
const newIntent = (of: string, recipient: number): string =>
  `insert into delivery.attempt (ref, dispatch_id, recipient_id, channel, attempt, provider, mode, site_epoch, claimed_at, lease_until)
   values ('${of}', '${id(190)}', ${recipient}, 'sms', 1, 'twilio', 'ACTUAL', 1, platform.clock(), platform.clock())`;
const settleMany = (recipients: string, states: string): string =>
  `select delivery.settle_many('${id(190)}', 'sms', '${recipients}', '${states}', '{r1,r2,r3}', '{null,unreachable,null}')`;

/** settle_many, and S-11, DL-3, DL-4: receipts. */
export const receipts: readonly Step[] = [
  allowed(
    'attack_app',
    'a message with eight rows',
    all(
      message(90, { incident: 990 }),
      version(90, 1, 'a'),
      approval(90, 1, 'b'),
      dispatch(190, 90, 1, { incident: 990 }),
    ),
  ),
  allowed(
    'attack_app',
    'its rows',
    all(...[11, 12, 13, 14, 15, 16, 17, 18].map((n) => delivery(190, n))),
  ),
  answers('varde_courier', 'seven go', '7', claim(190, { n: 7 })),
  answers(
    'varde_courier',
    'each under a reference of its own',
    '7',
    `select count(distinct ref) from delivery.attempt where dispatch_id = '${id(190)}'`,
  ),
  answers(
    'varde_courier',
    'three settled at once',
    '3',
    settleMany('{11,12,13}', '{accepted,failed,ambiguous}'),
  ),
  answers(
    'varde_courier',
    '… each with its own',
    'accepted r1,failed r2 unreachable,ambiguous r3',
    `select string_agg(concat_ws(' ', state, provider_ref, failed_because), ',' order by recipient_id) from delivery.delivery
      where dispatch_id = '${id(190)}' and recipient_id between 11 and 13`,
  ),
  answers('varde_courier', 'at once, and back', '0', settleMany('{11,12}', '{ambiguous,accepted}')),
  answers(
    'varde_courier',
    'at once, what was never claimed',
    '0',
    settleMany('{18}', '{accepted}'),
  ),
  refused(
    'varde_courier',
    'at once, to pending',
    '22023',
    settleMany('{11,12}', '{delivered,pending}'),
  ),
  refused(
    'varde_courier',
    'at once, to nothing',
    '22023',
    settleMany('{11,12}', '{delivered,null}'),
  ),
  refused(
    'varde_courier',
    'at once, with a state missing',
    '23502',
    settleMany('{14,15}', '{accepted}'),
  ),
  refused(
    'attack_app',
    'the application settles at once',
    '42501',
    settleMany('{11}', '{delivered}'),
  ),
  refused(
    'attack_app',
    'the application records a receipt',
    '42501',
    receipt(`'${unknownRef}'`, 'delivered', 'delivered'),
  ),
  refused(
    'attack_app',
    'the application writes a receipt',
    '42501',
    `insert into delivery.receipt (ref, provider, status, applied) values ('${unknownRef}', 'twilio', 'delivered', true)`,
  ),
  refused(
    'varde_courier',
    'the courier writes a receipt by hand',
    '42501',
    `insert into delivery.receipt (ref, provider, status, applied) values ('${unknownRef}', 'twilio', 'delivered', true)`,
  ),
  refused(
    'varde_migrate',
    'the owner takes a receipt away',
    '42501 append-only',
    all(`select ${receipt(ref(14), 'queued', null).slice(7)}`, 'delete from delivery.receipt'),
  ),
  answers(
    'varde_courier',
    'a receipt without news is kept',
    'kept',
    receipt(ref(14), 'queued', null),
  ),
  answers(
    'varde_courier',
    'a receipt before our own commit',
    'applied',
    receipt(ref(14), 'delivered', 'delivered'),
  ),
  answers('varde_courier', '… our own answer comes late', 'false', settle(190, 14, 'accepted')),
  answers(
    'varde_courier',
    'the same receipt again',
    'kept',
    receipt(ref(14), 'delivered', 'delivered'),
  ),
  answers(
    'varde_courier',
    'undelivered after delivered',
    'kept',
    receipt(ref(14), 'undelivered', 'failed'),
  ),
  answers('varde_courier', '… it stays', 'delivered', look(190, 14)),
  answers(
    'postgres',
    '… all four are kept',
    '4',
    `select count(*) from delivery.receipt where ref = ${ref(14)}`,
  ),
  answers(
    'varde_courier',
    'delivered after failed knows better',
    'applied',
    receipt(ref(12), 'delivered', 'delivered'),
  ),
  answers(
    'varde_courier',
    '… and no reason of failure stays',
    'nothing',
    look(190, 12, 'failed_because'),
  ),
  answers(
    'varde_courier',
    'another provider’s receipt',
    'kept',
    receipt(ref(15), 'delivered', 'delivered', 'smsc'),
  ),
  answers('varde_courier', '… moves nothing', 'sending', look(190, 15)),
  refused(
    'varde_courier',
    'a receipt that says pending',
    '22023',
    receipt(ref(15), 'x', 'pending'),
  ),
  answers('varde_courier', 'a receipt moves its own row only', 'sending', look(190, 16)),
  answers(
    'varde_courier',
    'a foreign reference',
    'unknown',
    receipt(`'${unknownRef}'`, 'delivered', 'delivered'),
  ),
  answers(
    'postgres',
    '… is kept',
    '1',
    `select count(*) from delivery.receipt where not known and not applied and ref = '${unknownRef}'`,
  ),
  answers(
    'varde_courier',
    '… twice',
    'unknown',
    receipt(`'${unknownRef}'`, 'delivered', 'delivered'),
  ),
  answers(
    'varde_courier',
    '… by another provider',
    'unknown',
    receipt(`'${otherUnknownRef}'`, 'delivered', 'delivered', 'smsc'),
  ),
  answers('varde_courier', 'nothing to adopt yet', '0', adopt),
  // A transaction that the receipt had overtaken commits.
  arranged(newIntent(unknownRef, 16)),
  arranged(newIntent(otherUnknownRef, 17)),
  answers('varde_courier', 'adopted: one each', '2', adopt),
  answers('varde_courier', '… applied', 'delivered', look(190, 16)),
  answers('varde_courier', '… not from another provider', 'sending', look(190, 17)),
  answers(
    'postgres',
    '… and that is said',
    'false',
    `select applied from delivery.receipt where known and ref = '${otherUnknownRef}'`,
  ),
  answers('varde_courier', 'adopted once', '0', adopt),
  answers(
    'varde_courier',
    'an old unknown one',
    'unknown',
    receipt(`'${unknownRef.replace(/1$/, '3')}'`, 'delivered', 'delivered'),
  ),
  arranged(newIntent(unknownRef.replace(/1$/, '3'), 15)),
  later('24 hours 1 second'),
  answers('varde_courier', 'after a day nothing is adopted', '0', adopt),
  later('0'),
];

const snapshot = id(700);
const member = (contact: number, lane: number, isExercise: boolean): string =>
  `insert into audience.snapshot_member (snapshot_id, contact_id, customer_n, class, is_exercise, is_out, on_recovery, channel, language, country, grp, address_hmac)
   values ('${snapshot}', ${contact}, 1, ${lane}, ${isExercise}, true, false, 'sms', 'nb', 'NO', 'newly-hit', '${contact}')`;
const enrol = (lane: number): string => `select delivery.enrol('${snapshot}', ${lane}, 0, 9999)`;

/** Recipients come from the audience's snapshot alone. */
export const enrolment: readonly Step[] = [
  refused(
    'attack_app',
    'enter a recipient by hand',
    '42501',
    'insert into delivery.recipient values (5001, 0, false)',
  ),
  refused(
    'attack_app',
    'change a recipient’s class',
    '42501',
    'update delivery.recipient set class = 0 where id = 1',
  ),
  refused('attack_app', 'write into the snapshot', '42501', member(5001, 0, false)),
  refused('varde_courier', 'the courier enrols', '42501', enrol(0)),
  arranged(
    all(
      member(5001, 0, false),
      member(5002, 3, true),
      member(5003, 3, false),
      member(1, 2, false),
      member(2001, 3, false),
    ),
  ),
  allowed('attack_app', 'enrol the critical ones', enrol(0)),
  answers(
    'attack_app',
    '… them alone',
    '1',
    'select count(*) from delivery.recipient where id between 5001 and 5003',
  ),
  allowed('attack_app', 'enrol the private ones, twice', all(enrol(3), enrol(3))),
  answers(
    'attack_app',
    '… as the snapshot says',
    '0 false,3 true,3 false',
    `select string_agg(class || ' ' || is_exercise, ',' order by id) from delivery.recipient where id between 5001 and 5003`,
  ),
  answers(
    'attack_app',
    'an exercise recipient stays one',
    'true',
    'select is_exercise from delivery.recipient where id = 2001',
  ),
  allowed('attack_app', 'a customer has become a business', enrol(2)),
  answers(
    'attack_app',
    '… in earlier deliveries too',
    '2',
    `select distinct class from delivery.delivery where recipient_id = 1`,
  ),
];

const notice = (n: number): string =>
  `insert into delivery.notice (id, person_id, channel, kind, facts) values ('${id(n)}', '${person('g')}', 'sms', 'approval-wanted', '{}')`;
const settleNotice = (n: number, attempt: number, state: string | null): string =>
  `select delivery.settle_notice('${id(n)}', ${attempt}, ${state === null ? 'null' : `'${state}'`}, 'SM-2', platform.clock())`;
const claimNotices = 'select count(*) from delivery.claim_notices(20)';
const noticeState = (n: number): string =>
  `select state from delivery.notice where id = '${id(n)}'`;

/** Words to the staff keep the same order: intent before effect. */
export const notices: readonly Step[] = [
  refused(
    'attack_app',
    'a notice born accepted',
    '42501',
    notice(801).replace('facts)', 'facts, state)').replace(`'{}')`, `'{}', 'accepted')`),
  ),
  allowed('attack_app', 'two notices', all(notice(801), notice(802))),
  refused('attack_app', 'the application claims notices', '42501', claimNotices),
  refused('attack_app', 'the application settles one', '42501', settleNotice(801, 1, 'accepted')),
  refused('varde_courier', 'the courier invents a notice', '42501', notice(803)),
  answers('varde_courier', 'settle before the claim', 'false', settleNotice(801, 0, 'accepted')),
  answers('varde_courier', 'claim both', '2', claimNotices),
  answers('varde_courier', 'claim them again', '0', claimNotices),
  answers('varde_courier', 'settle another attempt', 'false', settleNotice(801, 2, 'accepted')),
  refused(
    'varde_courier',
    'settle to an unknown state',
    '22023',
    settleNotice(801, 1, 'delivered'),
  ),
  refused('varde_courier', 'settle to nothing', '22023', settleNotice(801, 1, null)),
  answers('varde_courier', 'accepted', 'true', settleNotice(801, 1, 'accepted')),
  answers('varde_courier', 'accepted twice', 'false', settleNotice(801, 1, 'accepted')),
  answers('varde_courier', 'not taken: back', 'true', settleNotice(802, 1, 'pending')),
  answers('varde_courier', 'it is claimed again', '1', claimNotices),
  later('31 seconds'),
  answers('varde_courier', 'its process died', '1', 'select delivery.expire_notices()'),
  answers('varde_courier', '… nobody knows', 'ambiguous', noticeState(802)),
  answers('varde_courier', '… and it is not sent again', '0', claimNotices),
  later('0'),
  allowed('attack_app', 'a notice that nobody takes', notice(804)),
  ...[1, 2, 3, 4, 5].flatMap((attempt): Step[] => [
    answers('varde_courier', `try ${attempt}`, '1', claimNotices),
    answers(
      'varde_courier',
      `not taken, ${attempt}`,
      'true',
      settleNotice(804, attempt, 'pending'),
    ),
  ]),
  answers('varde_courier', 'after five tries it has failed', 'failed', noticeState(804)),
];
