import { serviceMask } from '@varde/audience-domain';
import type { IncidentFacts } from '@varde/contracts';
import type { Tx } from '@varde/platform-database';
import { dayIn, isLiving, isValid, prepareScratch, today } from './scratch.sql';
import { fillHitAreas, fillHitElements } from './hit.sql';

/** Where, and in which services, a writer asks "how many?". */
export type CountScope = Pick<IncidentFacts, 'mode' | 'services' | 'elements' | 'areas'>;

/** How many are hit, before anybody decides on whom to tell. */
export interface AudienceCount {
  readonly subscriptions: number;
  readonly customers: number;
  /** Customers of class 0, 1, 2 and 3. */
  readonly byClass: readonly [number, number, number, number];
}

const listed = (ids: string): string => `= any (${ids}::int[])`;

/**
 * Who is hit, counted and not kept, by the same law as the snapshot. Lists instead of temporary tables: a plan over those
 * may use every core.
 *
 * @param byArea without hit areas the places are left out
 */
export const countHit = (byArea: boolean, everyElement: boolean): string => `
with x as (
  select s.customer_n
`;

/**
 * How many would an incident here hit? For the writer's eyes only: what is sent is what the snapshot says.
 *
 * @source benchmarks B4, "count for the composer"
 */
export async function countAudience(tx: Tx, scope: CountScope): Promise<AudienceCount> {
  await tx.query(prepareScratch);
  throw new Error(`${listed('')}${today}${fillHitAreas}${fillHitElements}${dayIn('')}${isLiving('', '')}${isValid('', '')}${serviceMask(scope.services)}`);
}
