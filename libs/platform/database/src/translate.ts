import { Refusal } from '@varde/kernel';

/** What PostgreSQL says of a statement that it refused. */
interface DatabaseError {
  readonly code: string;
  readonly message: string;
  readonly constraint?: string;
}

const databaseErrorOf = (cause: unknown): DatabaseError | undefined => {
  const inner = (cause as { driverError?: unknown } | undefined)?.driverError ?? cause;
  return typeof (inner as DatabaseError | undefined)?.code === 'string'
    ? (inner as DatabaseError)
    : undefined;
};

/**
 * The database's own refusals in the words of the domain: name of a constraint, or the beginning of a guard's message → code
 * and sentence. What is not in here is a fault, not a refusal.
 *
 * @source invariants §10; style §5
 */
const refusals: readonly { when: string; code: string; sentence: string }[] = [
  {
    when: 'approver wrote a version',
    code: 'approver-is-author',
    sentence: 'Whoever wrote a version of this message cannot approve it. Ask a colleague.',
  },
  {
    when: 'approver_is_not_author',
    code: 'approver-is-author',
    sentence: 'Whoever wrote a version of this message cannot approve it. Ask a colleague.',
  },
  {
    when: 'two_approvers_are_two_people',
    code: 'approved-already-by-you',
    sentence:
      'You have approved this version already. The second approval must come from another person.',
  },
  {
    when: 'not the latest version',
    code: 'another-version-was-read',
    sentence: 'A newer version of this message exists. Read it and approve that one.',
  },
  {
    when: 'a newer version exists',
    code: 'another-version-was-read',
    sentence: 'A newer version of this message exists. Read it and approve that one.',
  },
  {
    when: 'version must be the last',
    code: 'edited-meanwhile',
    sentence: 'Somebody else saved a version while you were writing. Read it and save again.',
  },
  {
    when: 'an approval lives 4 hours',
    code: 'approval-too-long',
    sentence: 'An approval lives 4 hours at most.',
  },
  {
    when: 'approvals missing',
    code: 'approvals-missing',
    sentence: 'This message needs more approvals before it may go.',
  },
  {
    when: 'the message has expired',
    code: 'message-expired',
    sentence: 'The time in which this message may be sent has passed. Write a new version.',
  },
  {
    when: 'embargo until',
    code: 'embargo',
    sentence: 'This message is under embargo and may not go yet.',
  },
  {
    when: 'a newer message replaces',
    code: 'message-replaced',
    sentence: 'A newer message of this incident has gone out and replaces this one.',
  },
  {
    when: 'a message replaces those of its own',
    code: 'replaces-another-incident',
    sentence:
      'A message can only replace messages of its own incident, and an exercise only those of the exercise.',
  },
  {
    when: 'dispatched already: too late',
    code: 'too-late-to-replace',
    sentence: 'This message has been sent already, so it can no longer be made to replace another.',
  },
  {
    when: 'a_message_does_not_replace_itself',
    code: 'replaces-itself',
    sentence: 'A message cannot replace itself. Save a new version instead.',
  },
  {
    when: 'policy has expired',
    code: 'policy-expired',
    sentence: 'The policy has expired. Two people must approve a new one.',
  },
  {
    when: 'policy is not approved',
    code: 'policy-not-approved',
    sentence: 'The policy has not been approved by two people.',
  },
  {
    when: 'policy_approver_wrote_neither',
    code: 'policy-approver-is-author',
    sentence: 'Whoever wrote the policy or its template cannot approve it.',
  },
  {
    when: 'template_approver_is_not_author',
    code: 'template-approver-is-author',
    sentence: 'Whoever wrote the template cannot approve it.',
  },
  {
    when: 'outside the policy',
    code: 'outside-policy',
    sentence: 'The message reaches more people, or other channels, than the policy allows.',
  },
  {
    when: 'a_policy_fires_once',
    code: 'policy-fired-already',
    sentence: 'The policy has fired for this occasion already.',
  },
  {
    when: 'recipient class outside',
    code: 'class-outside-policy',
    sentence: 'The policy does not cover these recipients.',
  },
  {
    when: 'audience larger than approved',
    code: 'audience-larger-than-approved',
    sentence: 'More people are hit than were approved. Write a new version with the new audience.',
  },
  {
    when: 'fields do not fit',
    code: 'fields-do-not-fit',
    sentence: 'The facts do not fit the template: one is missing, unknown, or of another form.',
  },
  {
    when: 'dispatch_message_id_version_key',
    code: 'dispatched-already',
    sentence: 'This version has been dispatched already.',
  },
  {
    when: 'not halted',
    code: 'not-halted',
    sentence: 'Nothing is halted there, so there is nothing to release.',
  },
  {
    when: 'no live request to release',
    code: 'no-release-request',
    sentence:
      'Nobody has asked for this release within the last 15 minutes. One person asks, another releases.',
  },
  {
    when: 'two_people_open_a_gate',
    code: 'release-by-same-person',
    sentence: 'Whoever asked for the release cannot release. A second person must.',
  },
  {
    when: 'exercise_reaches_exercise',
    code: 'exercise-reaches-real',
    sentence: 'An exercise may reach exercise recipients only.',
  },
];

/**
 * The refusal that a database error stands for, or the error itself.
 *
 * @param cause whatever a statement threw
 */
export function translated(cause: unknown): unknown {
  if (cause instanceof Refusal) return cause;
  const error = databaseErrorOf(cause);
  if (!error) return cause;
  const found = refusals.find(
    (entry) =>
      error.constraint === entry.when ||
      error.message.startsWith(entry.when) ||
      error.message.includes(`"${entry.when}"`),
  );
  return found ? new Refusal(found.code, found.sentence, {}, undefined, { cause }) : cause;
}

/** Did the statement fail because a connection broke, so that the same unit of work may be tried again? @source P-4 */
export function isConnectionLoss(cause: unknown): boolean {
  const code = databaseErrorOf(cause)?.code ?? (cause as { code?: string } | undefined)?.code ?? '';
  const message = cause instanceof Error ? cause.message : '';
  return (
    [
      '57P01',
      '57P02',
      '57P03',
      '08000',
      '08003',
      '08006',
      'ECONNRESET',
      'ECONNREFUSED',
      'EPIPE',
    ].includes(code) ||
    /Connection terminated|Client has encountered a connection error|not queryable/.test(message)
  );
}

/** Two transactions stood in each other's way and one was chosen to give way: the same work may be tried again. */
export const isContention = (cause: unknown): boolean =>
  ['40P01', '40001', '55P03'].includes(databaseErrorOf(cause)?.code ?? '');
