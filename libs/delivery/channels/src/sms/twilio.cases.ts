import type { Outcome } from '@varde/delivery-domain';
import { casesOf, type ChannelRow, type LookUpCase } from '../channel.contract';
import type { TwilioBehaviour } from './twilio-peer.fixture';

/** Whom the contract sends to, and what. */
export const smsTo = '+4790000077';
/** The text of the contract. */
export const smsText = 'Utfall i nettet ved Fjellvik. Vi retter feilen.';

/** A message as Twilio shows it. */
const shown = {
  sid: 'SM00000000000000000000000000000001',
  status: 'queued',
  to: smsTo,
  body: smsText,
  date_created: 'Wed, 25 Nov 2026 12:00:00 +0000',
};

const answer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): TwilioBehaviour => ({ does: 'answer', status, body, headers });
const refusal = (status: number, code: number): TwilioBehaviour =>
  // Twilio's words name the number; an outcome must not.
  answer(status, { status, code, message: `The number ${smsTo} and "${smsText}" …` });

const deferred: Outcome = {
  kind: 'deferred',
  reason: 'not-connected',
  called: false,
  retryAfterMs: 2_000,
};
const busy: Outcome = { kind: 'deferred', reason: 'busy', called: false, retryAfterMs: 1_000 };
const ambiguous: Outcome = { kind: 'ambiguous', reason: 'no-answer' };
const broken: Outcome = { kind: 'ambiguous', reason: 'server-error' };

/** It takes everything. */
export const takes: TwilioBehaviour = answer(201, shown);

const rows: readonly ChannelRow<TwilioBehaviour>[] = [
  [
    'takes it',
    '201 and its name for the message',
    takes,
    { kind: 'accepted', providerRef: shown.sid },
  ],
  [
    'has no name that is known',
    'the look-up finds nothing',
    { does: 'have no name' },
    deferred,
    'connectMs',
  ],
  ['does not listen', 'the connection is refused', { does: 'not listen' }, deferred],
  ['fails at encryption', 'it speaks no TLS', { does: 'speak no TLS' }, deferred],
  [
    'fails at encryption',
    'it never answers the greeting of TLS',
    { does: 'hang at TLS' },
    deferred,
    'connectMs',
  ],
  ['is busy', '429, 20429', refusal(429, 20429), busy],
  ['is busy', '429 with words of a gateway', answer(429, 'Too many requests'), busy],
  [
    'is busy',
    '429 that says for how many seconds',
    answer(429, { code: 20429 }, { 'retry-after': '7' }),
    { ...busy, retryAfterMs: 7_000 },
  ],
  [
    'is busy',
    '429 that says until when',
    answer(429, '', {
      date: 'Wed, 25 Nov 2026 12:00:00 GMT',
      'retry-after': 'Wed, 25 Nov 2026 12:00:42 GMT',
    }),
    { ...busy, retryAfterMs: 42_000 },
  ],
  [
    'is busy',
    '429 that wants us to wait for an hour: five minutes',
    answer(429, '', { 'retry-after': '3600' }),
    { ...busy, retryAfterMs: 300_000 },
  ],
  ['is busy', '400, 21611: its queue is full', refusal(400, 21611), busy],
  ['is busy', '400, 30001: its queue is full', refusal(400, 30001), busy],
  [
    'is busy',
    '401: the key is wrong, which is our fault and nobody’s address',
    refusal(401, 20003),
    { kind: 'deferred', reason: 'our-account', called: false },
  ],
  [
    'refuses for good',
    '400, 21211: no such number',
    refusal(400, 21211),
    { kind: 'rejected', reason: 'invalid-address', providerCode: '21211' },
  ],
  [
    'refuses for good',
    '400, 21610: the number said stop',
    refusal(400, 21610),
    { kind: 'rejected', reason: 'opted-out-at-provider', providerCode: '21610' },
  ],
  [
    'refuses for good',
    '404 with a code that nobody knows',
    refusal(404, 29999),
    { kind: 'rejected', reason: 'refused', providerCode: '29999' },
  ],
  [
    'refuses for good',
    '403 without a code',
    answer(403, '<html>Forbidden</html>'),
    { kind: 'rejected', reason: 'refused', providerCode: '403' },
  ],
  ['breaks down', '500, 20500: it may have the message', refusal(500, 20500), broken],
  ['breaks down', '502 of a gateway before it', answer(502, '<html>Bad gateway</html>'), broken],
  ['breaks down', '503', answer(503, ''), broken],
  ['breaks down', '504', answer(504, ''), broken],
  ['breaks off after the request', 'a reset instead of an answer', { does: 'reset' }, ambiguous],
  ['breaks off after the request', 'the connection closes', { does: 'close' }, ambiguous],
  [
    'breaks off after the request',
    'a reset in the middle of 201',
    { does: 'cut its answer' },
    ambiguous,
  ],
  ['never answers', 'it has the request and is silent', { does: 'hang' }, ambiguous, 'callMs'],
  ['answers garbage', 'bytes that are no HTTP', { does: 'say', bytes: 'EHLO?\r\n\r\n' }, ambiguous],
  ['answers garbage', '201 with a page instead of JSON', answer(201, '<html>OK</html>'), ambiguous],
  ['answers garbage', '201 with JSON that is no object', answer(201, 'null'), ambiguous],
  ['answers garbage', '201 without a name for the message', answer(201, { to: smsTo }), ambiguous],
  [
    'answers garbage',
    '201 with the number where the name belongs',
    answer(201, { ...shown, sid: smsTo }),
    ambiguous,
  ],
  ['answers garbage', '302 to elsewhere', answer(302, ''), ambiguous],
];

