import { approveMessages, type ApprovalResults, type ShownMessage } from '@varde/contracts';
import { asked } from '../arguments';
import type { Context } from '../context';
import { refused, wrongUse } from '../exit';
import { counted, grouped } from '../words';
import { messageLines, shortHashOf } from './message-words';
import { anyWholeCountry, checkLive, countToType, reasonOf, type LiveFlags } from './typed-count';

/** How an approval is asked for. */
export interface ApproveFlags extends LiveFlags {
  readonly hash?: string;
}

/**
 * Shows what would be approved; with `--live` approves exactly that. Several messages of one update go together or not at all.
 *
 * @source A-9, UX-03, `experience.md` §14
 */
export async function approve(
  context: Context,
  ids: readonly string[],
  flags: ApproveFlags,
): Promise<void> {
  if (flags.live) reasonOf(flags);
  const messages = await Promise.all(
    ids.map((id) => context.get<ShownMessage>(`/messages/${encodeURIComponent(id)}`)),
  );
  checkHashes(messages, flags.hash);
  const reach = messages.reduce((sum, one) => sum + one.reach, 0);
  const toType = countToType(
    reach,
    await anyWholeCountry(
      context,
      messages.map((one) => one.incidentId),
    ),
  );
  if (!flags.live) return tellWhatWouldHappen(context, messages, reach, toType, flags);
  const reason = checkLive(flags, toType);
  for (const line of messages.flatMap(messageLines)) context.progress(line);
  const { results } = await context.postFresh<ApprovalResults>(
    '/messages/approve',
    asked(approveMessages, { approvals: messages.map(approvalOf), reason }),
  );
  context.answer(flags.json, { results }, results.map(resultLine));
}

const approvalOf = (
  one: ShownMessage,
): { messageId: string; version: number; contentSha256: string; reach: number } => ({
  messageId: one.messageId,
  version: one.version,
  contentSha256: one.contentSha256,
  reach: one.reach,
});

const resultLine = (one: ApprovalResults['results'][number]): string =>
  one.dispatchId === null
    ? `${one.messageId}: ${one.approvalsGiven} of ${counted(one.approvalsNeeded, 'approval')}. Another person is needed.`
    : `${one.messageId}: it goes, dispatch ${one.dispatchId}. Stop it with: varde dispatch halt ${one.dispatchId}`;

// The text may have been rewritten between the reading and the yes.
function checkHashes(messages: readonly ShownMessage[], list: string | undefined): void {
  if (list === undefined) return;
  const hashes = list.split(',').map((hash) => hash.trim().toLowerCase());
  if (hashes.length !== messages.length || hashes.some((hash) => !/^[0-9a-f]{8,64}$/.test(hash)))
    throw wrongUse('--hash takes one hash for each message, in their order, with commas.');
  const changed = messages.find((one, i) => !one.contentSha256.startsWith(hashes[i] ?? '-'));
  if (!changed) return;
  throw refused(
    'another-version-was-read',
    `${changed.messageId} has changed since you read it: version ${changed.version}, hash ${shortHashOf(changed)}. Read it again.`,
  );
}

function tellWhatWouldHappen(
  context: Context,
  messages: readonly ShownMessage[],
  reach: number,
  toType: number | undefined,
  flags: ApproveFlags,
): void {
  const me = context.me();
  const own = messages.filter((one) => [...one.authors, one.submittedBy].includes(me.personId));
  context.answer(flags.json, { dryRun: true, reach, confirm: toType ?? null, messages }, [
    ...messages.flatMap((one) => [...messageLines(one), '']),
    `This would approve ${counted(messages.length, 'message')} to ${counted(reach, 'recipient')}: ${messages.map(nextStep).join('; ')}.`,
    ...own.map((one) => `You wrote or submitted ${one.messageId}: it needs another person.`),
    'Nothing was done. To do it:',
    `  ${commandFor(messages, toType)}`,
  ]);
}

function nextStep(one: ShownMessage): string {
  if (one.state !== 'submitted') return `it is ${one.state}, so it would be refused`;
  const missing = one.approversNeeded - one.approvals.length;
  return missing > 1 ? `${missing - 1} more would be needed` : 'it would go at once';
}

const commandFor = (messages: readonly ShownMessage[], toType: number | undefined): string =>
  [
    `varde message approve ${messages.map((one) => one.messageId).join(' ')} --live --reason "…"`,
    `--hash ${messages.map(shortHashOf).join(',')}`,
    ...(toType === undefined ? [] : [`--confirm ${grouped(toType)}`]),
  ].join(' ');
