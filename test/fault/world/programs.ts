import { choosePort, findProjectFolder, type Exit, type ProgramPlan } from '@varde/local';
import { programPlans, type ProgramName } from '../../../tools/system/programs';
import type { FaultWorld } from './fault-world';

/** How a program of this world is started. @param env over what it had at first */
export function planOf(
  { system, extra }: FaultWorld,
  name: ProgramName,
  env: Readonly<Record<string, string>> = {},
): ProgramPlan {
  const { stack, installation, secrets, doors } = system;
  const plan = programPlans({
    projectFolder: findProjectFolder(),
    stack,
    installation,
    secrets,
    doors,
    prefix: '',
    extra,
    restart: true,
  })[name];
  return { ...plan, env: { ...plan.env, ...env } };
}

/** How a second one of a program is started beside the first, with a door of its own. */
export async function secondPlanOf(
  world: FaultWorld,
  name: 'engine' | 'courier',
): Promise<ProgramPlan> {
  const { port } = await choosePort();
  return {
    ...planOf(world, name, { [`VARDE_${name.toUpperCase()}_PORT`]: String(port) }),
    name: `${name}-2`,
    ready: { url: `http://127.0.0.1:${port}/health/ready` },
  };
}

/** Asks a program to end (SIGTERM), and says how it did: a signal means that half a minute was not enough. */
export async function stopped(world: FaultWorld, name: ProgramName): Promise<Exit> {
  const program = world.programs[name];
  if (!program) throw new Error(`${name} does not run in this world`);
  await program.stop();
  return program.exited;
}

/** Starts a program that was stopped. */
export async function started(
  world: FaultWorld,
  name: ProgramName,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  world.programs[name] = await world.system.stack.startProgram(planOf(world, name, env));
}

/** How often each program was started again: nobody leaves of its own accord over a fault that passes. */
export const restartsOf = ({ programs }: FaultWorld): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.values(programs).map(({ name, restarts }) => [name, restarts]));

/** While `meanwhile` runs, the process neither answers nor ends: worse for its callers than being gone. */
export async function frozen<T>(
  processes: readonly { readonly pid: number }[],
  meanwhile: () => Promise<T>,
): Promise<T> {
  const pids = processes.map(({ pid }) => pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    return await meanwhile();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}
