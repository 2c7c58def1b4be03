import type { Outcome } from '@varde/delivery-domain';
import type { Content } from '../channel';
import { casesOf, type ChannelRow, type LookUpCase } from '../channel.contract';
import type { SmtpBehaviour, SmtpMoment } from './smtp-peer.fixture';

/** Whom the contract sends to. */
export const mailTo = 'ingrid@bakeriet.example';
/** The mail of the contract. */
export const mailContent: Content & { kind: 'email' } = {
  kind: 'email',
  subject: 'Utfall ved Fjellvik',
  text: 'Vi har et utfall i nettet ved Fjellvik og retter feilen.',
  language: 'nb',
  thread: 'NO-2026-0042',
  isUrgent: false,
};

const says = (at: SmtpMoment, line: string): SmtpBehaviour => ({ does: 'say', at, line });
const named = `<${mailTo}> ${mailContent.subject}`; // a relay's words name people; an outcome must not

const notReached: Outcome = {
  kind: 'deferred',
  reason: 'not-connected',
  called: false,
  retryAfterMs: 2_000,
};
const brokenOff: Outcome = { kind: 'deferred', reason: 'not-connected', called: true };
const later: Outcome = { kind: 'deferred', reason: 'temporary-refusal', called: true };
const unknown: Outcome = { kind: 'ambiguous', reason: 'connection-lost' };

const rows: readonly ChannelRow<SmtpBehaviour>[] = [
  ['takes it', '250 after the final dot', { does: 'take' }, { kind: 'accepted' }],
  [
    'has no name that is known',
    'the look-up finds nothing',
    { does: 'have no name' },
    notReached,
    'connectMs',
  ],
  ['does not listen', 'the connection is refused', { does: 'not listen' }, notReached],
  [
    'does not listen',
    'it hangs before its greeting',
    { does: 'hang', at: 'connect' },
    notReached,
    'connectMs',
  ],
  [
    'does not listen',
    'it closes before its greeting',
    { does: 'close', at: 'connect' },
    notReached,
  ],
  ['fails at encryption', 'it speaks no TLS', { does: 'speak no TLS' }, notReached],
  ['is busy', '421 as its greeting', says('connect', '421 4.3.2 Too busy'), notReached],
  ['is busy', '421 to MAIL', says('mail', '421 4.3.2 Closing'), later],
  ['is busy', '450 to RCPT', says('rcpt', `450 4.2.1 ${named}`), later],
  ['is busy', '452 to DATA', says('data', '452 4.3.1 No room'), later],
  [
    'is busy',
    '451 after the final dot: it does not have the mail',
    says('dot', '451 4.3.0'),
    later,
  ],
  [
    'refuses for good',
    '550 to RCPT',
    says('rcpt', `550 5.1.1 ${named}`),
    { kind: 'rejected', reason: 'invalid-address', providerCode: '550' },
  ],
  [
    'refuses for good',
    '550 to MAIL: the sender is refused',
    says('mail', '550 5.7.1 Not you'),
    { kind: 'rejected', reason: 'refused', providerCode: '550' },
  ],
  [
    'refuses for good',
    '554 after the final dot',
    says('dot', `554 5.7.1 ${named}`),
    { kind: 'rejected', reason: 'refused', providerCode: '554' },
  ],
  ['breaks off after the request', 'a reset at MAIL', { does: 'reset', at: 'mail' }, brokenOff],
  ['breaks off after the request', 'it closes at RCPT', { does: 'close', at: 'rcpt' }, brokenOff],
  ['breaks off after the request', 'a reset at DATA', { does: 'reset', at: 'data' }, brokenOff],
  [
    'breaks off after the request',
    'a reset after the final dot: it may have the mail',
    { does: 'reset', at: 'dot' },
    unknown,
  ],
  [
    'breaks off after the request',
    'it closes after the final dot',
    { does: 'close', at: 'dot' },
    unknown,
  ],
  ['never answers', 'it hangs at EHLO', { does: 'hang', at: 'ehlo' }, notReached, 'callMs'],
  ['never answers', 'it hangs at MAIL', { does: 'hang', at: 'mail' }, brokenOff, 'callMs'],
  ['never answers', 'it hangs at RCPT', { does: 'hang', at: 'rcpt' }, brokenOff, 'callMs'],
  ['never answers', 'it hangs at DATA', { does: 'hang', at: 'data' }, brokenOff, 'callMs'],
  [
    'never answers',
    'it hangs after the final dot',
    { does: 'hang', at: 'dot' },
    unknown,
    'replyMs',
  ],
  ['answers garbage', 'words for a greeting', says('connect', 'Hello there'), notReached],
  ['answers garbage', 'words to MAIL', says('mail', 'Yes please'), brokenOff],
  ['answers garbage', 'words after the final dot', says('dot', 'Thank you'), unknown],
  ['answers garbage', '354 after the final dot', says('dot', '354 More'), unknown],
];

/** Every row of the table of outcomes, as mail meets it. @source invariants §4, column e-mail */
export const smtpCases = casesOf(rows);

/** Until the relay's log is connected, nobody can tell. */
export const smtpLookUps: readonly LookUpCase<SmtpBehaviour>[] = [
  { sentence: 'it has the mail', behaviour: { does: 'take' }, found: 'cannot-tell' },
  { sentence: 'it does not listen', behaviour: { does: 'not listen' }, found: 'cannot-tell' },
];