/** Every row of the table of outcomes, as SMS meets it. @source invariants §4, column SMS */
export const twilioCases = casesOf(rows);

const list = (messages: readonly unknown[]): TwilioBehaviour =>
  answer(200, { messages, page: 0, page_size: 50, next_page_uri: null });

/** What a look-up may find. */
export const twilioLookUps: readonly LookUpCase<TwilioBehaviour>[] = [
  { sentence: 'it has the message', behaviour: list([shown]), found: 'found' },
  { sentence: 'it has none for this number', behaviour: list([]), found: 'missing' },
  {
    sentence: 'it has another text for this number',
    behaviour: list([{ ...shown, body: 'Noe annet' }]),
    found: 'missing',
  },
  {
    sentence: 'it shows fifty others, and there may be more',
    behaviour: list(Array.from({ length: 50 }, () => ({ ...shown, body: 'Noe annet' }))),
    found: 'cannot-tell',
  },
  {
    sentence: 'it shows a message without a time',
    behaviour: list([{ ...shown, date_created: null }]),
    found: 'cannot-tell',
  },
  {
    sentence: 'it shows something that is no message',
    behaviour: list([{ to: smsTo }]),
    found: 'cannot-tell',
  },
  { sentence: 'it breaks down', behaviour: refusal(500, 20500), found: 'no-answer' },
  { sentence: 'it is busy', behaviour: refusal(429, 20429), found: 'no-answer' },
  { sentence: 'it refuses our key', behaviour: refusal(401, 20003), found: 'no-answer' },
  {
    sentence: 'it never answers',
    behaviour: { does: 'hang' },
    found: 'no-answer',
    endedBy: 'callMs',
  },
  { sentence: 'it breaks off', behaviour: { does: 'reset' }, found: 'no-answer' },
  { sentence: 'it does not listen', behaviour: { does: 'not listen' }, found: 'no-answer' },
  {
    sentence: 'it answers with a page',
    behaviour: answer(200, '<html>OK</html>'),
    found: 'no-answer',
  },
  {
    sentence: 'it answers with JSON that is no list',
    behaviour: answer(200, { messages: 'none' }),
    found: 'no-answer',
  },
];
