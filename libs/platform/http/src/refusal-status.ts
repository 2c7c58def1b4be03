import type { Refusal } from '@varde/kernel';

/** Statuses of refusals whose code says less than the status should. Everything else follows the rules below. */
const statusOf: Readonly<Record<string, number>> = {
  // Who are you?
  'sign-in-missing': 401,
  'token-unreadable': 401,
  'token-algorithm-refused': 401,
  'token-key-unknown': 401,
  'token-signature-wrong': 401,
  'token-expired': 401,
  'token-not-yet-valid': 401,
  'token-of-another-issuer': 401,
  'token-for-another-audience': 401,
  'token-of-another-client': 401,
  'token-of-another-kind': 401,
  'token-incomplete': 401,
  // RFC 9470: the sign-in is good, but not good enough.
  'fresh-sign-in-needed': 401,
  'sign-in-unavailable': 503,
  // You are known, and may not.
  'account-unknown': 403,
  'right-missing': 403,
  'route-closed': 403,
  'approver-is-author': 403,
  'approver-submitted': 403,
  'policy-approver-is-author': 403,
  'template-approver-is-author': 403,
  'approved-already-by-you': 403,
  'release-by-same-person': 403,
  'editor-returned-it': 403,
  'exercise-reaches-real': 403,
  'not-a-sandbox': 403,
  'signature-wrong': 403,
  // You looked at something that has changed since.
  'another-version-was-read': 412,
  'edited-meanwhile': 412,
  'reach-not-confirmed': 412,
  stale: 412,
  // The state of the thing does not allow it now.
  'approvals-missing': 409,
  'approval-too-long': 422,
  'audience-larger-than-approved': 409,
  'class-outside-policy': 409,
  'dispatched-already': 409,
  embargo: 409,
  'message-expired': 409,
  'message-replaced': 409,
  'replaces-another-incident': 409,
  'replaces-itself': 409,
  'too-late-to-replace': 409,
  'no-release-request': 409,
  'not-halted': 409,
  'outside-policy': 409,
  'policy-expired': 409,
  'policy-fired-already': 409,
  'policy-not-approved': 409,
  // What was sent is understood and wrong.
  'too-large': 413,
  'content-incomplete': 422,
  'fields-do-not-fit': 422,
};

const rules: readonly (readonly [RegExp, number])[] = [
  // Our own keys and bytes: nothing that the caller could do better.
  [/^address-(?:keys?-|unreadable$|key-)/, 500],
  [/(?:^no-such-|-not-found$)/, 404],
  [/^(?:incident|message|template|policy|dispatch|exercise|source|person|snapshot)-unknown$/, 404],
  [/(?:-approver-is-author|-is-author|-by-same-person)$/, 403],
  [/(?:-stale|-meanwhile)$/, 412],
  [/-already(?:-|$)|-(?:not-allowed|closed|ended|expired)$/, 409],
  [/(?:-unknown|-invalid|-malformed|-too-long|-too-short|-too-large|-missing|-unreadable)$/, 422],
  [/(?:-is-past|-has-passed|-in-future|-not-positive|-not-a-time|-needs-reason)$/, 422],
];

/**
 * The HTTP status of a refusal: the table, else a rule about the code's words, else 422 where a field is at fault and 409
 * where it is not.
 *
 * @source style §5; RFC 9110 §15.5; RFC 9470
 */
export function statusOfRefusal({ code, field }: Pick<Refusal, 'code' | 'field'>): number {
  const said = statusOf[code] ?? rules.find(([words]) => words.test(code))?.[1];
  // A code that names something unknown inside a body is no missing page.
  if (said === 404 && field !== undefined) return 422;
  return said ?? (field === undefined ? 409 : 422);
}

/** The codes that the table names, for a test that compares them with those in use. */
export const refusalCodesWithStatus: readonly string[] = Object.keys(statusOf);
