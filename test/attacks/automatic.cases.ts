import { allowed, later, refused, type Step } from './attack';
import { all, delivery, dispatch, id, message, person } from './sql';

const texts = '{"nb": {"sms": "Fault in {areas} until {until}"}}';

interface AutomaticWish {
  readonly texts?: string;
  readonly reach?: number;
  readonly channels?: string;
}

/** A version that is the template's, letter by letter. */
const filled = (k: number, fields: string, wish: AutomaticWish = {}): string =>
  `insert into communication.message_version
     (message_id, version, mode, texts, audience, reach, channels, template, template_version, fields, author, send_before)
   values ('${id(k)}', 1, 'ACTUAL', '${wish.texts ?? texts}', '{"classes": [0, 1]}', ${wish.reach ?? 2}, '${wish.channels ?? '{sms}'}',
           'outage', 1, '${fields}', '${person('a')}', platform.clock() + interval '1 hour')`;

interface FiringWish {
  readonly policy?: number;
  readonly occasion?: number;
}

/** A dispatch that nobody but a policy has approved. */
const fire = (d: number, k: number, incident: number, wish: FiringWish = {}): string =>
  `insert into communication.dispatch (id, message_id, version, mode, incident_id, approvers_needed, policy_id, template, template_version,
     started_by, occasion)
   values ('${id(d)}', '${id(k)}', 1, 'ACTUAL', '${id(incident)}', 1, '${id(wish.policy ?? 50)}', 'outage', 1, '${person('d')}', ${wish.occasion ?? 1})`;

const policy = (k: number, maxReach: number, life: string, channels = '{sms}'): string =>
  `insert into communication.dispatch_policy
     (id, template, template_version, template_author, classes, channels, max_reach, author, expires_at)
   values ('${id(k)}', 'outage', 1, '${person('a')}', '{0,1}', '${channels}', ${maxReach}, '${person('d')}', platform.clock() + interval '${life}')`;

const approvePolicy = (k: number, who: string): string =>
  `insert into communication.policy_approval (policy_id, author, template_author, approver)
   values ('${id(k)}', '${person('d')}', '${person('a')}', '${person(who)}')`;

const approveTemplate = (who: string): string =>
  `insert into communication.template_approval (template, version, author, approver)
   values ('outage', 1, '${person('a')}', '${person(who)}')`;

const good = '{"areas": "NO-46", "until": "2026-11-22T10:00Z"}';

