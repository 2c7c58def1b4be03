/** What a notice to somebody on duty carries: ids, counts, numbers of incidents; no customer's data. */
export type NoticeFacts = Readonly<Record<string, string | number>>;

/** The kinds of notice. */
export const noticeKinds = [
  'approval-wanted',
  'next-update-soon',
  'first-statement-soon',
  'holding-text-offered',
  'nobody-answers',
] as const;
/** One of {@link noticeKinds}. */
export type NoticeKind = (typeof noticeKinds)[number];

const texts: Readonly<
  Record<NoticeKind, (facts: NoticeFacts) => { subject: string; text: string }>
> = {
  'approval-wanted': (facts) => ({
    subject: `Varde: approval wanted, ${facts.incidentNumber ?? 'incident'}`,
    text: `A message to ${facts.reach ?? 'some'} recipients waits for you. Read it with: varde message show ${facts.messageId ?? ''}`,
  }),
  'next-update-soon': (facts) => ({
    subject: `Varde: next update due soon, ${facts.incidentNumber ?? 'incident'}`,
    text: `We promised an update at ${facts.promisedAt ?? 'a time that is near'}. Write it, or promise a new time.`,
  }),
  'first-statement-soon': (facts) => ({
    subject: `Varde: no public statement yet, ${facts.incidentNumber ?? 'incident'}`,
    text: `This incident was declared 10 minutes ago and nothing has been said. The limit is 15 minutes.`,
  }),
  'holding-text-offered': (facts) => ({
    subject: `Varde: holding text offered, ${facts.incidentNumber ?? 'incident'}`,
    text: `Nothing has been said in time. The pre-approved holding text is ready: one of you submits it, another approves it. ${readWith(facts)}`,
  }),
  'nobody-answers': (facts) => ({
    subject: `Varde: nobody answers, ${facts.incidentNumber ?? 'incident'}`,
    text: `A message has waited too long, and everybody on the roster has been asked. ${readWith(facts)}`,
  }),
};

const readWith = (facts: NoticeFacts): string => {
  const ids = String(facts.messageIds ?? '')
    .split(' ')
    .filter(Boolean);
  return ids.length === 0
    ? 'No text waits: write one.'
    : `Read: ${ids.map((id) => `varde message show ${id}`).join(', ')}`;
};

/** The words of a notice, in English: the house language of the night shift across three countries. */
export function noticeText(kind: string, facts: NoticeFacts): { subject: string; text: string } {
  const write = (
    texts as Readonly<
      Record<string, ((facts: NoticeFacts) => { subject: string; text: string }) | undefined>
    >
  )[kind];
  return (
    write?.(facts) ?? { subject: `Varde: ${kind}`, text: `Incident ${facts.incidentNumber ?? ''}` }
  );
}
