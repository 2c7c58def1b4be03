import { z } from 'zod';
import { communicationEnv } from '@varde/communication-feature';
import { databaseEnv, prefixEnv } from '@varde/platform-config';
import { apiAudience } from '@varde/platform-auth';

/** Everything that the API is told from outside. It holds no provider's secret (S-35), and reaches neither Kafka nor Redis. */
export const apiConfig = z.object({
  ...databaseEnv,
  ...prefixEnv,
  ...communicationEnv,
  VARDE_GATE_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      'address of the same database under the role of the gate, which halts and releases; secret where it holds a password',
    ),
  VARDE_API_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('port of the API; default 3000'),
  VARDE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .describe('whose sign-ins count: the `iss` of its tokens, exactly'),
  VARDE_OIDC_AUDIENCE: z
    .string()
    .min(1)
    .default(apiAudience)
    .describe(`the \`aud\` of tokens for this API; default ${apiAudience}`),
});

/** The API's settings, read. */
export type ApiConfig = z.infer<typeof apiConfig>;
