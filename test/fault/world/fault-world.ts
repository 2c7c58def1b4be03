import { Client } from 'pg';
import type { Program } from '@varde/local';
import { startSystem, type System } from '../../../tools/system/system';
import { factsOf } from '../../acceptance/world/global-setup';
import { approveReadyWords, sceneOn, type Scene } from '../../acceptance/world/story';

/** Environment of single programs, over the ordinary one. */
export type ExtraEnv = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A whole Varde of one spec file, to be hurt. */
export interface FaultWorld {
  readonly system: System;
  readonly extra: ExtraEnv;
  readonly scene: Scene;
  /** The programs as they run now: a test may stop one and start it again. */
  readonly programs: Record<string, Program>;
  /** Looks at every schema, and ends other sessions. */
  readonly superuser: Client;
  stop(): Promise<void>;
}

/** How a world differs from the ordinary one. @property name small letters, digits and dashes; one for each spec file */
export interface FaultWorldWish {
  readonly name: string;
  readonly extra?: ExtraEnv;
}

// A killed engine's successor waits for the session of the dead one.
const quickEngine = { VARDE_KAFKA_SESSION_TIMEOUT_SECONDS: '3' };
const quickCourier = { VARDE_SMS_SETTLE_DELAY_SECONDS: '2', VARDE_SMS_PER_SECOND: '400' };

/** Starts real servers and programs with ready words, no hold, and a provider that delivers at once. */
export async function startFaultWorld(wish: FaultWorldWish): Promise<FaultWorld> {
  const extra = {
    ...wish.extra,
    engine: { ...quickEngine, ...wish.extra?.engine },
    courier: { ...quickCourier, ...wish.extra?.courier },
  };
  const system = await startSystem({
    name: wish.name,
    throwAway: true,
    customers: 0,
    holdSeconds: 0,
    report: () => undefined,
    extra,
  });
  try {
    // The towns of the acceptance world find the system here.
    process.env.VARDE_ACCEPTANCE = JSON.stringify(factsOf(system));
    const scene = sceneOn(factsOf(system));
    await approveReadyWords(scene);
    await setMood({ scene }, {});
    const superuser = new Client({ connectionString: system.stack.postgres.superuserUrl('varde') });
    await superuser.connect();
    const stop = async (): Promise<void> => {
      await superuser.end();
      await scene.network.close();
      await system.stop();
    };
    return { system, extra, scene, programs: { ...system.programs }, superuser, stop };
  } catch (cause) {
    await system.stop();
    throw cause;
  }
}

/** Sets the provider's mood. Its ordinary one here: one receipt, and it says delivered. @param settings how it differs from that */
export const setMood = ({ scene }: Pick<FaultWorld, 'scene'>, settings: object): Promise<unknown> =>
  scene.sandbox.put('/control/moods/sms', { statuses: ['delivered'], ...settings });
