import { networkAt } from '../system/network';
import { personAt, type Person } from '../system/person';
import { sandboxAt } from '../system/sandbox-client';
import type { System } from '../system/system';
import { showAffected } from './affected';
import { resolve, update } from './moves';
import { providerCount, prove } from './proof';
import { raise } from './raise';
import type { Scene } from './scene';
import { settled } from './settled';
import type { Teller } from './teller';
import { firstWord, prepareWords, toEveryoneElse } from './words';

/** Plays the main job, from the alarm to the proof. @returns whether the ledger balances and the provider's own count agrees */
export async function playMainJob(system: System, tell: Teller): Promise<boolean> {
  const shift = { seconds: 0 };
  const network = networkAt(
    system.stack.kafka.brokers,
    () => new Date(Date.now() + shift.seconds * 1_000),
  );
  const { api, issuer, sandbox } = system.addresses;
  const person = (name: string): Person => personAt(api, issuer, name);
  const scene: Scene = {
    system,
    tell,
    network,
    sandbox: sandboxAt(sandbox),
    author: person('maja.author'),
    approver: person('aksel.approver'),
    noc: person('ingrid.noc'),
  };
  try {
    await prepareWords(scene, person);
    const before = await providerCount(scene);
    const alarm = await raise(scene);
    const shown = await showAffected(scene, alarm.number);
    await firstWord(scene, shown.incident.incidentId);
    await toEveryoneElse(scene, shown.incident.incidentId);
    await settled(scene, shown.incident.incidentId);
    await update(scene, shown, alarm.id);
    await resolve(scene, shown, alarm, shift);
    return await prove(scene, shown.incident.incidentId, before);
  } finally {
    await network.close();
    if (shift.seconds !== 0) await scene.sandbox.moveClock(0);
  }
}
