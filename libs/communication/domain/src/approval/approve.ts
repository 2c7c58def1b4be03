import { hours, minutes, plus, Refusal, type Duration, type Instant } from '@varde/kernel';

/** How long an approval lives. The database holds the same limit. @source A-4 */
export const approvalLife: Duration = hours(4);

/** Until when somebody on duty must have answered before the next one is asked. @source invariants §2.4 */
export const answerWithin = (isCritical: boolean): Duration =>
  isCritical ? minutes(5) : minutes(15);

/** Where a draft stands. */
export const draftStates = [
  'drafted',
  'submitted',
  'returned',
  'rejected',
  'withdrawn',
  'dispatched',
] as const;
/** One of {@link draftStates}. */
export type DraftState = (typeof draftStates)[number];

/** What may be done with a draft. */
export type DraftAct =
  'edit' | 'submit' | 'approve' | 'return' | 'reject' | 'withdraw' | 'dispatch';

/** From which states each act is allowed, and where it leads. Read by code, tests and documentation alike. */
export const draftTransitions = {
  edit: { from: ['drafted', 'submitted', 'returned'], to: 'drafted' },
  submit: { from: ['drafted', 'returned'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  reject: { from: ['drafted', 'submitted', 'returned'], to: 'rejected' },
  withdraw: { from: ['drafted', 'submitted', 'returned'], to: 'withdrawn' },
  dispatch: { from: ['drafted', 'submitted'], to: 'dispatched' },
} as const satisfies Record<DraftAct, { from: readonly DraftState[]; to: DraftState }>;

/** A draft as the law sees it. */
export interface DraftStanding {
  readonly messageId: string;
  readonly state: DraftState;
  readonly version: number;
  /** Hex of the version's hash. */
  readonly contentSha256: string;
  readonly reach: number;
  /** From when on nothing of it may be sent. */
  readonly sendBefore: Instant;
  /** Everybody who wrote any of its versions. */
  readonly authors: readonly string[];
  readonly submittedBy: string | undefined;
  readonly returnedBy: string | undefined;
}

/** What an approver says: this version, these words, this many people. */
export interface ApproveCommand {
  readonly by: string;
  readonly version: number;
  readonly contentSha256: string;
  readonly reach: number;
}

/**
 * The state that an act leads to.
 *
 * @throws Refusal `draft-<state>` when the draft is not in a state that allows it
 */
export function afterAct(
  act: DraftAct,
  draft: Pick<DraftStanding, 'messageId' | 'state'>,
): DraftState {
  const { from, to } = draftTransitions[act];
  if ((from as readonly DraftState[]).includes(draft.state)) return to;
  throw new Refusal(
    `draft-${draft.state}`,
    `This message is ${draft.state}: it cannot be ${pastOf[act]} now.`,
    {
      messageId: draft.messageId,
      state: draft.state,
    },
  );
}

const pastOf: Readonly<Record<DraftAct, string>> = {
  edit: 'edited',
  submit: 'submitted',
  approve: 'approved',
  return: 'returned',
  reject: 'rejected',
  withdraw: 'withdrawn',
  dispatch: 'sent',
};

/**
 * Refuses what could not go any more: nobody is asked to read it. The database says the same when it is to be sent.
 *
 * @throws Refusal `message-expired`
 * @source DL-6
 */
export function mayStillGo(
  draft: Pick<DraftStanding, 'messageId' | 'sendBefore'>,
  now: Instant,
): void {
  if (now < draft.sendBefore) return;
  throw new Refusal(
    'message-expired',
    'The time in which this message may be sent has passed: it cannot go any more.',
    { messageId: draft.messageId },
  );
}

/**
 * May this person approve this? Says no before the database does, with the same words and a few more: whoever submitted is
 * barred too, and what was read must be what stands.
 *
 * @returns when the approval ends
 * @throws Refusal `approver-is-author`, `approver-submitted`, `another-version-was-read`, `reach-not-confirmed`, `message-expired`
 * @source; DL-6; UX-04, UX-05
 */
export function approve(command: ApproveCommand, draft: DraftStanding, now: Instant): Instant {
  afterAct('approve', draft);
  const facts = { messageId: draft.messageId, version: draft.version };
  if (draft.authors.includes(command.by)) {
    throw new Refusal(
      'approver-is-author',
      'Whoever wrote a version of this message cannot approve it. Ask a colleague.',
      facts,
    );
  }
  if (draft.submittedBy === command.by) {
    throw new Refusal(
      'approver-submitted',
      'Whoever submitted this message cannot approve it. Ask a colleague.',
      facts,
    );
  }
  if (command.version !== draft.version || command.contentSha256 !== draft.contentSha256) {
    throw new Refusal(
      'another-version-was-read',
      'What you read is not what stands now. Read the newest version and approve that.',
      facts,
    );
  }
  if (command.reach !== draft.reach) {
    throw new Refusal(
      'reach-not-confirmed',
      `This reaches ${draft.reach} recipients, not ${command.reach}. Confirm the right number.`,
      { ...facts, reach: draft.reach },
    );
  }
  mayStillGo(draft, now);
  return plus(now, approvalLife);
}

/**
 * May this person save a new version?
 *
 * @throws Refusal `draft-…`, `editor-returned-it`, `edited-meanwhile`
 * @source UX-04, UX-20
 */
export function mayEdit(by: string, basedOn: number, draft: DraftStanding): void {
  afterAct('edit', draft);
  if (draft.returnedBy === by) {
    throw new Refusal(
      'editor-returned-it',
      'Whoever returned a message does not rewrite it. Its author, or another colleague, does.',
      { messageId: draft.messageId },
    );
  }
  if (basedOn !== draft.version) {
    throw new Refusal(
      'edited-meanwhile',
      `Somebody else saved version ${draft.version} while you were writing on ${basedOn}. Read it and save again.`,
      { messageId: draft.messageId, version: draft.version },
    );
  }
}
