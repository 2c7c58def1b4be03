import { Refusal } from '@varde/kernel';
import { countries, type Country, type Language } from './vocabulary';

/** What one segment costs in a country: whole millionths of the currency, so that sums are exact. */
export interface SegmentPrice {
  /** ISO 4217, such as `NOK`. */
  readonly currency: string;
  /** Millionths of one unit of the currency; 0.39 NOK is 390000. */
  readonly micros: number;
}

/** A sum of money in millionths of its currency. */
export interface Sum {
  readonly currency: string;
  readonly micros: number;
}

/** How many phones of one country read one language. */
export interface SmsGroup {
  readonly country: Country;
  readonly language: Language;
  readonly recipientCount: number;
}

/** What is to be priced. */
export interface SmsPlan {
  readonly groups: readonly SmsGroup[];
  /** Segments of the filled text in each language that a group reads. */
  readonly segments: Readonly<Partial<Record<Language, number>>>;
  /** Prices, from configuration. */
  readonly prices: Readonly<Partial<Record<Country, SegmentPrice>>>;
  /** Segments that may leave in one second. */
  readonly capPerSecond: number;
}

/** What a sending costs and how long it takes. */
export interface SmsEstimate {
  readonly messageCount: number;
  readonly segmentCount: number;
  /** One sum for each currency, in the order of the countries NO, SE, DK. */
  readonly sums: readonly Sum[];
  /** Whole minutes at the cap, rounded up; 0 when there is nothing to send. */
  readonly minutes: number;
}

/**
 * Segments × recipients × price, country by country, and the time at the cap.
 *
 * @throws Refusal `segments-unknown` or `price-unknown` for a group without one, `cap-not-positive`: a guess would be read
 *         as a price
 * @source `experience.md` §4
 */
export function smsEstimate(plan: SmsPlan): SmsEstimate {
  if (!(plan.capPerSecond > 0)) {
    throw new Refusal(
      'cap-not-positive',
      'The cap must be above 0 segments a second. Correct the setting.',
    );
  }
  const groups = plan.groups.filter((group) => group.recipientCount > 0);
  const lines = groups.map((group) => ({
    country: group.country,
    count: group.recipientCount * segmentsOf(plan, group),
  }));
  const segmentCount = lines.reduce((sum, line) => sum + line.count, 0);
  return {
    messageCount: groups.reduce((sum, group) => sum + group.recipientCount, 0),
    segmentCount,
    sums: sumsOf(plan, lines),
    minutes: Math.ceil(segmentCount / plan.capPerSecond / 60),
  };
}

function segmentsOf(plan: SmsPlan, group: SmsGroup): number {
  const segments = plan.segments[group.language];
  if (segments !== undefined) return segments;
  const message = `There is no SMS text in ${group.language}, so its cost is unknown. Add the text.`;
  throw new Refusal('segments-unknown', message, { language: group.language });
}

function sumsOf(
  plan: SmsPlan,
  lines: readonly { country: Country; count: number }[],
): readonly Sum[] {
  const sums = new Map<string, number>();
  for (const country of countries) {
    const count = lines.reduce(
      (sum, line) => (line.country === country ? sum + line.count : sum),
      0,
    );
    if (count === 0) continue;
    const price = plan.prices[country];
    if (!price) {
      throw new Refusal(
        'price-unknown',
        `There is no SMS price for ${country}. Add it to the settings.`,
        { country },
      );
    }
    sums.set(price.currency, (sums.get(price.currency) ?? 0) + count * price.micros);
  }
  return [...sums].map(([currency, micros]) => ({ currency, micros }));
}