/** A-6, and "once per incident and occasion" of invariants §2.1. */
export const automatic: readonly Step[] = [
  allowed(
    'attack_app',
    'template',
    `insert into communication.template_version (template, version, texts, field_types, author)
     values ('outage', 1, '${texts}', '{"areas": "areas", "until": "instant", "note?": "reference"}', '${person('a')}')`,
  ),
  refused('attack_app', 'a template approved by its author', '23514', approveTemplate('a')),
  allowed(
    'attack_app',
    'a template approved by two',
    all(approveTemplate('b'), approveTemplate('c')),
  ),
  refused('attack_app', 'a template approved twice by one', '23505', approveTemplate('b')),
  refused(
    'attack_app',
    'a template changed after its approval',
    '42501',
    `update communication.template_version set texts = '{"nb": {}}'`,
  ),
  refused('attack_app', 'policy above the ceiling', '23514', policy(51, 100_001, '90 d')),
  allowed('attack_app', 'policy', policy(50, 5000, '90 d')),
  refused('attack_app', 'policy approved by its author', '23514', approvePolicy(50, 'd')),
  refused(
    'attack_app',
    'policy approved by the author of the template',
    '23514',
    approvePolicy(50, 'a'),
  ),
  allowed('attack_app', 'e approves the policy', approvePolicy(50, 'e')),
  refused('attack_app', 'e approves the policy twice', '23505', approvePolicy(50, 'e')),
  allowed('attack_app', 'message', message(20, { incident: 920 })),
  refused(
    'attack_app',
    'free text in a field',
    '23514 fields',
    filled(20, '{"areas": "call evil.example now", "until": "2026-11-22T10:00Z"}'),
  ),
  refused(
    'attack_app',
    'an address of a page in a field',
    '23514 fields',
    filled(20, good.replace('}', ', "note": "https://evil.example"}')),
  ),
  refused(
    'attack_app',
    'a second line in a field',
    '23514 fields',
    filled(20, '{"areas": "NO-46\\nhello", "until": "2026-11-22T10:00Z"}'),
  ),
  refused(
    'attack_app',
    'a field too many',
    '23514 fields',
    filled(20, good.replace('}', ', "more": "1"}')),
  ),
  refused(
    'attack_app',
    'an optional field under the name of its type',
    '23514 fields',
    filled(20, good.replace('}', ', "note?": "1"}')),
  ),
  refused('attack_app', 'a field missing', '23514 fields', filled(20, '{"areas": "NO-46"}')),
  refused(
    'attack_app',
    'a field that is no text',
    '23514 fields',
    filled(20, '{"areas": {"x": 1}, "until": "2026-11-22T10:00Z"}'),
  ),
  refused(
    'attack_app',
    'a field that is null',
    '23514 fields',
    filled(20, '{"areas": null, "until": "2026-11-22T10:00Z"}'),
  ),
  refused('attack_app', 'fields that are no object', '23514 fields', filled(20, '[]')),
  refused(
    'attack_app',
    'text edited away from the template',
    '23503',
    filled(20, good, { texts: '{"nb": {"sms": "hello"}}' }),
  ),
  allowed('attack_app', 'typed fields', filled(20, good.replace('}', ', "note": "INC-7"}'))),
  refused(
    'attack_app',
    'policy with one approval',
    '23514 policy is not approved',
    fire(120, 20, 920),
  ),
  allowed('attack_app', 'f approves the policy', approvePolicy(50, 'f')),
  allowed('attack_app', 'automatic dispatch', fire(120, 20, 920)),
  allowed('attack_app', 'second message of the same incident', message(21, { incident: 920 })),
  allowed('attack_app', 'its version', filled(21, good)),
  allowed('attack_app', 'a policy for one minute', policy(52, 5000, '1 minute')),
  allowed('attack_app', 'two approve it', all(approvePolicy(52, 'e'), approvePolicy(52, 'f'))),
  later('2 minutes'),
  refused(
    'attack_app',
    'expired policy',
    '23514 policy has expired',
    fire(124, 21, 920, { policy: 52 }),
  ),
  later('0'),
  refused(
    'attack_app',
    'a policy that is not there',
    '23514 policy has expired',
    fire(124, 21, 920, { policy: 59 }),
  ),
  refused('attack_app', 'a policy fires twice on one occasion', '23505', fire(121, 21, 920)),
  refused(
    'attack_app',
    'a dispatch says another occasion than its message',
    '23503',
    fire(121, 21, 920, { occasion: 2 }),
  ),
  allowed(
    'attack_app',
    'a message on the next occasion',
    all(message(23, { incident: 920, occasion: 2 }), filled(23, good)),
  ),
  allowed(
    'attack_app',
    'the policy fires on the next occasion',
    fire(125, 23, 920, { occasion: 2 }),
  ),
  allowed(
    'attack_app',
    'a second message on that occasion',
    all(message(24, { incident: 920, occasion: 2 }), filled(24, good)),
  ),
  refused(
    'attack_app',
    '… the policy does not fire again',
    '23505',
    fire(126, 24, 920, { occasion: 2 }),
  ),
  refused(
    'attack_app',
    'an occasion before the first',
    '23514',
    message(25, { incident: 920, occasion: 0 }),
  ),
  allowed('attack_app', 'message with a large reach', message(22, { incident: 922 })),
  allowed('attack_app', 'reach 5,001', filled(22, good, { reach: 5001 })),
  refused('attack_app', 'reach above the policy', '23514 outside the policy', fire(122, 22, 922)),
  allowed(
    'attack_app',
    'message on another channel',
    all(message(26, { incident: 923 }), filled(26, good, { channels: '{sms,email}' })),
  ),
  refused(
    'attack_app',
    'a channel outside the policy',
    '23514 outside the policy',
    fire(127, 26, 923),
  ),
  allowed(
    'attack_app',
    'a policy for social media',
    all(policy(53, 5000, '1 hour', '{sms,social}'), approvePolicy(53, 'e'), approvePolicy(53, 'f')),
  ),
  allowed(
    'attack_app',
    'a message for social media',
    all(message(27, { incident: 924 }), filled(27, good, { channels: '{social}' })),
  ),
  refused('attack_app', 'social media by a policy', '23503', fire(128, 27, 924, { policy: 53 })),
  refused(
    'attack_app',
    '… with the tier told as it is',
    '23514 new row for relation "dispatch"',
    fire(128, 27, 924, { policy: 53 }).replace(`', 1, '${id(53)}'`, `', 2, '${id(53)}'`),
  ),
  refused('attack_app', 'hand-written text under a policy', '23503', fire(123, 2, 900)),
  refused(
    'attack_app',
    'a policy and an approval at once',
    '23514 new row for relation "dispatch"',
    fire(123, 21, 920, { policy: 50 })
      .replace('policy_id,', 'first_approval, policy_id,')
      .replace(`'${id(50)}'`, `1, '${id(50)}'`),
  ),
  refused(
    'attack_app',
    'an automatic dispatch turned into an approved one',
    '23514 approvals missing',
    dispatch(123, 21, 1, { incident: 920 }),
  ),
  allowed(
    'attack_app',
    'row of class 0, row of class 1',
    all(delivery(120, 3000), delivery(120, 3001, { channel: 'push' })),
  ),
  refused(
    'attack_app',
    'private customer under a class 0/1 policy',
    '23514 recipient class',
    delivery(120, 1),
  ),
];
