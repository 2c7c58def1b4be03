import { z } from 'zod';
import { channelsEnv } from '@varde/delivery-channels';
import { databaseEnv, prefixEnv, redisEnv } from '@varde/platform-config';

/** Everything that the courier is told from outside. It alone holds the providers' secrets. */
export const courierConfig = z.object({
  ...databaseEnv,
  ...redisEnv,
  ...prefixEnv,
  ...channelsEnv,
  VARDE_COURIER_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3002)
    .describe("port of the courier's HTTP door, where receipts come in; default 3002"),
  VARDE_ADDRESS_KEYS_FILE: z
    .string()
    .min(1)
    .describe('file with the keys of the encrypted addresses, readable by this program alone'),
  VARDE_LINK_BASE: z
    .url({ protocol: /^https$/ })
    .default('https://v.example')
    .describe('where links in our texts lead, without the token; default https://v.example'),
  VARDE_SITE_EPOCH: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('1')
    .describe('number of the site that may send; raised at each evacuation; default 1'),
  VARDE_SMS_PER_SECOND: z.coerce
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('SMS a second at most; 0 is no limit of ours; default 0'),
  VARDE_MAIL_PER_SECOND: z.coerce
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('mails a second at most; 0 is no limit of ours; default 0'),
  VARDE_SMS_SETTLE_DELAY_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3_600)
    .default(30)
    .describe(
      "seconds after which a message that the provider's list does not show is proven missing; longer than its own lag; default 30",
    ),
});

/** The courier's settings, read. */
export type CourierConfig = z.infer<typeof courierConfig>;
