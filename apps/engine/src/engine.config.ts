import { z } from 'zod';
import {
  databaseEnv,
  kafkaConsumerEnv,
  kafkaEnv,
  prefixEnv,
  redisEnv,
} from '@varde/platform-config';
import { communicationEnv } from '@varde/communication-feature';

/** Everything that the engine is told from outside. It holds no provider's secret. */
export const engineConfig = z.object({
  ...databaseEnv,
  ...kafkaEnv,
  ...kafkaConsumerEnv,
  ...redisEnv,
  ...prefixEnv,
  ...communicationEnv,
  VARDE_ENGINE_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3001)
    .describe("port of the engine's health and figures; default 3001"),
});

/** The engine's settings, read. */
export type EngineConfig = z.infer<typeof engineConfig>;
