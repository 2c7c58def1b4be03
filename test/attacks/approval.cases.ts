import { allowed, later, refused, underOldSnapshot, type Step } from './attack';
import { approval, claim, dispatch, halt, id, message, person, version } from './sql';

/** A-1 …: one approver, append-only, the window, the isolation level. */
export const oneApprover: readonly Step[] = [
  allowed('attack_app', 'message', message(1)),
  allowed('attack_app', 'a writes v1', version(1, 1, 'a')),
  refused(
    'attack_app',
    'dispatch without approval',
    '23514 approvals missing',
    dispatch(101, 1, 1),
  ),
  refused('attack_app', 'self-approval', '23514 approver wrote', approval(1, 1, 'a')),
  refused('attack_app', 'forged author', '23503', approval(1, 1, 'b', { author: 'c' })),
  refused('attack_app', 'wrong hash', '23503', approval(1, 1, 'b', { hash: '\\x00' })),
  refused(
    'attack_app',
    'approver confirmed another reach',
    '23503',
    approval(1, 1, 'b', { reach: 11 }),
  ),
  refused(
    'attack_app',
    'approval for more than 4 h',
    '23514 an approval lives',
    approval(1, 1, 'b', { life: '4 hours 1 second' }),
  ),
  refused(
    'attack_app',
    'EXERCISE approval of an ACTUAL version',
    '23503',
    approval(1, 1, 'b', { mode: 'EXERCISE' }),
  ),
  allowed('attack_app', 'b edits: v2', version(1, 2, 'b')),
  refused('attack_app', 'version gap', '23514 version must', version(1, 4, 'b')),
  refused('attack_app', 'editor approves own v2', '23514 approver wrote', approval(1, 2, 'b')),
  refused('attack_app', 'author of v1 approves v2', '23514 approver wrote', approval(1, 2, 'a')),
  refused('attack_app', 'approve the stale v1', '23514 not the latest', approval(1, 1, 'c')),
  allowed('attack_app', 'c approves v2', approval(1, 2, 'c')),
  refused(
    'attack_app',
    'set the ordinal of an approval',
    '42501',
    `insert into communication.approval (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at, ordinal)
     select message_id, version, mode, content_sha256, author, reach, '${person('d')}', platform.clock() + interval '1 h', 2
       from communication.message_version where message_id = '${id(1)}' and version = 2`,
  ),
  refused(
    'attack_app',
    'set the time of an approval',
    '42501',
    `insert into communication.approval (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at, approved_at)
     select message_id, version, mode, content_sha256, author, reach, '${person('d')}', platform.clock() + interval '9 h', platform.clock() + interval '6 h'
       from communication.message_version where message_id = '${id(1)}' and version = 2`,
  ),
  refused(
    'attack_app',
    'update an approved text',
    '42501',
    `update communication.message_version set texts = '{"nb": {}}'`,
  ),
  refused('attack_app', 'delete an approval', '42501', 'delete from communication.approval'),
  refused('attack_app', 'truncate approvals', '42501', 'truncate communication.approval cascade'),
  refused(
    'postgres',
    'even a superuser does not change a version',
    '42501 append-only',
    'update communication.message_version set reach = 1',
  ),
  refused(
    'varde_migrate',
    'even the owner does not change a version',
    '42501 append-only',
    'update communication.message_version set reach = 1',
  ),
  refused(
    'varde_migrate',
    'even the owner does not delete an approval',
    '42501 append-only',
    'delete from communication.approval',
  ),
  refused(
    'postgres',
    'even a superuser does not truncate',
    '42501 append-only',
    'truncate communication.dispatch cascade',
  ),
  refused(
    'varde_migrate',
    'even the owner does not truncate',
    '42501 append-only',
    'truncate communication.message cascade',
  ),
  refused(
    'attack_app',
    'change the mode',
    '42501',
    `update communication.message set mode = 'EXERCISE'`,
  ),
  refused(
    'attack_app',
    'version mode is not the message mode',
    '23503',
    version(1, 3, 'a', { mode: 'TEST' }),
  ),
  refused(
    'attack_app',
    'switch a trigger off',
    '42501',
    'alter table communication.approval disable trigger all',
  ),
  refused(
    'attack_app',
    'switch all triggers off',
    '42501',
    'set session_replication_role = replica',
  ),
  refused(
    'attack_app',
    'replace the clock',
    '42501',
    `create or replace function platform.clock() returns timestamptz language sql as $f$ select now() - interval '9 h' $f$`,
  ),
  refused('attack_app', 'move the clock', '42501', `update platform.test_clock set shift = '-9 h'`),
  refused('attack_app', 'create a schema', '42501', 'create schema mine'),
  refused(
    'attack_app',
    'create a table in a schema of ours',
    '42501',
    'create table communication.mine (n int)',
  ),
  refused(
    'attack_app',
    'a temporary table in place of message_version',
    '23514 a newer version',
    `create temp table message_version (message_id uuid, version int, author uuid); ${dispatch(101, 1, 1)}`,
  ),
  refused('attack_app', 'empty audience', '23514', version(1, 3, 'a', { audience: '{}' })),
  refused('attack_app', 'null audience', '23514', version(1, 3, 'a', { audience: 'null' })),
  refused('attack_app', 'reach 0', '23514', version(1, 3, 'a', { reach: 0 })),
  refused('attack_app', 'no channel', '23514', version(1, 3, 'a', { channels: '{}' })),
  refused(
    'attack_app',
    'a field in a hand-written text',
    '23514 fields',
    version(1, 3, 'a', { fields: '{"areas": "NO-46"}' }),
  ),
  refused(
    'attack_app',
    'dispatch says EXERCISE',
    '23503',
    dispatch(101, 1, 2, { mode: 'EXERCISE' }),
  ),
  refused(
    'attack_app',
    'dispatch names another incident',
    '23503',
    dispatch(101, 1, 2, { incident: 901 }),
  ),
  refused(
    'attack_app',
    'dispatch names another occasion',
    '23503',
    dispatch(101, 1, 2, { occasion: 2 }),
  ),
  allowed('attack_app', 'dispatch v2', dispatch(101, 1, 2)),
  refused('attack_app', 'dispatch v2 twice', '23505', dispatch(102, 1, 2)),
  allowed('attack_app', 'message', message(2)),
  allowed('attack_app', 'v1', version(2, 1, 'a', { life: '9 hours' })),
  allowed('attack_app', 'approval for 4 h', approval(2, 1, 'b', { life: '4 hours' })),
  later('4 hours 1 second'),
  refused('attack_app', 'dispatch after 4 h 1 s', '23514 approvals missing', dispatch(103, 2, 1)),
  later('0'),
  allowed('attack_app', 'embargoed press message', message(3)),
  allowed('attack_app', 'v1', version(3, 1, 'a', { embargo: '30 minutes' })),
  allowed('attack_app', 'approve', approval(3, 1, 'b')),
  refused('attack_app', 'dispatch before the embargo', '23514 embargo', dispatch(104, 3, 1)),
  later('31 minutes'),
  allowed('attack_app', 'dispatch after the embargo', dispatch(104, 3, 1)),
  later('0'),
  ...underOldSnapshot([
    refused('attack_app', 'version under an old snapshot', '25000', version(1, 3, 'a')),
    refused('attack_app', 'approve under an old snapshot', '25000', approval(1, 2, 'd')),
    refused('attack_app', 'dispatch under an old snapshot', '25000', dispatch(105, 1, 2)),
    refused(
      'attack_app',
      'replace under an old snapshot',
      '25000',
      `insert into communication.supersession values ('${id(2)}', '${id(1)}')`,
    ),
    refused('varde_courier', 'claim under an old snapshot', '25000', claim(101)),
    refused('varde_gate', 'halt under an old snapshot', '25000', halt('all', '*')),
  ]),
];

