import { z } from 'zod';

const database = z.url({ protocol: /^postgres(ql)?$/ }).optional();

/** Everything that the command line is told from outside. Each command needs a part of it, and says which when it is missing. */
export const cliConfig = z.object({
  VARDE_API_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address of the API'),
  VARDE_OIDC_ISSUER: z.url().optional().describe('where people sign in'),
  VARDE_KAFKA_BROKERS: z
    .string()
    .optional()
    .describe('brokers as host:port, separated by commas; for incident publish'),
  VARDE_PREFIX: z.string().default('').describe('put before topic names; default none'),
  VARDE_IMPORT_DATABASE_URL: database.describe(
    'database under the role varde_import; secret where it holds a password',
  ),
  VARDE_GATE_DATABASE_URL: database.describe(
    'database under the role varde_gate, for dispatch halt; secret where it holds a password',
  ),
  VARDE_MIGRATE_DATABASE_URL: database.describe(
    'database under the role varde_migrate; secret where it holds a password',
  ),
  USER: z.string().optional().describe('who runs it, as the row of an import names them'),
  VARDE_ADDRESS_KEYS_FILE: z
    .string()
    .optional()
    .describe('file with the keys of the encrypted addresses; for import'),
});

/** The command line's settings, read. */
export type CliConfig = z.infer<typeof cliConfig>;
