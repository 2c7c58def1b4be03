import { watch } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder, shutdownOnSignals, untilStopped } from '@varde/local';
import { buildPrograms } from '../system/build';
import { startSystem } from '../system/system';

const settleMs = 300;

/** Everything on this machine, with the programs built and started anew after each change of a source. */
async function dev(): Promise<void> {
  const report = (line: string): void => console.log(line);
  const shutdown = shutdownOnSignals(report);
  const system = await untilStopped(shutdown, () =>
    startSystem({
      name: 'dev',
      throwAway: true,
      usualPorts: true,
      customers: 2_000,
      report,
      shutdown,
    }),
  );
  report(
    `Sandbox ${system.addresses.sandbox} · API ${system.addresses.api}/docs · logs ${system.stack.folder}/logs`,
  );
  let waiting: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    try {
      await buildPrograms(findProjectFolder());
      // The supervisor starts again what ends.
      await Promise.all(Object.values(system.programs).map((program) => program.kill9()));
      await Promise.all(Object.values(system.programs).map((program) => program.ready()));
      report('Reloaded.');
    } catch (cause) {
      report(cause instanceof Error ? cause.message : String(cause));
    }
  };
  for (const folder of ['apps', 'libs']) {
    watch(join(findProjectFolder(), folder), { recursive: true }, (_, file) => {
      if (!file?.endsWith('.ts') || file.endsWith('.spec.ts')) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => void reload(), settleMs);
    });
  }
}

dev().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 3;
});
