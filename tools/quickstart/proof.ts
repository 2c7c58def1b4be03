import type { LedgerView } from '@varde/contracts';
import type { Scene } from './scene';
import { grouped } from './teller';
import { until } from '../system/until';

interface ProviderLine {
  readonly ref: string | null;
}

/** What the providers took for customers: each delivery carries its own reference, a notice to the staff on duty carries none. */
export async function providerCount({ sandbox }: Scene): Promise<{ sms: number; email: number }> {
  const count = async (kind: string, isOurs: (ref: string) => boolean): Promise<number> => {
    const text = String(await sandbox.get<string>(`/control/ledger/since/0?kind=${kind}`));
    return text
      .split('\n')
      .filter((line) => line !== '' && isOurs((JSON.parse(line) as ProviderLine).ref ?? '')).length;
  };
  return {
    sms: await count('sms', (ref) => ref.includes('/callbacks/sms/')),
    email: await count('email', (ref) => !ref.includes('notice.')),
  };
}

const columns = [
  ['planned', 'planned'],
  ['delivered', 'delivered'],
  ['sentWithoutReceipt', 'sent, no receipt'],
  ['failed', 'failed'],
  ['suppressed', 'suppressed'],
  ['superseded', 'superseded'],
  ['expired', 'expired'],
  ['unknown', 'unknown'],
  ['open', 'open'],
] as const;

/** Step 6. @returns whether nothing is left over and the provider's own count agrees */
export async function prove(
  scene: Scene,
  incidentId: string,
  before: { sms: number; email: number },
): Promise<boolean> {
  const { tell, noc } = scene;
  tell.step('6. The ledger');
  const ledger = await until(
    'the last receipts',
    async () => {
      const found = await noc.get<LedgerView>(`/ledger?incident=${incidentId}`);
      const smsOpen = found.lines
        .filter((line) => line.channel === 'sms')
        .reduce((sum, line) => sum + line.sentWithoutReceipt + line.open, 0);
      return smsOpen === 0 && found;
    },
    120_000,
  ).catch(() => noc.get<LedgerView>(`/ledger?incident=${incidentId}`));
  const channels = [...new Set(ledger.lines.map((line) => line.channel))].sort();
  tell.table(
    ['channel', ...columns.map(([, words]) => words)],
    channels.map((channel) => [
      channel,
      ...columns.map(([key]) =>
        ledger.lines
          .filter((line) => line.channel === channel)
          .reduce((all, line) => all + line[key], 0),
      ),
    ]),
  );
  for (const fault of ledger.faults) tell.warn(`${fault.law}: ${fault.sentence}`);
  const after = await providerCount(scene);
  const ours = (channel: 'sms' | 'email'): number =>
    ledger.lines
      .filter((line) => line.channel === channel)
      .reduce((sum, line) => sum + line.delivered + line.sentWithoutReceipt + line.failed, 0);
  const provider = { sms: after.sms - before.sms, email: after.email - before.email };
  const agrees = provider.sms === ours('sms') && provider.email === ours('email');
  tell.line(
    `The providers' own count: ${grouped(provider.sms)} SMS and ${grouped(provider.email)} mails; ours: ${grouped(ours('sms'))} and ${grouped(ours('email'))}. ${agrees ? 'They agree.' : 'They differ.'}`,
  );
  const open = ledger.lines.reduce((sum, line) => sum + line.open, 0);
  const balances = ledger.balances && open === 0 && agrees;
  if (balances)
    tell.good(
      'Nothing is left over: planned = delivered + sent without a receipt + failed + suppressed + superseded + expired + unknown.',
    );
  else tell.warn('The ledger does not balance.');
  return balances;
}
