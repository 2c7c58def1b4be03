import type { ShownMessage } from '@varde/contracts';
import { grouped, type Teller } from './teller';

const groupWords: Readonly<Record<string, string>> = {
  'newly-hit': 'newly hit',
  'still-hit': 'still hit',
  restored: 'restored',
};

/** Addresses of all of them. */
export const sumOf = (drafts: readonly ShownMessage[]): number =>
  drafts.reduce((sum, draft) => sum + draft.reach, 0);

/** What a person says yes to: exactly what was shown. */
export const approvalOf = (drafts: readonly ShownMessage[]): object => ({
  approvals: drafts.map(({ messageId, version, contentSha256, reach }) => ({
    messageId,
    version,
    contentSha256,
    reach,
  })),
  reason: 'Read in all languages; facts as in the fact sheet.',
});

/** Tells a draft as its approver would want to see it. */
export function tellDraft(tell: Teller, draft: ShownMessage): void {
  const cost =
    draft.forecast.cost
      .map((sum) => `${(sum.micros / 1e6).toFixed(2)} ${sum.currency}`)
      .join(' + ') || 'nothing';
  tell.line(
    `Draft ${draft.stage} for ${draft.groups.map((group) => groupWords[group] ?? group).join(', ')}: ${grouped(draft.reach)} addresses, ` +
      `${grouped(draft.forecast.segmentCount)} SMS segments, ${cost}, ${draft.forecast.minutes} min at the present cap.`,
  );
  const sms = draft.texts.find((text) => text.sms !== undefined);
  if (sms) tell.line(`   ${sms.language}, ${sms.segments} segment: ${sms.sms ?? ''}`);
}
