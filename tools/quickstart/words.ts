import type { DispatchList, MessageList } from '@varde/contracts';
import { approveWords } from '../system/approve-words';
import { ApiProblem, type Person } from '../system/person';
import { sumOf, approvalOf, tellDraft } from './drafts';
import type { Scene } from './scene';
import { grouped } from './teller';
import { until } from '../system/until';

/** Before the story: people approve ready texts and policies. */
export async function prepareWords(
  { tell, author }: Scene,
  person: (name: string) => Person,
): Promise<void> {
  tell.step('Before: the words are approved by people');
  const done = await approveWords(
    {
      author,
      policyAuthor: person('jonas.author'),
      approvers: [person('sofia.approver'), person('mads.approver')],
    },
    new Date(),
  );
  tell.good(
    `${done.templates} ready texts in five languages, each written by one person and approved by two others.`,
  );
  tell.good(
    `${done.policies} policies: the first word to societally critical and SLA customers may go by itself.`,
  );
}

/** Step 3. */
export async function firstWord({ tell, noc }: Scene, incidentId: string): Promise<void> {
  tell.step(
    '3. The first word to societally critical and SLA customers goes at once, under a policy',
  );
  const { dispatches } = await until('the dispatch under the policy', async () => {
    const found = await noc.get<DispatchList>(`/dispatches?incident=${incidentId}`);
    return found.dispatches.some((one) => one.policyId !== null) && found;
  });
  for (const dispatch of dispatches.filter((one) => one.policyId !== null)) {
    tell.good(
      `Dispatched to ${grouped(dispatch.reach)} addresses under policy ${dispatch.policyId?.slice(0, 8) ?? ''}, nobody asked: two had approved it beforehand.`,
    );
  }
}

/** Step 4. */
export async function toEveryoneElse(
  { tell, author, approver }: Scene,
  incidentId: string,
): Promise<void> {
  tell.step('4. Everyone else: drafted, refused to its author, approved by a colleague');
  const drafts = await until('the drafts', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${incidentId}&state=drafted`,
    );
    return messages.length > 0 && messages;
  });
  for (const draft of drafts) tellDraft(tell, draft);
  for (const draft of drafts)
    await author.post(`/messages/${draft.messageId}/submit`, {
      note: 'Facts checked with the operations centre.',
    });
  tell.line('The author submits, and tries to approve it herself …');
  try {
    await author.post('/messages/approve', approvalOf(drafts), true);
    throw new Error('The author approved her own words: this must never be.');
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    tell.good(`Refused (${cause.code}): “${cause.message}”`);
  }
  await approver.post('/messages/approve', approvalOf(drafts), true);
  tell.good(
    `A colleague approved what he was shown: version ${drafts[0]?.version}, hash ${drafts[0]?.contentSha256.slice(0, 8)}, ${grouped(sumOf(drafts))} addresses. It goes.`,
  );
}
