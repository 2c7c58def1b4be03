import { z } from 'zod';
import { readConfig } from '@varde/platform-config';

const port = z.coerce.number().int().min(0).max(65_535);

/** Environment of the sandbox. */
export const sandboxEnv = z.object({
  SANDBOX_PORT: port
    .default(4100)
    .describe('port of HTTP on 127.0.0.1; 0 takes a free one; default 4100'),
  SANDBOX_SMTP_PORT: port
    .default(4125)
    .describe('port of SMTP on 127.0.0.1; 0 takes a free one; default 4125'),
  SANDBOX_TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'is AC and 32 hexadecimal digits')
    .default('AC00000000000000000000000000000001')
    .describe('account that the Messages API answers for; default AC and 31 zeros and a 1'),
  SANDBOX_TWILIO_AUTH_TOKEN: z
    .string()
    .min(8)
    .default('sandbox-auth-token')
    .describe(
      'signs in at the Messages API and signs its callbacks; opens nothing but this sandbox; default sandbox-auth-token',
    ),
  SANDBOX_PUBLIC_URL: z
    .url()
    .optional()
    .describe('address under which browsers reach the page; default http://127.0.0.1:<port>'),
  SANDBOX_ISSUER: z
    .url()
    .endsWith('/oidc', 'must end in /oidc, where the issuer is mounted')
    .optional()
    .describe('the iss of every token; default <public URL>/oidc'),
  SANDBOX_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'database with the movable clock, which cannot be moved without it; secret where it holds a password; default none',
    ),
  SANDBOX_PEOPLE: z
    .string()
    .optional()
    .describe(
      'account names that can sign in, separated by commas; default everybody of people.ts',
    ),
});

/** The sandbox's settings, checked. */
export type SandboxConfig = z.infer<typeof sandboxEnv>;

/** Reads the environment. @throws ConfigurationError that names every variable that is wrong, each with what it means */
export const readSandboxConfig = (
  environment: Readonly<Record<string, string | undefined>>,
): SandboxConfig => readConfig(sandboxEnv, environment);
