import type { Person } from './person';

interface TemplateRow {
  readonly template: string;
  readonly version: number;
  readonly isPreApproved: boolean;
}

interface PolicyRow {
  readonly policyId: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly isLive: boolean;
}

/** Who takes part. Nobody approves what they wrote. */
export interface WordKeepers {
  readonly author: Person;
  readonly policyAuthor: Person;
  readonly approvers: readonly [Person, Person];
}

const readyTexts = [
  'outage-holding',
  'outage-declared',
  'outage-estimate',
  'outage-estimate-changed',
  'outage-no-estimate',
  'outage-restored',
  'emergency-declared',
  'emergency-restored',
  'correction-disregard',
] as const;
/** The first word to societally critical and SLA customers may go by itself for these. */
const firstWords = ['outage-declared', 'outage-estimate', 'emergency-declared'] as const;
const criticalClasses = [0, 1];
const largestReach = 20_000;
const day = 86_400_000;

/** Takes the ready texts into use and writes the policies for first words: by one person, approved by two others. Again changes nothing. */
export async function approveWords(
  people: WordKeepers,
  now: Date,
): Promise<{ templates: number; policies: number }> {
  for (const template of readyTexts) await people.author.post('/templates/submit', { template });
  const { templates } = await people.author.get<{ templates: TemplateRow[] }>('/templates');
  for (const { template, version, isPreApproved } of templates) {
    if (isPreApproved) continue;
    for (const approver of people.approvers)
      await approver.post(`/templates/${template}/${version}/approve`, {}, true);
  }
  const { policies } = await people.author.get<{ policies: PolicyRow[] }>('/policies');
  for (const { template, version } of templates.filter((one) =>
    (firstWords as readonly string[]).includes(one.template),
  )) {
    const live = policies.find(
      (policy) =>
        policy.isLive && policy.template === template && policy.templateVersion === version,
    );
    if (live) continue;
    const policy = await people.policyAuthor.post<PolicyRow>('/policies/submit', {
      template,
      templateVersion: version,
      classes: criticalClasses,
      channels: ['sms', 'email'],
      maxReach: largestReach,
      expiresAt: new Date(now.getTime() + 90 * day).toISOString(),
    });
    for (const approver of people.approvers)
      await approver.post(`/policies/${policy.policyId}/approve`, {}, true);
  }
  return { templates: templates.length, policies: firstWords.length };
}