const large = { needed: 2, incident: 910 } as const;
const withoutTrigger = 'alter table communication.dispatch disable trigger guard';

/** over 100,000, a whole country, press and social media. */
export const twoApprovers: readonly Step[] = [
  allowed('attack_app', 'large message', message(10, { incident: 910 })),
  allowed('attack_app', 'reach 100,001', version(10, 1, 'a', { reach: 100_001 })),
  allowed('attack_app', 'b approves', approval(10, 1, 'b')),
  refused(
    'attack_app',
    'one approval where two are needed',
    '23514 approvals missing',
    dispatch(110, 10, 1, large),
  ),
  refused(
    'attack_app',
    'claim the cheaper tier',
    '23514 approvals missing',
    dispatch(110, 10, 1, { incident: 910 }),
  ),
  // The second wall: without the trigger, the foreign keys still refuse.
  { kind: 'arranged', sql: withoutTrigger },
  refused('attack_app', 'no trigger: dispatch without approval', '23503', dispatch(109, 1, 1)),
  refused(
    'attack_app',
    'no trigger: one approval where two are needed',
    '23503',
    dispatch(110, 10, 1, large),
  ),
  refused(
    'attack_app',
    'no trigger: claim the cheaper tier',
    '23503',
    dispatch(110, 10, 1, { incident: 910 }),
  ),
  { kind: 'arranged', sql: withoutTrigger.replace('disable', 'enable') },
  refused('attack_app', 'b approves twice', '23505', approval(10, 1, 'b')),
  refused(
    'attack_app',
    'the author as second approver',
    '23514 approver wrote',
    approval(10, 1, 'a'),
  ),
  allowed('attack_app', 'c approves', approval(10, 1, 'c')),
  refused('attack_app', 'a third approval', '23514', approval(10, 1, 'd')),
  refused(
    'attack_app',
    'leave the second approval out',
    '23514 new row for relation "dispatch"',
    dispatch(110, 10, 1, { ...large, second: null }),
  ),
  refused(
    'attack_app',
    'leave both approvals out',
    '23514 new row for relation "dispatch"',
    dispatch(110, 10, 1, { ...large, first: null, second: null }),
  ),
  refused(
    'attack_app',
    'name the same approval twice',
    '23514 new row for relation "dispatch"',
    dispatch(110, 10, 1, { ...large, second: 1 }),
  ),
  allowed('attack_app', 'dispatch with two', dispatch(110, 10, 1, large)),
  allowed('attack_app', 'whole country, social', message(11)),
  allowed(
    'attack_app',
    'v1 whole country',
    version(11, 1, 'a', { audience: '{"whole_country": true}' }),
  ),
  allowed('attack_app', 'b approves', approval(11, 1, 'b')),
  refused(
    'attack_app',
    'whole country with one approval',
    '23514 approvals missing: 2',
    dispatch(111, 11, 1),
  ),
  allowed('attack_app', 'v2 social', version(11, 2, 'a', { channels: '{sms,social}' })),
  allowed('attack_app', 'b approves', approval(11, 2, 'b')),
  refused(
    'attack_app',
    'social with one approval',
    '23514 approvals missing: 2',
    dispatch(111, 11, 2),
  ),
];

