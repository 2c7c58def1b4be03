import { apiConfig } from '../../apps/api/src/api.config';
import { cliConfig } from '../../apps/cli/src/cli.config';
import { courierConfig } from '../../apps/courier/src/courier.config';
import { engineConfig } from '../../apps/engine/src/engine.config';
import { sandboxEnv } from '../../apps/sandbox/src/sandbox.config';
import type { ProgramSettings } from './env-example';

/** Every program that reads an environment; `environment.spec.ts` compares the list with apps/. */
export const programSettings: readonly ProgramSettings[] = [
  { program: 'api', schema: apiConfig },
  { program: 'engine', schema: engineConfig },
  { program: 'courier', schema: courierConfig },
  { program: 'sandbox', schema: sandboxEnv },
  { program: 'cli', schema: cliConfig },
];
