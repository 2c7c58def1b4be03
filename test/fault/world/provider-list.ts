import { createInterface } from 'node:readline';
import { request } from 'undici';
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

/** What the provider took from its `from`th message on, one by one: a million of them must not stand in memory at once. */
export async function* takenFrom({ scene }: FaultWorld, from: number): AsyncGenerator<Taken> {
  const { body } = await request(`${scene.facts.sandbox}/control/ledger/since/${from}?kind=sms`);
  for await (const line of createInterface({ input: body }))
    if (line !== '') yield named(JSON.parse(line) as Taken);
}

// The provider knows a message by the path of its callback; our reference is the end of that.
const named = (taken: Taken): Taken => ({
  ...taken,
  ref: taken.ref.slice(taken.ref.lastIndexOf('/') + 1),
});

/** What the provider took from its `from`th message on. */
export async function takenSince(world: FaultWorld, from: number): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for await (const one of takenFrom(world, from)) taken.push(one);
  return taken;
}

/** How many messages the provider has taken. */
export const takenCount = async ({ scene }: FaultWorld): Promise<number> =>
  (await scene.sandbox.get<{ accepted: number }>('/control/ledger?kind=sms')).accepted;