const sixtyThousand = { reach: 60_000 };

/** Invariants §2.1: a crowd split over several messages of one incident does not escape the second approver. */
export const sumOfAnHour: readonly Step[] = [
  allowed(
    'attack_app',
    'two messages of one incident',
    `${message(60, { incident: 960 })}; ${message(61, { incident: 960 })}`,
  ),
  allowed(
    'attack_app',
    '60,000 each',
    `${version(60, 1, 'a', sixtyThousand)}; ${version(61, 1, 'a', sixtyThousand)}`,
  ),
  allowed('attack_app', 'one approver each', `${approval(60, 1, 'b')}; ${approval(61, 1, 'b')}`),
  refused(
    'attack_app',
    'declare the first one small',
    '42501',
    dispatch(160, 60, 1, { incident: 960 })
      .replace('started_by,', 'elevated, started_by,')
      .replace(', null, ', ', null, false, '),
  ),
  refused(
    'attack_app',
    'name an earlier time',
    '42501',
    dispatch(160, 60, 1, { incident: 960 })
      .replace('started_by,', 'dispatched_at, started_by,')
      .replace(', null, ', `, null, '2020-01-01', `),
  ),
  allowed('attack_app', 'the first goes with one', dispatch(160, 60, 1, { incident: 960 })),
  refused(
    'attack_app',
    'the second with one',
    '23514 approvals missing: 2',
    dispatch(161, 61, 1, { incident: 960 }),
  ),
  allowed('attack_app', 'c approves the second', approval(61, 1, 'c')),
  refused(
    'attack_app',
    'the second approval left out',
    '23514 new row for relation "dispatch"',
    dispatch(161, 61, 1, { incident: 960 }),
  ),
  allowed(
    'attack_app',
    'the second goes with two',
    dispatch(161, 61, 1, { incident: 960, second: 2 }),
  ),
  // What two have approved does not count against the next one, what one has approved does.
  allowed(
    'attack_app',
    'a third message of 40,000',
    `${message(62, { incident: 960 })}; ${version(62, 1, 'a', { reach: 40_000 })}; ${approval(62, 1, 'b')}`,
  ),
  allowed('attack_app', 'exactly 100,000 with one', dispatch(162, 62, 1, { incident: 960 })),
  allowed(
    'attack_app',
    'a fourth message of 1',
    `${message(63, { incident: 960 })}; ${version(63, 1, 'a', { reach: 1, life: '3 hours' })}; ${approval(63, 1, 'b')}`,
  ),
  refused(
    'attack_app',
    '100,001 with one',
    '23514 approvals missing: 2',
    dispatch(163, 63, 1, { incident: 960 }),
  ),
  allowed(
    'attack_app',
    'another incident has a sum of its own',
    `${message(64, { incident: 961 })}; ${version(64, 1, 'a', sixtyThousand)}; ${approval(64, 1, 'b')}`,
  ),
  allowed('attack_app', '… and goes with one', dispatch(164, 64, 1, { incident: 961 })),
  later('60 minutes 1 second'),
  allowed(
    'attack_app',
    'after an hour the sum begins anew',
    dispatch(163, 63, 1, { incident: 960 }),
  ),
  later('0'),
];
