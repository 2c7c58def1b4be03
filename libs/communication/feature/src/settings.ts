import { z } from 'zod';
import { countries, type Country, type SegmentPrice } from '@varde/communication-domain';

/** What the words and their forecast need of the configuration. */
export interface CommunicationSettings {
  /** Where our links lead, without the token: `https://v.example`. */
  readonly linkBase: string;
  readonly prices: Readonly<Record<Country, SegmentPrice>>;
  /** Segments that may leave in one second, for the forecast. */
  readonly smsPerSecond: number;
}

const price = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), micros: z.int().min(0) });

/** Settings of the words, for the programs that write or show them. */
export const communicationEnv = {
  VARDE_LINK_BASE: z
    .url({ protocol: /^https$/ })
    .default('https://v.example')
    .describe('where links in our texts lead, without the token; default https://v.example'),
  VARDE_SMS_PRICES: z
    .string()
    .default(
      '{"NO":{"currency":"NOK","micros":390000},"SE":{"currency":"SEK","micros":420000},"DK":{"currency":"DKK","micros":300000}}',
    )
    .transform((text, context) => {
      try {
        return z.record(z.enum(countries), price).parse(JSON.parse(text));
      } catch {
        context.addIssue({
          code: 'custom',
          message: `is not a JSON object with { currency, micros } for each of ${countries.join(', ')}`,
        });
        return z.NEVER;
      }
    })
    .describe(
      'price of one SMS segment by country, in millionths of the currency, as JSON; for the forecast only; default 0.39 NOK, 0.42 SEK, 0.30 DKK',
    ),
  VARDE_FORECAST_SMS_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(100)
    .describe('segments a second at the present cap, for the forecast; default 100'),
};

/** Read settings in the words of the code. */
export const communicationSettings = (
  config: z.infer<z.ZodObject<typeof communicationEnv>>,
): CommunicationSettings => ({
  linkBase: config.VARDE_LINK_BASE,
  prices: config.VARDE_SMS_PRICES,
  smsPerSecond: config.VARDE_FORECAST_SMS_PER_SECOND,
});
