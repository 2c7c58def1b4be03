import type { FaultWorld } from './fault-world';

/** An SMS as the provider took it. */
export interface Taken {
  /** In the order in which it took them. */
  readonly n: number;
  readonly to: string;
  /** Our reference of the attempt. */
  readonly ref: string;
  readonly at: string;
}

/** What the provider took from its `from`th message on. */
export async function takenSince({ scene }: FaultWorld, from: number): Promise<readonly Taken[]> {
  const lines = await scene.sandbox.get<string>(`/control/ledger/since/${from}?kind=sms`);
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Taken);
}

/** How many messages the provider has taken. */
export const takenCount = async ({ scene }: FaultWorld): Promise<number> =>
  (await scene.sandbox.get<{ accepted: number }>('/control/ledger?kind=sms')).accepted;
